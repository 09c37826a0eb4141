import type { SourceValue } from '../../core/record.ts';
import { foldWord, identifierOf, type PackageObject, type Party } from './package-object.ts';
import { caseSignOf, type PackageItem } from './read-package.ts';

/** A table that packages are read as. Every value is text but sizes, numbers and flags. */
export interface PackageTable {
  /** `paczka.<name>`. */
  readonly name: string;
  readonly comment: string;
  /** Column → what it holds. The first is the key. */
  readonly columns: Readonly<Record<string, string>>;
  rows(item: PackageItem): readonly Row[];
}
type Row = Readonly<Record<string, SourceValue>>;

const child = (item: PackageItem, index: number): string => `${item.key}|${index}`;

/** Time or beginning of the first date of one of these types. */
function dateOf(object: PackageObject, ...types: readonly string[]): string | null {
  const wanted = types.map(foldWord);
  const found = object.dates.find(({ type }) => wanted.includes(foldWord(type)));
  return found?.time ?? found?.from ?? null;
}

const span = (object: PackageObject) => object.dates.find(({ type }) => foldWord(type) === 'datyskrajne');
const groupOf = (object: PackageObject, type: string): string | null =>
  object.groups.find((group) => foldWord(group.type) === foldWord(type))?.code ?? null;
const isRouting = ({ object, name }: PackageItem): boolean =>
  object.kinds.some((kind) => foldWord(kind) === 'dekretacja') ||
  identifierOf(object, 'EZD.PUW.IDDekretacji') !== null ||
  /^D\d+_\d{8}_\d+\.txt$/i.test(name);

/** The name before EZD PUW renamed the file on export. */
export const originalName = ({ object, name }: PackageItem): string =>
  identifierOf(object, 'EZD.PUW.NazwaZalacznika') ?? identifierOf(object, 'Nazwa pliku') ?? name;

const creator = (object: PackageObject): Party | undefined => object.parties.find(({ role }) => role === 'tworca');
const personName = (party: Party | undefined): string | null => {
  const parts =
    party?.employee === null || party === undefined
      ? [party?.firstName, party?.surname]
      : [party.employee.firstName, party.employee.surname];
  return parts.filter((part) => part !== null && part !== undefined).join(' ') || null;
};

const common = (item: PackageItem): Row => ({
  id: item.key,
  paczka: item.package,
  plik_metadanych: item.path,
  tytul: item.object.titles[0] ?? null,
  opis: item.object.description,
  kategoria: item.object.qualification?.category ?? null,
  data_kwalifikacji: item.object.qualification?.date ?? null,
  dostep: item.object.access,
  jezyk: item.object.languages[0] ?? null,
  wersja_schematu: item.object.version,
});
const COMMON = {
  id: 'klucz, stały między odczytami',
  paczka: 'plik paczki',
  plik_metadanych: 'plik XML w paczce',
  tytul: 'tytul/oryginalny',
  opis: 'opis',
  kategoria: 'kwalifikacja/kategoria',
  data_kwalifikacji: 'kwalifikacja/data',
  dostep: 'dostep/dostepnosc',
  jezyk: 'jezyk, kod',
  wersja_schematu: '1.x albo 2.0',
} as const;

const CASES: PackageTable = {
  name: 'paczka.sprawy',
  comment: 'Sprawy: pliki folderu sprawy/',
  columns: {
    ...COMMON,
    znak: 'identyfikator typu „znak sprawy”',
    data_od: 'daty skrajne, od',
    data_do: 'daty skrajne, do',
    prowadzacy: 'twórca: imię i nazwisko',
    komorka: 'twórca: najniższa komórka',
    instytucja: 'twórca: instytucja',
  },
  rows: (item) => {
    if (item.kind !== 'case') return [];
    const { object } = item;
    const owner = creator(object);
    const row = {
      ...common(item),
      znak: identifierOf(object, 'znak sprawy'),
      data_od: span(object)?.from ?? null,
      data_do: span(object)?.to ?? null,
      prowadzacy: personName(owner),
      komorka: owner?.units.at(-1) ?? null,
      instytucja: owner?.name ?? null,
    };
    return [row];
  },
};

const DOCUMENTS: PackageTable = {
  name: 'paczka.dokumenty',
  comment: 'Dokumenty: pliki folderu metadane/',
  columns: {
    ...COMMON,
    znak_sprawy: 'grupowanie „znak sprawy”; klucz sprawy',
    id_koszulki: 'grupowanie EZD.PUW.IdPisma',
    id_dokumentu: 'EZD.PUW.IdDokumentu',
    id_zalacznika: 'EZD.PUW.IDZalacznika',
    nazwa: 'nazwa w paczce',
    nazwa_oryginalna: 'nazwa sprzed eksportu (EZD.PUW.NazwaZalacznika)',
    rodzaj: 'typ/rodzaj',
    typ: 'typ/kategoria albo klasa',
    dekretacja: 'czy to dekretacja zapisana jako plik',
    format: 'format/typ',
    rozmiar: 'format/wielkosc w bajtach',
    numer_rpw: 'numer RPW (eKancelariaId)',
    sklad: 'Skład chronologiczny',
    data_utworzenia: 'data „stworzony” / „utworzony”',
    data_otrzymania: 'data „otrzymany” / „uzyskany” / „doręczony”',
    data_wyslania: 'data „wyslany” / „wysłany”',
    data_na_pismie: 'EZD.PUW.DataNaPismie albo „data na piśmie”',
  },
  rows: (item) => {
    if (item.kind !== 'document') return [];
    const { object } = item;
    const row = {
      ...common(item),
      znak_sprawy: caseSignOf(object),
      id_koszulki: groupOf(object, 'EZD.PUW.IdPisma'),
      id_dokumentu: identifierOf(object, 'EZD.PUW.IdDokumentu'),
      id_zalacznika: identifierOf(object, 'EZD.PUW.IDZalacznika'),
      nazwa: item.name,
      nazwa_oryginalna: originalName(item),
      rodzaj: object.kinds[0] ?? null,
      typ: object.category,
      dekretacja: isRouting(item),
      format: object.format.type,
      rozmiar: object.format.bytes,
      numer_rpw: identifierOf(object, 'eKancelariaId'),
      sklad: identifierOf(object, 'Skład'),
      data_utworzenia: dateOf(object, 'stworzony', 'utworzony'),
      data_otrzymania: dateOf(object, 'otrzymany', 'uzyskany', 'doręczony'),
      data_wyslania: dateOf(object, 'wyslany'),
      data_na_pismie: identifierOf(object, 'EZD.PUW.DataNaPismie') ?? dateOf(object, 'data na piśmie'),
    };
    return [row];
  },
};

const FILES: PackageTable = {
  name: 'paczka.pliki',
  comment: 'Pliki folderu dokumenty/; dokument może mieć ich kilka',
  columns: {
    id: 'klucz dokumentu i nazwa',
    id_dokumentu: 'klucz w paczka.dokumenty',
    paczka: 'plik paczki',
    sciezka: 'ścieżka w paczce',
    nazwa: 'nazwa sprzed eksportu; w folderze: nazwa pliku',
    rozmiar: 'rozmiar w bajtach',
    id_zalacznika: 'EZD.PUW.IDZalacznika',
  },
  rows: (item) =>
    item.files.map((file) => {
      const name = file.path.split('/').at(-1) ?? file.path;
      const single = file.path.split('/').length === 2;
      return {
        id: single ? item.key : `${item.key}|${name}`,
        id_dokumentu: item.key,
        paczka: item.package,
        sciezka: file.path,
        nazwa: single ? originalName(item) : name,
        rozmiar: file.size,
        id_zalacznika: identifierOf(item.object, 'EZD.PUW.IDZalacznika'),
      };
    }),
};

const contact = (party: Party, ...types: readonly string[]): string | null =>
  party.contacts.find(({ type }) => types.some((wanted) => foldWord(wanted) === foldWord(type)))?.value ?? null;
/** EZD PUW writes sentences where it knows no number: `Brak danych o NIP`. */
const number = (party: Party, type: string): string | null => {
  const value = party.ids.find((id) => foldWord(id.type) === foldWord(type))?.value ?? null;
  return value !== null && /^brak\b/i.test(value) ? null : value;
};

const PARTIES: PackageTable = {
  name: 'paczka.osoby',
  comment: 'Osoby i instytucje przy sprawach i dokumentach',
  columns: {
    id: 'klucz obiektu i numer kolejny',
    id_obiektu: 'klucz sprawy albo dokumentu',
    obiekt: 'sprawa albo dokument',
    rola: 'tworca, odbiorca, nadawca, kwalifikacja',
    funkcja: 'funkcja twórcy, rodzaj odbiorcy',
    rodzaj: 'osoba albo instytucja',
    nazwisko: 'nazwisko osoby',
    imie: 'imię osoby',
    nazwa: 'nazwa instytucji',
    komorki: 'komórki od góry, łączone „ / ”',
    pracownik_nazwisko: 'nazwisko pracownika',
    pracownik_imie: 'imię pracownika',
    stanowisko: 'funkcja albo stanowisko pracownika',
    pesel: 'id typu PESEL',
    nip: 'id typu NIP',
    regon: 'id typu REGON',
    krs: 'id typu KRS',
    kod: 'kod pocztowy',
    poczta: 'poczta',
    miejscowosc: 'miejscowość',
    ulica: 'ulica',
    budynek: 'budynek',
    lokal: 'lokal',
    kraj: 'kod kraju',
    email: 'kontakt email',
    telefon: 'kontakt telefon',
    epuap: 'kontakt ePUAP',
    ade: 'kontakt AE',
  },
  rows: (item) =>
    item.object.parties.map((party, index) => ({
      id: child(item, index),
      id_obiektu: item.key,
      obiekt: item.kind === 'case' ? 'sprawa' : 'dokument',
      rola: party.role,
      funkcja: party.function,
      rodzaj: party.kind,
      nazwisko: party.surname,
      imie: party.firstName,
      nazwa: party.name,
      komorki: party.units.join(' / ') || null,
      pracownik_nazwisko: party.employee?.surname ?? null,
      pracownik_imie: party.employee?.firstName ?? null,
      stanowisko: party.employee?.post ?? null,
      pesel: number(party, 'PESEL'),
      nip: number(party, 'NIP'),
      regon: number(party, 'REGON'),
      krs: number(party, 'KRS'),
      ...Object.fromEntries(
        ['kod', 'poczta', 'miejscowosc', 'ulica', 'budynek', 'lokal', 'kraj'].map((name) => [
          name,
          party.address?.[name] ?? null,
        ]),
      ),
      email: contact(party, 'email', 'e-mail'),
      telefon: contact(party, 'telefon'),
      epuap: contact(party, 'ePUAP'),
      ade: contact(party, 'AE', 'ADE'),
    })),
};

/** A table of what an object repeats. */
const repeated = (
  name: string,
  comment: string,
  columns: Readonly<Record<string, string>>,
  rows: (object: PackageObject) => readonly Row[],
): PackageTable => ({
  name,
  comment,
  columns: { id: 'klucz obiektu i numer kolejny', id_obiektu: 'klucz sprawy albo dokumentu', ...columns },
  rows: (item) => rows(item.object).map((row, index) => ({ id: child(item, index), id_obiektu: item.key, ...row })),
});

const RELATIONS = repeated(
  'paczka.relacje',
  'Relacje między dokumentami',
  {
    typ: 'typ relacji bez polskich liter i odstępów',
    typ_zrodla: 'typ relacji, jak w paczce',
    cel_typ: 'typ identyfikatora celu',
    cel: 'identyfikator celu',
  },
  (object) =>
    object.relations.flatMap(({ type, targets }) =>
      targets.map((target) => ({ typ: foldWord(type), typ_zrodla: type, cel_typ: target.type, cel: target.value })),
    ),
);
const IDENTIFIERS = repeated(
  'paczka.identyfikatory',
  'Wszystkie identyfikatory',
  { typ: 'typ', wartosc: 'wartość' },
  (object) => object.identifiers.map(({ type, value }) => ({ typ: type, wartosc: value })),
);
const DATES = repeated(
  'paczka.daty',
  'Wszystkie daty',
  { typ: 'typ', czas: 'czas', od: 'początek', do: 'koniec' },
  (object) => object.dates.map(({ type, time, from, to }) => ({ typ: type, czas: time, od: from, do: to })),
);
const GROUPS = repeated('paczka.grupy', 'Grupowanie', { typ: 'typ', kod: 'kod', opis: 'opis' }, (object) =>
  object.groups.map(({ type, code, text }) => ({ typ: type, kod: code, opis: text })),
);

/** Every table a package is read as. */
export const PACKAGE_TABLES: readonly PackageTable[] = [
  CASES,
  DOCUMENTS,
  FILES,
  PARTIES,
  RELATIONS,
  IDENTIFIERS,
  DATES,
  GROUPS,
];

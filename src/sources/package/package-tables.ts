import { type CaseSign, parseStrict } from '../../core/case-sign.ts';
import { contentKey, documentKeyOf } from './item-keys.ts';
import { outsideParties } from './outside-parties.ts';
import { foldWord, identifierOf, type PackageObject, type Party } from './package-object.ts';
import { IN_STORE, type PackageTable, type Row } from './package-table.ts';
import { PARTIES } from './party-table.ts';
import { ADDRESSES, PARTICIPANTS, PEOPLE } from './people-tables.ts';
import { caseSignOf, type PackageItem } from './read-package.ts';
import { DATES, GROUPS, IDENTIFIERS, RELATIONS } from './repeated-tables.ts';

/** Time or beginning of the first date of one of these types. */
function dateOf(object: PackageObject, ...types: readonly string[]): string | null {
  const wanted = types.map(foldWord);
  const found = object.dates.find(({ type }) => wanted.includes(foldWord(type)));
  return found?.time ?? found?.from ?? null;
}

/** The date on a letter. EZD PUW writes the local midnight as 22:00 or 23:00 of the day before. */
function letterDate(text: string | null): Row {
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):/.exec(text ?? '') ?? [];
  if (day === undefined) return { data_na_pismie: text, moment_na_pismie: null, dzien_na_pismie: text };
  const shifted = /[T ]2[23]:00(?::00(?:\.0+)?)?(?:[+-]\d{2}:\d{2}|Z)?$/.test(text ?? '') && Number(hour) >= 22;
  const whole = shifted ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : day;
  // The offset of a moved midnight is wrong in summer: the local time counts
  const moment = shifted ? (text ?? '').slice(0, 19) : text;
  return { data_na_pismie: text, moment_na_pismie: moment, dzien_na_pismie: whole };
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
    klucz: 'SpisSpraw.Id, jeśli magazyn zna sprawę z bazy, a bez niego znak sprawy',
    znak: 'identyfikator typu „znak sprawy”',
    klucz_koszulki: 'klucz w paczka.koszulki',
    symbol_komorki: 'ze znaku: komórka',
    symbol_klasy: 'ze znaku: klasa JRWA',
    numer: 'ze znaku: numer',
    numer_podteczki: 'ze znaku: numer w podteczce',
    rok: 'ze znaku: rok',
    data_od: 'daty skrajne, od',
    data_do: 'daty skrajne, do',
    prowadzacy: 'twórca: imię i nazwisko',
    komorka: 'twórca: najniższa komórka',
    instytucja: 'twórca: instytucja',
    w_magazynie: IN_STORE,
  },
  of: 'case',
  rows: (item, links) => {
    const { object } = item;
    const owner = creator(object);
    const row = {
      ...common(item),
      klucz: links.keyOfCase(item.key),
      znak: item.key,
      klucz_koszulki: links.folderOfCase(item.key),
      ...signParts(item.key),
      data_od: span(object)?.from ?? null,
      data_do: span(object)?.to ?? null,
      prowadzacy: personName(owner),
      komorka: owner?.units.at(-1) ?? null,
      instytucja: owner?.name ?? null,
      w_magazynie: links.known.case(item.key) !== undefined,
    };
    return [row];
  },
};

const FOLDERS: PackageTable = {
  name: 'paczka.koszulki',
  comment: 'Koszulki: jedna na sprawę, oraz te, których sprawy w paczkach nie ma',
  columns: {
    id: 'EZD.PUW.IdPisma, a bez niego „znak:” i znak sprawy',
    paczka: 'plik paczki',
    nazwa: 'tytuł sprawy; bez sprawy opis grupowania',
    znak: 'znak sprawy',
    data_od: 'daty skrajne sprawy, od',
    data_do: 'daty skrajne sprawy, do',
    w_magazynie: IN_STORE,
  },
  reads: (links, ordinal) => links.opensFolder(ordinal),
  rows: (item, links) => {
    const { object } = item;
    const id = item.kind === 'case' ? links.folderOfCase(item.key) : links.folderWithoutCase(item);
    if (id === null) return [];
    const row = {
      id,
      paczka: item.package,
      nazwa: item.kind === 'case' ? (object.titles[0] ?? null) : (object.groups[0]?.text ?? null),
      znak: item.kind === 'case' ? item.key : caseSignOf(object),
      data_od: item.kind === 'case' ? (span(object)?.from ?? null) : null,
      data_do: item.kind === 'case' ? (span(object)?.to ?? null) : null,
      w_magazynie: links.known.folder(id),
    };
    return [row];
  },
};

const DOCUMENTS: PackageTable = {
  name: 'paczka.dokumenty',
  comment: 'Dokumenty: pliki folderu metadane/',
  columns: {
    ...COMMON,
    klucz: 'EZD.PUW.IdDokumentu, a bez niego id: wspólny dla pliku i jego podpisu',
    glowny: 'czy ten plik reprezentuje dokument (nie podpis, nie poświadczenie)',
    klucz_koszulki: 'klucz w paczka.koszulki',
    klucz_tresci: 'klucz w paczka.pliki (klucz_tresci) dla dokumentu z jednym plikiem',
    klucz_adresata: 'klucz w paczka.adresaci: pierwszy nadawca albo odbiorca',
    klucz_adresu: 'klucz w paczka.adresy',
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
    w_magazynie: IN_STORE,
    data_na_pismie: 'EZD.PUW.DataNaPismie albo „data na piśmie”, jak w paczce',
    moment_na_pismie: 'to samo, jeśli podaje godzinę; przesunięta północ bez strefy',
    dzien_na_pismie:
      'dzień z tej daty; godzina 22:00 lub 23:00 oznacza północ przesuniętą na dzień wcześniej, więc dzień następny',
  },
  of: 'document',
  rows: (item, links) => {
    const { object } = item;
    const [outside] = outsideParties(item);
    const row = {
      ...common(item),
      klucz: documentKeyOf(item),
      w_magazynie: links.known.document(documentKeyOf(item)),
      glowny: links.isMain(item),
      klucz_koszulki: links.folderOf(object),
      klucz_tresci: item.files[0] === undefined ? null : contentKey(item, item.files[0]),
      klucz_adresata: outside?.person ?? null,
      klucz_adresu: outside?.address ?? null,
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
      ...letterDate(identifierOf(object, 'EZD.PUW.DataNaPismie') ?? dateOf(object, 'data na piśmie')),
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
    klucz_tresci: 'EZD.PUW.IDZalacznika dla pliku, który sam jest dokumentem, a bez niego id',
    paczka: 'plik paczki',
    sciezka: 'ścieżka w paczce',
    nazwa: 'nazwa sprzed eksportu; w folderze: nazwa pliku',
    rozmiar: 'rozmiar w bajtach',
    id_zalacznika: 'EZD.PUW.IDZalacznika',
    w_magazynie: IN_STORE,
  },
  of: 'document',
  rows: (item, links) =>
    item.files.map((file) => {
      const name = file.path.split('/').at(-1) ?? file.path;
      const single = file.path.split('/').length === 2;
      return {
        id: single ? item.key : `${item.key}|${name}`,
        id_dokumentu: item.key,
        klucz_tresci: contentKey(item, file),
        paczka: item.package,
        sciezka: file.path,
        nazwa: single ? originalName(item) : name,
        rozmiar: file.size,
        id_zalacznika: identifierOf(item.object, 'EZD.PUW.IDZalacznika'),
        w_magazynie: links.known.content(contentKey(item, file)),
      };
    }),
};

function signParts(text: string): Row {
  const sign: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };
  const strict = parseStrict(text, sign);
  return {
    symbol_komorki: strict ? sign.unit : null,
    symbol_klasy: strict ? sign.jrwa : null,
    numer: strict ? sign.no : null,
    numer_podteczki: strict && sign.sub > 0 ? sign.sub : null,
    rok: strict ? sign.year : null,
  };
}

/** Every table a package is read as. */
export const PACKAGE_TABLES: readonly PackageTable[] = [
  FOLDERS,
  CASES,
  DOCUMENTS,
  FILES,
  PARTIES,
  PEOPLE,
  ADDRESSES,
  PARTICIPANTS,
  RELATIONS,
  IDENTIFIERS,
  DATES,
  GROUPS,
];

import { foldWord, type Party } from './package-object.ts';
import { child, type PackageTable } from './package-table.ts';

export const contact = (party: Party, ...types: readonly string[]): string | null =>
  party.contacts.find(({ type }) => types.some((wanted) => foldWord(wanted) === foldWord(type)))?.value ?? null;
/** EZD PUW writes sentences where it knows no number: `Brak danych o NIP`. */
export const number = (party: Party, type: string): string | null => {
  const value = party.ids.find((id) => foldWord(id.type) === foldWord(type))?.value ?? null;
  return value !== null && /^brak\b/i.test(value) ? null : value;
};

export const PARTIES: PackageTable = {
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

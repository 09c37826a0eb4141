import type { PackageLinks } from './link-objects.ts';
import { type OutsideParty, outsideParties } from './outside-parties.ts';
import type { PackageTable, Row } from './package-table.ts';
import { contact, number } from './party-table.ts';
import { caseSignOf, type PackageItem } from './read-package.ts';

/** Rows of the people of one object, each key once. */
function peopleRows(item: PackageItem, toRow: (each: OutsideParty) => Row | null): readonly Row[] {
  const rows = new Map<unknown, Row>();
  for (const each of outsideParties(item)) {
    const row = toRow(each);
    if (row !== null && !rows.has(row['id'])) rows.set(row['id'], row);
  }
  return [...rows.values()];
}

/** Nadawcy i odbiorcy spoza urzędu. */
export const PEOPLE: PackageTable = {
  name: 'paczka.adresaci',
  comment: 'Osoby i instytucje spoza urzędu: nadawcy i odbiorcy dokumentów',
  columns: {
    id: 'skrót danych, po których osoba jest rozpoznawana: nazwisko i imię albo nazwa oraz PESEL, NIP, REGON, a bez numerów adres',
    pierwszy: 'czy to pierwsza wzmianka o tej osobie; nieprawda też, gdy magazyn ma koszulkę z bazy',
    rodzaj: 'osoba albo instytucja',
    nazwa: 'nazwa instytucji; osoba: nazwisko i imię',
    imie: 'imię osoby',
    nazwisko: 'nazwisko osoby',
    pesel: 'id typu PESEL',
    nip: 'id typu NIP',
    regon: 'id typu REGON',
    telefon: 'kontakt telefon',
    email: 'kontakt email',
    epuap: 'kontakt ePUAP',
    ade: 'kontakt AE',
  },
  of: 'document',
  reads: (links, ordinal) => links.namesPeople(ordinal),
  rows: (item, links) =>
    peopleRows(item, ({ party, person }) => ({
      id: person,
      pierwszy: links.isFirst(person, item),
      rodzaj: party.kind,
      nazwa: party.name ?? ([party.surname, party.firstName].filter((part) => part !== null).join(' ') || null),
      imie: party.firstName,
      nazwisko: party.surname,
      pesel: number(party, 'PESEL'),
      nip: number(party, 'NIP'),
      regon: number(party, 'REGON'),
      telefon: contact(party, 'telefon'),
      email: contact(party, 'email', 'e-mail'),
      epuap: contact(party, 'ePUAP'),
      ade: contact(party, 'AE', 'ADE'),
    })),
};

/** Adresy pocztowe tych osób. */
export const ADDRESSES: PackageTable = {
  name: 'paczka.adresy',
  comment: 'Adresy pocztowe osób i instytucji spoza urzędu',
  columns: {
    id: 'klucz osoby i skrót adresu',
    pierwszy: 'czy to pierwsza wzmianka o tym adresie; nieprawda też, gdy magazyn ma koszulkę z bazy',
    id_adresata: 'klucz w paczka.adresaci',
    miejscowosc: 'miejscowość',
    ulica: 'ulica',
    budynek: 'budynek',
    lokal: 'lokal',
    kod: 'kod pocztowy',
    poczta: 'poczta',
    skrytka: 'skrytka pocztowa',
    kraj: 'kod kraju',
  },
  of: 'document',
  reads: (links, ordinal) => links.namesPeople(ordinal),
  rows: (item, links) =>
    peopleRows(item, ({ party, person, address }) => {
      if (address === null) return null;
      const part = (name: string): string | null => party.address?.[name] ?? null;
      return {
        id: address,
        pierwszy: links.isFirst(address, item),
        id_adresata: person,
        miejscowosc: part('miejscowosc'),
        ulica: part('ulica'),
        budynek: part('budynek'),
        lokal: part('lokal'),
        kod: part('kod'),
        poczta: part('poczta'),
        skrytka: part('skrytka'),
        kraj: part('kraj'),
      };
    }),
};

/** Kto jest nadawcą albo odbiorcą w której koszulce. */
export const PARTICIPANTS: PackageTable = {
  name: 'paczka.uczestnicy',
  comment: 'Nadawcy i odbiorcy dokumentów, raz na koszulkę i rolę',
  columns: {
    id: 'klucz koszulki, osoby i rola',
    pierwszy: 'czy to pierwsza wzmianka w koszulce; nieprawda też, gdy magazyn ma koszulkę z bazy',
    klucz_koszulki: 'klucz w paczka.koszulki',
    klucz_sprawy: 'klucz w paczka.sprawy, jeśli sprawa jest w paczkach',
    id_adresata: 'klucz w paczka.adresaci',
    id_adresu: 'klucz w paczka.adresy',
    rola: 'nadawca albo odbiorca',
  },
  of: 'document',
  reads: (links, ordinal) => links.namesPeople(ordinal),
  rows: (item, links) => peopleRows(item, (each) => participant(item, links, each)),
};

function participant(item: PackageItem, links: PackageLinks, each: OutsideParty): Row {
  const sign = caseSignOf(item.object);
  return {
    id: each.participant,
    pierwszy: links.isFirst(each.participant, item),
    klucz_koszulki: links.folderOf(item.object),
    klucz_sprawy: sign !== null && links.isCase(sign) ? links.keyOfCase(sign) : null,
    id_adresata: each.person,
    id_adresu: each.address,
    rola: each.role,
  };
}

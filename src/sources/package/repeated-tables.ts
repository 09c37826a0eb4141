import { foldWord, type PackageObject } from './package-object.ts';
import { child, type PackageTable, type Row } from './package-table.ts';

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

export const RELATIONS = repeated(
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
export const IDENTIFIERS = repeated(
  'paczka.identyfikatory',
  'Wszystkie identyfikatory',
  { typ: 'typ', wartosc: 'wartość' },
  (object) => object.identifiers.map(({ type, value }) => ({ typ: type, wartosc: value })),
);
export const DATES = repeated(
  'paczka.daty',
  'Wszystkie daty',
  { typ: 'typ', czas: 'czas', od: 'początek', do: 'koniec' },
  (object) => object.dates.map(({ type, time, from, to }) => ({ typ: type, czas: time, od: from, do: to })),
);
export const GROUPS = repeated('paczka.grupy', 'Grupowanie', { typ: 'typ', kod: 'kod', opis: 'opis' }, (object) =>
  object.groups.map(({ type, code, text }) => ({ typ: type, kod: code, opis: text })),
);

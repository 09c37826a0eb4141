import type { ColumnType } from '../../../core/record.ts';

/**
 * A table of the store as plain data: what a migration creates and what the documentation shows. Every table has the columns `id` (uuid,
 * computed by this program) and `id_zrodla` (legacy key as text, for people; the program itself uses the crosswalk of the ledger).
 */
export interface TableSpec {
  readonly name: string;
  /** Polish term, meaning, and in brackets where the notion comes from. */
  readonly comment: string;
  readonly columns: readonly ColumnSpec[];
  /** Name → SQL condition. Only for what this program itself computes: dirty legacy values must not be refused. */
  readonly checks?: Readonly<Record<string, string>>;
  /** Column lists of indexes beside those that references bring. */
  readonly indexes?: readonly (readonly string[])[];
}

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly comment: string;
  /** NOT NULL: only where the target cannot hold the record without it. */
  readonly required: boolean;
  /** Table whose `id` this column names. */
  readonly references?: string;
  /** Whether the reference gets an index of its own (no: people, posts and units, which are few). */
  readonly indexed?: boolean;
}

/** Where a column comes from: `puw` is table.column of EZD PUW, `rp` the name of the notion in the API of EZD RP. */
export interface Origin {
  readonly puw?: string;
  readonly rp?: string;
}

const WITHOUT_INDEX = new Set(['pracownik', 'pracownik_wersja', 'stanowisko', 'jednostka', 'jednostka_wersja', 'rola']);

/** A table with its `id` and `id_zrodla` in front. */
export function table(
  name: string,
  comment: string,
  origin: Origin,
  columns: readonly ColumnSpec[],
  more: Pick<TableSpec, 'checks' | 'indexes'> = {},
): TableSpec {
  return {
    name,
    comment: withOrigin(comment, origin),
    columns: [
      column('id', 'uuid', 'Identyfikator rekordu, wyliczany z urzędu, rodzaju rekordu i klucza w EZD PUW', {}, true),
      column('id_zrodla', 'text', 'Klucz rekordu w EZD PUW, jako tekst', {}),
      ...columns,
    ],
    ...more,
  };
}

/** Text without a limit. */
export const text = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'text', comment, originOf(puw, rp));

export const integer = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'int4', comment, originOf(puw, rp));

export const bigint = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'int8', comment, originOf(puw, rp));

export const decimal = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'numeric', comment, originOf(puw, rp));

export const flag = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'bool', comment, originOf(puw, rp));

/** An identifier that the source brought, not a reference. */
export const uuid = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'uuid', comment, originOf(puw, rp));

/** A moment; the local time of EZD PUW is converted with the zone of the project file. */
export const moment = (name: string, comment: string, puw?: string, rp?: string): ColumnSpec =>
  column(name, 'timestamptz', comment, originOf(puw, rp));

/** The id of a row in `target`. */
export const ref = (name: string, target: string, comment: string, puw?: string, rp?: string): ColumnSpec => ({
  ...column(name, 'uuid', comment, originOf(puw, rp)),
  references: target,
  indexed: !WITHOUT_INDEX.has(target),
});

/** The same column, NOT NULL. */
export const required = (spec: ColumnSpec): ColumnSpec => ({ ...spec, required: true });

/** A date that may name only a year or a month: first day, precision and the text as it was written. */
export function partialDate(name: string, comment: string, puw: string, rp?: string): readonly ColumnSpec[] {
  return [
    column(name, 'date', `${comment}: pierwszy dzień podanego okresu`, originOf(puw, rp)),
    column(`${name}_dokladnosc`, 'text', `${comment}: dokładność (rok, miesiac, dzien)`, originOf(puw)),
    column(`${name}_tekst`, 'text', `${comment}: tekst dokładnie jak w źródle`, originOf(puw)),
  ];
}

/** Check that belongs to a `partialDate` column. */
export const precisionCheck = (name: string): Record<string, string> => ({
  [`${name}_dokladnosc`]: `${name}_dokladnosc in ('rok', 'miesiac', 'dzien')`,
});

/** Check that a column holds one of the words that the mappings use. */
export const oneOf = (name: string, words: readonly string[]): Record<string, string> => ({
  [name]: `${name} in (${words.map((word) => `'${word}'`).join(', ')})`,
});

function column(name: string, type: ColumnType, comment: string, origin: Origin, required = false): ColumnSpec {
  return { name, type, comment: withOrigin(comment, origin), required };
}

function originOf(puw: string | undefined, rp?: string): Origin {
  return { ...(puw === undefined ? {} : { puw }), ...(rp === undefined ? {} : { rp }) };
}

function withOrigin(comment: string, { puw, rp }: Origin): string {
  const parts = [puw === undefined ? [] : `PUW: ${puw}`, rp === undefined ? [] : `RP: ${rp}`].flat();
  return parts.length === 0 ? comment : `${comment} [${parts.join('; ')}]`;
}

import type { CodeEntry } from '../core/code-entry.ts';
import { EzdError } from '../core/errors.ts';

/** What the SQL of a set rule is made for. */
export interface SetRuleContext {
  /** Schema of the store, unquoted: `ezd`, or a scratch schema. */
  readonly schema: string;
  /** Zone of the office. */
  readonly timezone: string;
  /** Codes of `dekretacja.typ_kod` that are hand-overs; only the office knows what its codes mean. */
  readonly handOverCodes: readonly number[];
}

export const DEFAULT_SET_CONTEXT: SetRuleContext = { schema: 'ezd', timezone: 'Europe/Warsaw', handOverCodes: [1] };

/**
 * A rule across records: one SELECT over the store, run after loading, so that nothing is held in memory. Its rows are
 * `id uuid` (record of `table`), `value text`, `params jsonb`; the runner joins `id` with the crosswalk for the legacy key.
 * A record is kept out by none of them: it is in the store already.
 */
export interface SetRule {
  readonly entry: CodeEntry;
  /** Table of the store whose records it judges. */
  readonly table: string;
  /** Column that findings name. */
  readonly field: string;
  readonly sql: (context: SetRuleContext) => string;
}

/** Quoted `schema.table`. */
export const tableIn = (context: SetRuleContext, table: string): string => `${quoted(context.schema)}.${quoted(table)}`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A moment as local text of the office: `2019-03-01 08:00:00`. */
export const localText = (context: SetRuleContext, moment: string): string =>
  `(${moment} AT TIME ZONE ${literal(context.timezone)})::text`;

/** A moment as the local day of the office. */
export const localDate = (context: SetRuleContext, moment: string): string =>
  `(${moment} AT TIME ZONE ${literal(context.timezone)})::date`;

/** Set rules from entries and their SQL, by code; a code without SQL or the reverse is a defect of the book. */
export const setRules = (
  codes: readonly CodeEntry[],
  rules: Readonly<Record<string, Omit<SetRule, 'entry'>>>,
): readonly SetRule[] => {
  const known = new Set(codes.map(({ code }) => code));
  const stray = Object.keys(rules).find((code) => !known.has(code));
  if (stray !== undefined) throw new EzdError('INTERNAL', `rule ${stray} has SQL but no entry`);
  return codes.map((entry) => {
    const rule = rules[entry.code];
    if (rule === undefined) throw new EzdError('INTERNAL', `rule ${entry.code} has an entry but no SQL`);
    return { ...rule, entry };
  });
};

/** Order of records by legacy key: numbers by value, since the key is kept as text. */
export const byKey = (alias: string): string => `length(${alias}.id_zrodla), ${alias}.id_zrodla, ${alias}.id`;

/**
 * Key of another record of the same window `w`, for rules where several records share what only one may have: each of them is named, since only
 * the office knows which one is right.
 */
export const otherKey = (alias: string): string => {
  const key = `coalesce(${alias}.id_zrodla, ${alias}.id::text)`;
  return `coalesce(lag(${key}) OVER w, lead(${key}) OVER w)`;
};

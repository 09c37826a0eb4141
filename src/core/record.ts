/**
 * Terminology. These words mean exactly this in code, YAML, reports and documents:
 *
 * - **office**: one installation being migrated; it has many **units** (jednostka / komórka organizacyjna).
 * - **source**, **target**: where records come from and go to.
 * - **entity**: one kind of record in the mapping (`sprawa`, `koszulka`, `dokument`, `adresat` …).
 * - **record**: one row of an entity on its way. **legacy key**: its key in the source. **target id**: its id in the target.
 * - **mapping**: the declarative YAML of one entity. **plan**: all mappings compiled, checked, ordered.
 * - **transform**: a pure named function from value to value (`trim`, `localTime`).
 * - **rule**: a pure check on a record; a **finding** is what it says (see `finding.ts`).
 * - **effect**: what a finding does to its record: `load`, `change`, `reject`.
 * - **reject**: a record kept out because of a finding with effect reject; stored whole, with its reasons.
 * - **slice**: a few thousand consecutive source rows, transformed and encoded together.
 * - **batch**: the slices committed together with their **checkpoint** in one transaction.
 * - **ledger**: the tables that remember runs, batches, checkpoints, the **crosswalk**, findings, rejects, contents.
 * - **crosswalk**: legacy key → target id + row hash, for every record that is in the target.
 * - **content**: the bytes of a file, addressed by SHA-256.
 * - **run**: one execution (`validate`, `run`, `sync`). **resume**: going on with an unfinished run.
 */

/**
 * A value as a source yields it. The same legacy value yields an equal record whatever the source:
 * - integers: `number` (safe), `bigint` or decimal text; exact decimals and money: decimal text; floats: `number` or text;
 * - bit: `boolean`, 0/1 or text; uniqueidentifier: text in any case;
 * - every date and time type: ISO-like text without conversion (`2023-03-15 10:15:00.000`, `2023-03-15`, `…+02:00` for datetimeoffset);
 * - text: `string`, unchanged (NUL, NBSP, trailing spaces and all); binary: `Uint8Array` or text `0x…`;
 * - SQL NULL: `null`. A CSV dump cannot always tell '' from NULL, so a transform treats '' as null for every type.
 */
export type SourceValue = string | number | bigint | boolean | null | Uint8Array;

/** One source row: values in the order of `ReadRequest.columns`. */
export type SourceRow = readonly SourceValue[];

/**
 * A value on its way into a target column. What it must be follows from the column's type:
 * - `text`: string · `int2 int4 int8`: safe number or bigint · `float8`: number · `numeric`: decimal text · `bool`: boolean
 * - `timestamptz`: number, microseconds since 1970-01-01T00:00Z (safe integer) · `date`: number, days since 1970-01-01
 * - `uuid`: canonical text for plain columns; for `id`/`ref` fields the **legacy key** (safe number or text), from which the target id is computed
 * - `jsonb`: JSON text · `bytea`: Uint8Array · null: SQL NULL
 */
export type TargetValue = string | number | bigint | boolean | null | Uint8Array;

/** Types of target columns that the tool writes. */
export const COLUMN_TYPES = [
  'text',
  'int2',
  'int4',
  'int8',
  'float8',
  'numeric',
  'bool',
  'date',
  'timestamptz',
  'uuid',
  'jsonb',
  'bytea',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** The legacy key of a record: a safe non-negative integer where the legacy key is one, else text (parts of a composite key joined by `|`). */
export type LegacyKey = number | string;

/** The legacy key as shown to people and stored in the ledger. */
export const keyText = (key: LegacyKey): string => (typeof key === 'number' ? String(key) : key);

/** The legacy key that a stored text stands for: the opposite of `keyText`. */
export const keyFromText = (text: string): LegacyKey =>
  /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;

import type { TargetCatalogue, TargetColumn, TargetTable } from '../../core/catalogue.ts';
import type { ColumnType } from '../../core/record.ts';
import type { SqlSession } from '../session.ts';

const TYPES: Readonly<Record<string, ColumnType>> = {
  text: 'text',
  'character varying': 'text',
  smallint: 'int2',
  integer: 'int4',
  bigint: 'int8',
  'double precision': 'float8',
  numeric: 'numeric',
  boolean: 'bool',
  date: 'date',
  'timestamp with time zone': 'timestamptz',
  uuid: 'uuid',
  jsonb: 'jsonb',
  bytea: 'bytea',
};

interface ColumnRow {
  table_name: string;
  column_name: string;
  data_type: string;
  is_nullable: string;
  has_default: boolean;
}

/** Reads the tables of one schema. */
export async function readCatalogue(session: SqlSession, schema: string): Promise<TargetCatalogue> {
  const columns = await session.query<ColumnRow>(
    `SELECT table_name, column_name, data_type, is_nullable, (column_default IS NOT NULL OR is_identity = 'YES' OR is_generated = 'ALWAYS') AS has_default
     FROM information_schema.columns WHERE table_schema = $1 ORDER BY table_name, ordinal_position`,
    [schema],
  );
  const keys = await session.query<{ table_name: string; definition: string }>(
    `SELECT c.relname AS table_name, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND k.contype IN ('p', 'f', 'c') ORDER BY k.contype DESC, k.conname`,
    [schema],
  );
  const names = [...new Set(columns.map((column) => column.table_name))];
  return { tables: names.map((name) => tableOf(schema, name, columns, keys)) };
}

function tableOf(
  schema: string,
  name: string,
  columns: readonly ColumnRow[],
  keys: readonly { table_name: string; definition: string }[],
): TargetTable {
  const own = keys.filter((key) => key.table_name === name).map((key) => key.definition);
  return {
    schema,
    name,
    columns: columns.filter((column) => column.table_name === name).map((row) => columnOf(row, own)),
    primaryKey: own
      .filter((definition) => definition.startsWith('PRIMARY'))
      .flatMap((definition) => namesIn(definition)),
    foreignKeys: own
      .filter((definition) => definition.startsWith('FOREIGN'))
      .map((definition) => foreignKeyOf(schema, definition)),
  };
}

function columnOf(row: ColumnRow, definitions: readonly string[]): TargetColumn {
  const allowed = definitions
    .map((definition) => allowedBy(definition, row.column_name))
    .find((words) => words !== null);
  return {
    name: row.column_name,
    type: TYPES[row.data_type] ?? null,
    nativeType: row.data_type,
    nullable: row.is_nullable === 'YES',
    hasDefault: row.has_default,
    ...(allowed ? { allowed } : {}),
  };
}

/** Texts of `CHECK ((column = ANY (ARRAY['a'::text, 'b'::text])))` as PostgreSQL prints `column in ('a', 'b')`; null for any other definition. */
function allowedBy(definition: string, column: string): readonly string[] | null {
  const match = /^CHECK \(\(("[^"]+"|\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$/s.exec(definition);
  if (match === null || unquoted(match[1]!) !== column) return null;
  return [...match[2]!.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word]) => word!.replaceAll("''", "'"));
}

const namesIn = (list: string): string[] =>
  (/\(([^)]*)\)/.exec(list)?.[1] ?? '').split(',').map((part) => unquoted(part.trim()));
const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);

/** `FOREIGN KEY (a, b) REFERENCES schema.table(c, d)` as PostgreSQL prints it. */
function foreignKeyOf(schema: string, definition: string): TargetTable['foreignKeys'][number] {
  const match = /^FOREIGN KEY (\([^)]*\)) REFERENCES (?:("[^"]+"|[^.("]+)\.)?("[^"]+"|[^.("]+)(\([^)]*\))/.exec(
    definition,
  );
  return {
    columns: namesIn(match?.[1] ?? '()'),
    refSchema: unquoted(match?.[2] ?? schema),
    refTable: unquoted(match?.[3] ?? ''),
    refColumns: namesIn(match?.[4] ?? '()'),
  };
}

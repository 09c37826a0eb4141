import type { Knex } from 'knex';

/** What one table is in the database's own catalogue; the same on every version of PostgreSQL and on PGlite. */
export interface DescribedTable {
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly { name: string; type: string; required: boolean; comment: string | null }[];
  /** Definitions as the server prints them, by name: primary key, checks, foreign keys. */
  readonly constraints: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
}

/** Reads a schema from the catalogue. */
export async function describeSchema(knex: Knex, schema: string): Promise<DescribedTable[]> {
  const tables = await rows<{ oid: number; name: string; comment: string | null }>(
    knex,
    `select c.oid::int as oid, c.relname as name, obj_description(c.oid, 'pg_class') as comment
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relkind = 'r' order by c.relname collate "C"`,
    schema,
  );
  const described: DescribedTable[] = [];
  for (const { oid, name, comment } of tables) {
    described.push({
      name,
      comment,
      columns: await columnsOf(knex, oid),
      constraints: await definitions(knex, CONSTRAINTS, oid),
      indexes: await definitions(knex, INDEXES, oid),
    });
  }
  return described;
}

const columnsOf = (knex: Knex, oid: number): Promise<DescribedTable['columns']> =>
  rows(
    knex,
    `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required,
            col_description(attrelid, attnum) as comment
       from pg_attribute where attrelid = ? and attnum > 0 and not attisdropped order by attnum`,
    oid,
  );

/** PostgreSQL 18 lists NOT NULL among the constraints (type n), older ones do not. */
const CONSTRAINTS = `select conname as name, pg_get_constraintdef(oid) as text
  from pg_constraint where conrelid = ? and contype <> 'n' order by conname collate "C"`;

const INDEXES = `select c.relname as name, pg_get_indexdef(i.indexrelid) as text
  from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = ? order by c.relname collate "C"`;

async function definitions(knex: Knex, sql: string, oid: number): Promise<Record<string, string>> {
  const found = await rows<{ name: string; text: string }>(knex, sql, oid);
  return Object.fromEntries(found.map(({ name, text }) => [name, text]));
}

async function rows<Row>(knex: Knex, sql: string, binding: string | number): Promise<Row[]> {
  const answer = (await knex.raw(sql, [binding])) as { rows: Row[] };
  return answer.rows;
}

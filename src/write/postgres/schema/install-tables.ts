import type { Knex } from 'knex';
import type { ColumnType } from '../../../core/record.ts';
import type { ColumnSpec, TableSpec } from './table-spec.ts';

/** Names of types as PostgreSQL knows them; those of the core are its aliases. */
const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float8: 'double precision',
  numeric: 'numeric',
  bool: 'boolean',
  date: 'date',
  timestamptz: 'timestamptz',
  uuid: 'uuid',
  jsonb: 'jsonb',
  bytea: 'bytea',
};

/**
 * Creates tables with keys, checks, comments, indexes and, once all tables are there, foreign keys (tables may name each other in circles).
 * knex writes the SQL; it is sent in a few big statements, because a round trip for every comment would take seconds.
 */
export async function installTables(trx: Knex, schema: string, tables: readonly TableSpec[]): Promise<void> {
  for (const table of tables) await send(trx, createTable(trx, schema, table));
  for (const table of tables) await send(trx, addReferences(trx, schema, table));
}

async function send(trx: Knex, builder: Knex.SchemaBuilder): Promise<void> {
  const sql = builder.toString();
  if (sql !== '') await trx.raw(sql.replaceAll('?', '\\?'));
}

function createTable(trx: Knex, schema: string, spec: TableSpec): Knex.SchemaBuilder {
  return trx.schema.withSchema(schema).createTable(spec.name, (builder) => {
    builder.comment(spec.comment);
    for (const column of spec.columns) addColumn(builder, column);
    builder.primary(['id'], { constraintName: `${spec.name}_pkey` });
    for (const [name, condition] of Object.entries(spec.checks ?? {})) {
      builder.check(condition, {}, `${spec.name}_${name}_check`);
    }
    for (const columns of spec.indexes ?? []) builder.index([...columns], `${spec.name}_${columns.join('_')}_idx`);
    for (const column of spec.columns.filter(({ indexed }) => indexed)) addReferenceIndex(trx, builder, spec, column);
  });
}

function addColumn(builder: Knex.CreateTableBuilder, column: ColumnSpec): void {
  const created = builder.specificType(column.name, SQL_TYPES[column.type]).comment(column.comment);
  if (column.required) created.notNullable();
}

/** References are often empty: an index of the filled ones is small and serves joins, deletes and foreign keys all the same. */
function addReferenceIndex(trx: Knex, builder: Knex.CreateTableBuilder, spec: TableSpec, column: ColumnSpec): void {
  const name = `${spec.name}_${column.name}_idx`;
  builder.index([column.name], name, column.required ? {} : { predicate: trx.whereNotNull(column.name) });
}

function addReferences(trx: Knex, schema: string, spec: TableSpec): Knex.SchemaBuilder {
  return trx.schema.withSchema(schema).alterTable(spec.name, (builder) => {
    for (const { name, references } of spec.columns) {
      if (references === undefined) continue;
      builder.foreign(name, `${spec.name}_${name}_fkey`).references('id').inTable(`${schema}.${references}`);
    }
  });
}

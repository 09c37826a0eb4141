import type { ConnectionPool } from 'mssql';
import { ask } from './ask.ts';
import type { DatabaseCatalogue, DatabaseColumn, DatabaseForeignKey, DatabaseTable } from './database-catalogue.ts';
import { readServerFacts } from './server-facts.ts';
import { builder, built } from './sql-builder.ts';

/** Reads the whole catalogue with a handful of questions; needs no other right than SELECT on the tables. */
export async function readCatalogue(pool: ConnectionPool): Promise<DatabaseCatalogue> {
  const server = await readServerFacts(pool);
  const objects = await ask<ObjectRow>(pool, built(objectsQuery()));
  const columns = groupBy(await ask<ColumnRow>(pool, built(columnsQuery())), (row) => row.objectId);
  const indexes = groupBy(await ask<IndexRow>(pool, built(indexesQuery())), (row) => row.objectId);
  const keys = groupBy(await ask<ForeignKeyRow>(pool, built(foreignKeysQuery())), (row) => row.objectId);
  const sizes = new Map((await ask<SizeRow>(pool, built(sizesQuery()))).map((row) => [row.objectId, row]));
  const tracked = new Set((await ask<{ objectId: number }>(pool, built(trackedQuery()))).map((row) => row.objectId));
  const tables = objects.map((object): DatabaseTable => {
    const size = sizes.get(object.objectId);
    return {
      schema: object.schemaName,
      name: object.tableName,
      kind: object.kind.trim() === 'V' ? 'view' : 'table',
      columns: (columns.get(object.objectId) ?? []).map(toColumn),
      ...toKeys(indexes.get(object.objectId) ?? []),
      foreignKeys: toForeignKeys(keys.get(object.objectId) ?? []),
      rows: size === undefined ? null : Number(size.rowTotal),
      bytes: size === undefined ? null : Number(size.pages) * 8192,
      changeTracking: tracked.has(object.objectId),
    };
  });
  return { server, tables };
}

interface ObjectRow {
  readonly objectId: number;
  readonly schemaName: string;
  readonly tableName: string;
  readonly kind: string;
}

type Builder = ReturnType<typeof builder>;

function objectsQuery(): Builder {
  return builder('sys.objects as o')
    .join('sys.schemas as s', 's.schema_id', 'o.schema_id')
    .select('o.object_id as objectId', 's.name as schemaName', 'o.name as tableName', 'o.type as kind')
    .whereIn('o.type', ['U', 'V'])
    .where('o.is_ms_shipped', 0)
    .orderBy(['s.name', 'o.name']);
}

interface ColumnRow {
  readonly objectId: number;
  readonly name: string;
  readonly ownType: string;
  readonly baseType: string | null;
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
  readonly collation: string | null;
  readonly nullable: boolean;
  readonly identity: boolean;
  readonly computed: boolean;
}

/** A column of an alias type (`dbo.Nazwisko`) is shown by its base type. */
function columnsQuery(): Builder {
  return builder('sys.columns as c')
    .join('sys.objects as o', 'o.object_id', 'c.object_id')
    .join('sys.types as own', 'own.user_type_id', 'c.user_type_id')
    .leftJoin('sys.types as base', 'base.user_type_id', 'c.system_type_id')
    .select(
      'c.object_id as objectId',
      'c.name as name',
      'own.name as ownType',
      'base.name as baseType',
      'c.max_length as maxLength',
      'c.precision as precision',
      'c.scale as scale',
      'c.collation_name as collation',
      'c.is_nullable as nullable',
      'c.is_identity as identity',
      'c.is_computed as computed',
    )
    .whereIn('o.type', ['U', 'V'])
    .where('o.is_ms_shipped', 0)
    .orderBy(['c.object_id', 'c.column_id']);
}

function toColumn(row: ColumnRow): DatabaseColumn {
  const baseType = (row.baseType ?? row.ownType).toLowerCase();
  return {
    name: row.name,
    baseType,
    type: typeText(baseType, row),
    nullable: row.nullable,
    collation: row.collation,
    identity: row.identity,
    computed: row.computed,
    wide: row.maxLength === -1 || ['text', 'ntext', 'image', 'xml'].includes(baseType),
  };
}

function typeText(baseType: string, row: ColumnRow): string {
  switch (baseType) {
    case 'decimal':
    case 'numeric':
      return `${baseType}(${row.precision},${row.scale})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${baseType}(${row.scale})`;
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return `${baseType}(${row.maxLength === -1 ? 'max' : row.maxLength})`;
    case 'nchar':
    case 'nvarchar':
      return `${baseType}(${row.maxLength === -1 ? 'max' : row.maxLength / 2})`;
    default:
      return baseType;
  }
}

interface IndexRow {
  readonly objectId: number;
  readonly indexId: number;
  readonly name: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly columnName: string;
}

/** Key columns of every index in use; filtered indexes prove nothing about the whole table. */
function indexesQuery(): Builder {
  return builder('sys.indexes as i')
    .join('sys.index_columns as ic', (on) => on.on('ic.object_id', 'i.object_id').andOn('ic.index_id', 'i.index_id'))
    .join('sys.columns as c', (on) => on.on('c.object_id', 'ic.object_id').andOn('c.column_id', 'ic.column_id'))
    .select(
      'i.object_id as objectId',
      'i.index_id as indexId',
      'i.name as name',
      'i.is_unique as unique',
      'i.is_primary_key as primary',
      'c.name as columnName',
    )
    .where('i.has_filter', 0)
    .where('i.is_disabled', 0)
    .where('ic.is_included_column', 0)
    .where('i.index_id', '>', 0)
    .orderBy(['i.object_id', 'i.index_id', 'ic.key_ordinal']);
}

function toKeys(rows: readonly IndexRow[]): Pick<DatabaseTable, 'primaryKey' | 'uniqueKeys' | 'indexes'> {
  const indexes = [...groupBy(rows, (row) => row.indexId).values()].map((parts) => ({
    name: parts[0]!.name,
    unique: parts[0]!.unique,
    primary: parts[0]!.primary,
    columns: parts.map((part) => part.columnName),
  }));
  return {
    primaryKey: indexes.find((index) => index.primary)?.columns ?? [],
    uniqueKeys: indexes.filter((index) => index.unique && !index.primary).map((index) => index.columns),
    indexes: indexes.filter((index) => !index.primary).map(({ name, columns, unique }) => ({ name, columns, unique })),
  };
}

interface ForeignKeyRow {
  readonly objectId: number;
  readonly name: string;
  readonly columnName: string;
  readonly refSchema: string;
  readonly refTable: string;
  readonly refColumn: string;
}

function foreignKeysQuery(): Builder {
  return builder('sys.foreign_keys as f')
    .join('sys.foreign_key_columns as fc', 'fc.constraint_object_id', 'f.object_id')
    .join('sys.columns as c', (on) =>
      on.on('c.object_id', 'fc.parent_object_id').andOn('c.column_id', 'fc.parent_column_id'),
    )
    .join('sys.objects as r', 'r.object_id', 'fc.referenced_object_id')
    .join('sys.schemas as rs', 'rs.schema_id', 'r.schema_id')
    .join('sys.columns as rc', (on) =>
      on.on('rc.object_id', 'fc.referenced_object_id').andOn('rc.column_id', 'fc.referenced_column_id'),
    )
    .select(
      'f.parent_object_id as objectId',
      'f.name as name',
      'c.name as columnName',
      'rs.name as refSchema',
      'r.name as refTable',
      'rc.name as refColumn',
    )
    .orderBy(['f.name', 'fc.constraint_column_id']);
}

function toForeignKeys(rows: readonly ForeignKeyRow[]): DatabaseForeignKey[] {
  return [...groupBy(rows, (row) => row.name).values()].map((parts) => ({
    name: parts[0]!.name,
    columns: parts.map((part) => part.columnName),
    refSchema: parts[0]!.refSchema,
    refTable: parts[0]!.refTable,
    refColumns: parts.map((part) => part.refColumn),
  }));
}

interface SizeRow {
  readonly objectId: number;
  readonly rowTotal: string;
  readonly pages: string;
}

/** Rows and pages as the server keeps count of them: exact enough for a plan, free of cost, and visible without further rights. */
function sizesQuery(): Builder {
  const rows = builder('sys.partitions as p')
    .select('p.object_id as objectId')
    .sum({ rowTotal: 'p.rows' })
    .whereIn('p.index_id', [0, 1])
    .groupBy('p.object_id')
    .as('r');
  const pages = builder('sys.partitions as p')
    .join('sys.allocation_units as a', 'a.container_id', 'p.partition_id')
    .select('p.object_id as objectId')
    .sum({ pageTotal: 'a.total_pages' })
    .whereIn('p.index_id', [0, 1])
    .groupBy('p.object_id')
    .as('a');
  return builder(rows)
    .leftJoin(pages, 'a.objectId', 'r.objectId')
    .select(
      'r.objectId as objectId',
      'r.rowTotal as rowTotal',
      builder.raw('ISNULL(a.pageTotal, 0) as pages'),
    ) as unknown as Builder;
}

function trackedQuery(): Builder {
  return builder('sys.change_tracking_tables as t').select('t.object_id as objectId');
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

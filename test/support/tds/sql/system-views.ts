import { columnIndex, type Table, type TestDatabase } from '../database.ts';
import { parseSqlType, SQL_TYPE_NAMES } from '../sql-type.ts';
import type { SqlRow, SqlValue } from '../value.ts';
import type { ExecutionContext, ScopeColumn } from './scope.ts';
import { CLR_TYPES, maxLength, typeId } from './system-types.ts';

/** A catalogue view: its columns and its rows, computed from the test database. */
export interface SystemView {
  readonly columns: readonly Omit<ScopeColumn, 'alias'>[];
  readonly rows: (context: ExecutionContext) => SqlRow[];
}

type ViewRows = (context: ExecutionContext) => SqlRow[];

function view(columns: string, rows: ViewRows): SystemView {
  return {
    columns: columns.split(',').map((column) => {
      const [name = '', type = 'int'] = column.trim().split(/ (.*)/);
      return { name, type: parseSqlType(type, 'Latin1_General_CI_AS'), nullable: true };
    }),
    rows,
  };
}

/** The view of `sys.x` or `INFORMATION_SCHEMA.X`, if this server has it. */
export function systemView(name: readonly string[]): SystemView | undefined {
  return VIEWS[name.slice(-2).join('.').toLowerCase()];
}

const VIEWS: Readonly<Record<string, SystemView>> = {
  'sys.schemas': view('name sysname,schema_id int', ({ db }) => schemas(db).map((name, i) => [name, i + 1])),
  'sys.tables': view(
    'name sysname,object_id int,schema_id int,type char(2),is_ms_shipped bit,temporal_type tinyint',
    ({ db }) => db.tables.map((table) => [table.name, table.objectId, schemaId(db, table), 'U ', 0, 0]),
  ),
  'sys.objects': view('name sysname,object_id int,schema_id int,type char(2),is_ms_shipped bit', ({ db }) =>
    db.tables.map((table) => [table.name, table.objectId, schemaId(db, table), 'U ', 0]),
  ),
  'sys.columns': view(
    'object_id int,name sysname,column_id int,system_type_id tinyint,user_type_id int,max_length smallint,precision tinyint,scale tinyint,collation_name sysname,is_nullable bit,is_identity bit,is_computed bit,is_hidden bit',
    ({ db }) => db.tables.flatMap((table) => table.columns.map((column, i) => columnRow(table, i, column))),
  ),
  'sys.types': view('name sysname,system_type_id tinyint,user_type_id int,is_user_defined bit', () =>
    SQL_TYPE_NAMES.map((name) => [
      name === 'rowversion' ? 'timestamp' : name,
      CLR_TYPES.has(name) ? 240 : typeId(name),
      typeId(name),
      0,
    ]),
  ),
  'sys.indexes': view(
    'object_id int,name sysname,index_id int,type tinyint,is_unique bit,is_primary_key bit,is_unique_constraint bit,has_filter bit,is_disabled bit',
    ({ db }) => db.tables.flatMap((table) => indexes(table).map((index) => index.row)),
  ),
  'sys.index_columns': view(
    'object_id int,index_id int,index_column_id int,column_id int,key_ordinal tinyint,is_included_column bit,is_descending_key bit',
    ({ db }) => db.tables.flatMap(indexColumnRows),
  ),
  'sys.foreign_keys': view(
    'name sysname,object_id int,parent_object_id int,referenced_object_id int,is_disabled bit,is_not_trusted bit',
    ({ db }) => foreignKeys(db).map((key) => [key.name, key.id, key.table.objectId, key.target.objectId, 0, 0]),
  ),
  'sys.foreign_key_columns': view(
    'constraint_object_id int,constraint_column_id int,parent_object_id int,parent_column_id int,referenced_object_id int,referenced_column_id int',
    ({ db }) => foreignKeys(db).flatMap(foreignKeyColumns),
  ),
  'sys.partitions': view('partition_id bigint,object_id int,index_id int,partition_number int,rows bigint', ({ db }) =>
    db.tables.map((table) => [partitionId(table), table.objectId, clustered(table), 1, BigInt(rowCount(table))]),
  ),
  'sys.allocation_units': view('container_id bigint,type tinyint,total_pages bigint', ({ db }) =>
    db.tables.map((table) => [partitionId(table), 1, pagesOf(table)]),
  ),
  'sys.dm_db_partition_stats': view(
    'object_id int,index_id int,partition_number int,row_count bigint,reserved_page_count bigint,used_page_count bigint,lob_used_page_count bigint',
    ({ db }) => db.tables.map(partitionStats),
  ),
  'sys.databases': view(
    'name sysname,database_id int,compatibility_level tinyint,collation_name sysname,snapshot_isolation_state tinyint,is_read_committed_snapshot_on bit,is_read_only bit,state_desc nvarchar(60)',
    ({ db }) => [databaseRow(db)],
  ),
  'sys.change_tracking_databases': view(
    'database_id int,retention_period int,retention_period_units_desc nvarchar(60)',
    ({ db }) => (db.options.changeTracking ? [[5, 2, 'DAYS']] : []),
  ),
  'sys.change_tracking_tables': view(
    'object_id int,is_track_columns_updated_on bit,min_valid_version bigint',
    ({ db }) =>
      db.tables
        .filter((table) => table.changeTracking)
        .map((table) => [table.objectId, 0, BigInt(db.tracking.minValid)]),
  ),
  'sys.dm_exec_connections': view(
    'session_id int,encrypt_option nvarchar(40),net_transport nvarchar(40)',
    ({ session }) => [[session.id, session.encrypted ? 'TRUE' : 'FALSE', 'TCP']],
  ),
  'information_schema.tables': view(
    'TABLE_CATALOG nvarchar(128),TABLE_SCHEMA nvarchar(128),TABLE_NAME sysname,TABLE_TYPE varchar(10)',
    ({ db }) => db.tables.map((table) => [db.name, table.schema, table.name, 'BASE TABLE']),
  ),
  'information_schema.columns': view(
    'TABLE_SCHEMA nvarchar(128),TABLE_NAME sysname,COLUMN_NAME sysname,ORDINAL_POSITION int,IS_NULLABLE varchar(3),DATA_TYPE nvarchar(128),CHARACTER_MAXIMUM_LENGTH int',
    ({ db }) => db.tables.flatMap(informationColumns),
  ),
};

/** Table-valued functions: `fn_my_permissions(securable, class)`. */
export function systemFunction(name: string): SystemView | undefined {
  if (!['fn_my_permissions', 'sys.fn_my_permissions'].includes(name)) return undefined;
  return view('entity_name sysname,subentity_name sysname,permission_name nvarchar(60)', ({ session }) =>
    [...session.permissions].map((permission) => ['database', '', permission]),
  );
}

function schemas(db: TestDatabase): string[] {
  return [...new Set(['dbo', ...db.tables.map((table) => table.schema)])];
}

function schemaId(db: TestDatabase, table: Table): number {
  return schemas(db).indexOf(table.schema) + 1;
}

function columnRow(table: Table, at: number, column: Table['columns'][number]): SqlRow {
  const { type } = column;
  const text = ['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext'].includes(type.name);
  return [
    table.objectId,
    column.name,
    at + 1,
    CLR_TYPES.has(type.name) ? 240 : typeId(type.name),
    typeId(type.name),
    maxLength(type),
    type.precision,
    type.scale,
    text ? type.collation : null,
    column.nullable ? 1 : 0,
    column.identity ? 1 : 0,
    0,
    0,
  ];
}

interface IndexRow {
  readonly id: number;
  readonly columns: readonly string[];
  readonly row: SqlRow;
}

function clustered(table: Table): number {
  return table.primaryKey.length > 0 ? 1 : 0;
}

function indexes(table: Table): IndexRow[] {
  const primary = table.primaryKey.length > 0;
  const base: SqlRow = primary
    ? [table.objectId, `PK_${table.name}`, 1, 1, 1, 1, 0, 0, 0]
    : [table.objectId, null, 0, 0, 0, 0, 0, 0, 0];
  const others = table.indexes.map((index, i) => ({
    id: i + 2,
    columns: index.columns,
    row: [table.objectId, index.name, i + 2, 2, index.unique ? 1 : 0, 0, 0, 0, 0] as SqlRow,
  }));
  return [{ id: clustered(table), columns: table.primaryKey, row: base }, ...others];
}

function indexColumnRows(table: Table): SqlRow[] {
  return indexes(table).flatMap((index) =>
    index.columns.map(
      (name, i) => [table.objectId, index.id, i + 1, columnIndex(table, name) + 1, i + 1, 0, 0] as SqlRow,
    ),
  );
}

interface KeyRow {
  readonly id: number;
  readonly name: string;
  readonly table: Table;
  readonly target: Table;
  readonly columns: readonly string[];
  readonly refColumns: readonly string[];
}

function foreignKeys(db: TestDatabase): KeyRow[] {
  const keys = db.tables.flatMap((table) => table.foreignKeys.map((key) => ({ table, key })));
  return keys.map(({ table, key }, i) => ({
    id: 900_000_000 + i,
    name: key.name,
    table,
    target: db.table(key.refTable),
    columns: key.columns,
    refColumns: key.refColumns,
  }));
}

function foreignKeyColumns(key: KeyRow): SqlRow[] {
  return key.columns.map((column, i) => [
    key.id,
    i + 1,
    key.table.objectId,
    columnIndex(key.table, column) + 1,
    key.target.objectId,
    columnIndex(key.target, key.refColumns[i]!) + 1,
  ]);
}

function rowCount(table: Table): number {
  return table.synthetic?.count ?? table.rows.length;
}

function partitionId(table: Table): bigint {
  return 72_057_594_000_000_000n + BigInt(table.objectId);
}

/** A guess of the table's size: forty bytes a cell. */
function pagesOf(table: Table): bigint {
  return BigInt(Math.ceil((rowCount(table) * 40 * table.columns.length) / 8192));
}

function partitionStats(table: Table): SqlRow {
  const pages = pagesOf(table);
  return [table.objectId, clustered(table), 1, BigInt(rowCount(table)), pages, pages, 0n];
}

function databaseRow(db: TestDatabase): SqlRow {
  const { options } = db;
  const flag = (on: boolean): SqlValue => (on ? 1 : 0);
  return [
    db.name,
    5,
    options.compatibilityLevel,
    db.collation,
    flag(options.snapshotIsolation),
    flag(options.readCommittedSnapshot),
    0,
    'ONLINE',
  ];
}

function informationColumns(table: Table): SqlRow[] {
  return table.columns.map((column, i) => [
    table.schema,
    table.name,
    column.name,
    i + 1,
    column.nullable ? 'YES' : 'NO',
    column.type.name === 'rowversion' ? 'timestamp' : column.type.name,
    column.type.length === 0 ? null : column.type.length,
  ]);
}

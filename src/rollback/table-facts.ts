import { quoted } from '../write/postgres/ledger-names.ts';
import type { SqlSession } from '../write/session.ts';

/** A column that a row can be put back into (no generated ones). */
export interface ColumnFact {
  /** As the row image names it. */
  readonly name: string;
  /** As PostgreSQL writes it, e.g. `numeric(12,2)`. */
  readonly type: string;
}

/** A foreign key of one column. Names are quoted, tables with their schema. */
export interface ForeignKey {
  readonly constraint: string;
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly parent: string;
  readonly parentColumn: string;
  /** An index begins with the column: finding who refers to a row is cheap. */
  readonly indexed: boolean;
}

/** Columns of a table in their order. */
export const readColumns = (session: SqlSession, table: string): Promise<ColumnFact[]> =>
  session.query<ColumnFact>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = '${table.replaceAll("'", "''")}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
  );

/** Every foreign key of one column in the database, also from tables that are not of the store. */
export async function readForeignKeys(session: SqlSession): Promise<readonly ForeignKey[]> {
  const rows = await session.query<KeyRow>(
    `SELECT k.conname AS name, n.nspname AS schema, c.relname AS child, a.attname AS col, NOT a.attnotnull AS nullable,
       pn.nspname AS parent_schema, p.relname AS parent, pa.attname AS parent_col,
       EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1] AND i.indisvalid) AS indexed
     FROM pg_constraint k
     JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
     JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.conparentid = 0 ORDER BY n.nspname, c.relname, k.conname`,
  );
  return rows.map((row) => ({
    constraint: quoted(row.name),
    table: `${quoted(row.schema)}.${quoted(row.child)}`,
    column: quoted(row.col),
    nullable: row.nullable,
    parent: `${quoted(row.parent_schema)}.${quoted(row.parent)}`,
    parentColumn: quoted(row.parent_col),
    indexed: row.indexed,
  }));
}

interface KeyRow {
  readonly name: string;
  readonly schema: string;
  readonly child: string;
  readonly col: string;
  readonly nullable: boolean;
  readonly parent_schema: string;
  readonly parent: string;
  readonly parent_col: string;
  readonly indexed: boolean;
}

import type { ConnectionPool } from 'mssql';
import { ask } from './ask.ts';
import { builder, built } from './sql-builder.ts';

/** Rights that a reader must not have. */
export const WRITING_RIGHTS = ['INSERT', 'UPDATE', 'DELETE', 'ALTER'] as const;

/** What the login may do with a table or view. */
export interface LoginRights {
  /** `schema.table`. */
  readonly table: string;
  readonly select: boolean;
  readonly writing: readonly (typeof WRITING_RIGHTS)[number][];
}

type RightsRow = Readonly<Record<'schemaName' | 'tableName', string>> & Readonly<Record<string, unknown>>;

/** What the login may do with each table and view that it can see. Asks only; nothing is tried. */
export async function readLoginRights(pool: ConnectionPool): Promise<readonly LoginRights[]> {
  const right = (name: string): ReturnType<typeof builder.raw> =>
    builder.raw(
      `HAS_PERMS_BY_NAME(CONCAT(QUOTENAME(s.name), '.', QUOTENAME(o.name)), 'OBJECT', '${name}') as may${name}`,
    );
  const rights = builder('sys.objects as o')
    .join('sys.schemas as s', 's.schema_id', 'o.schema_id')
    .select('s.name as schemaName', 'o.name as tableName', right('SELECT'), ...WRITING_RIGHTS.map(right))
    .whereIn('o.type', ['U', 'V'])
    .where('o.is_ms_shipped', 0);
  return (await ask<RightsRow>(pool, built(rights))).map((row) => ({
    table: `${row.schemaName}.${row.tableName}`,
    select: row['maySELECT'] === 1,
    writing: WRITING_RIGHTS.filter((name) => row[`may${name}`] === 1),
  }));
}

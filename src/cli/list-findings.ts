import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SqlPool } from '../write/session.ts';

const PAGE = 10_000;

/**
 * Writes which records have which findings, sorted byte by byte, one a line: `entity<TAB>key<TAB>code<TAB>field`. No values, so nothing personal but the key.
 * Read page by page behind a cursor: flat memory.
 */
export async function writeFindingList(pool: SqlPool, ledgerSchema: string, run: number, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const handle = await open(file, 'w', 0o600);
  const session = await pool.session();
  try {
    await session.query('BEGIN');
    await session.query(`DECLARE listed NO SCROLL CURSOR FOR SELECT line FROM (
      SELECT concat_ws(E'\\t', e.name, coalesce(f.legacy_key, ''), f.code, coalesce(f.field, '')) AS line
      FROM "${ledgerSchema}".finding f JOIN "${ledgerSchema}".entity e ON e.id = f.entity_id WHERE f.run_id = ${run}) f ORDER BY line COLLATE "C"`);
    for (;;) {
      const page = await session.query<{ line: string }>(`FETCH ${PAGE} FROM listed`);
      if (page.length === 0) break;
      await handle.write(page.map(({ line }) => `${line}\n`).join(''));
    }
    await session.query('COMMIT');
  } finally {
    await session.release();
    await handle.close();
  }
}

import { rmSync } from 'node:fs';
import { isSha256, storePath } from '../contents/store-path.ts';
import type { SqlSession } from '../write/session.ts';

/** Files of one round. */
const ROUND = 500;

/**
 * Removes the files that rollbacks left without a record, of this one and of any that was killed before it came to it. A file that some record uses (again) stays.
 * Returns how many went. `root`: folder of the content store.
 */
export async function removeFiles(session: SqlSession, s: string, office: string, root: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await session.query<{ sha256: string; used: boolean }>(
      `SELECT w.sha256, EXISTS (SELECT 1 FROM ${s}.content c WHERE c.office IN (SELECT DISTINCT office FROM ${s}.entity) AND c.status = 'stored' AND c.sha256 = w.sha256) AS used
       FROM ${s}.content_removal w WHERE w.office = $1 ORDER BY w.sha256 LIMIT ${ROUND}`,
      [office],
    );
    if (rows.length === 0) return removed;
    for (const { sha256, used } of rows) {
      if (used || !isSha256(sha256)) continue;
      rmSync(storePath(root, sha256), { force: true });
      removed += 1;
    }
    await session.query(
      `DELETE FROM ${s}.content_removal WHERE office = $1 AND sha256 IN (SELECT jsonb_array_elements_text($2::jsonb))`,
      [office, JSON.stringify(rows.map(({ sha256 }) => sha256))],
    );
  }
}

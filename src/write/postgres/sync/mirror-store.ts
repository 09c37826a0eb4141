import type { SourcePosition } from '../../../core/slice.ts';
import type { MirrorRow, MirrorStore } from '../../sync-store.ts';
import { newOut } from '../binary-out.ts';
import { VALUE_WRITERS } from '../value-writers.ts';
import { onSession, type SyncContext } from './sync-context.ts';

const PAGE = 5000;

/** Mirrors of columns that other tables depend on. Rows of run 0 count; those of a run lie over them until it ends. */
export function createMirrorStore(context: SyncContext): MirrorStore {
  const { names } = context;
  const table = `${names.schema}.sync_mirror`;
  return {
    state: (entity, name) =>
      onSession(context, async (session) => {
        const [row] = await session.query<{ run: number; mark: SourcePosition }>(
          `SELECT run_id AS run, mark FROM ${names.schema}.sync_mirror_state WHERE entity_id = $1 AND name = $2`,
          [names.id(entity), name],
        );
        return row ?? null;
      }),
    touched: (run, entity, name) =>
      onSession(context, async (session) => {
        const rows = await session.query(
          `SELECT 1 FROM ${table} WHERE entity_id = $1 AND name = $2 AND run_id = $3 LIMIT 1`,
          [names.id(entity), name, run],
        );
        return rows.length > 0;
      }),
    reset: (run, entity, name) =>
      onSession(context, async (session) => {
        await session.query(`DELETE FROM ${table} WHERE entity_id = $1 AND name = $2 AND run_id = $3`, [
          names.id(entity),
          name,
          run,
        ]);
      }),
    put: (run, entity, name, rows) =>
      onSession(context, async (session) => {
        if (rows.length > 0) await session.copy(`${table} (${COLUMNS})`, [imageOf(run, names.id(entity), name, rows)]);
      }),
    before: (entity, name, keys) =>
      onSession(context, (session) =>
        session.query<MirrorRow>(
          `SELECT m.row_key AS key, m.cells FROM jsonb_array_elements_text($3::jsonb) k(key) JOIN ${table} m
             ON m.entity_id = $1 AND m.name = $2 AND m.row_key = k.key AND m.run_id = 0`,
          [names.id(entity), name, JSON.stringify(keys)],
        ),
      ),
    async *rows(entity, name, run) {
      const counts = run === null ? 'run_id = 0' : `run_id IN (0, ${run})`;
      for (let after = ''; ; ) {
        const page = await onSession(context, (session) =>
          session.query<MirrorRow>(
            `SELECT DISTINCT ON (row_key) row_key AS key, CASE WHEN gone THEN NULL ELSE cells END AS cells FROM ${table}
             WHERE entity_id = $1 AND name = $2 AND row_key > $3 AND ${counts} ORDER BY row_key, run_id DESC LIMIT ${PAGE}`,
            [names.id(entity), name, after],
          ),
        );
        yield page.filter(({ cells }) => cells !== null);
        if (page.length < PAGE) return;
        after = page.at(-1)!.key;
      }
    },
  };
}

const COLUMNS = 'entity_id, name, row_key, run_id, gone, cells';

/** Rows of the mirror in COPY's binary form. */
function imageOf(run: number, entity: number, name: string, rows: readonly MirrorRow[]): Uint8Array {
  const out = newOut(rows.length * 120 + 1024);
  for (const { key, cells } of rows) {
    VALUE_WRITERS.int2(out, 0);
    out.at -= 6;
    out.view.setInt16(out.at, 6);
    out.at += 2;
    VALUE_WRITERS.int2(out, entity);
    VALUE_WRITERS.text(out, name);
    VALUE_WRITERS.text(out, key);
    VALUE_WRITERS.int4(out, run);
    VALUE_WRITERS.bool(out, cells === null);
    VALUE_WRITERS.jsonb(out, JSON.stringify(cells ?? []));
  }
  return out.bytes.subarray(0, out.at);
}

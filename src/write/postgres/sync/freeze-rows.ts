import type { Finding } from '../../../core/finding.ts';
import type { LegacyKey } from '../../../core/record.ts';
import { keyAt } from '../../../core/slice.ts';
import { createIdSpace } from '../../../core/target-id.ts';
import type { SqlSession } from '../../session.ts';
import { type BatchRows, VERDICT } from '../batch-rows.ts';
import { idArray } from '../check-parents.ts';
import type { WriterContext } from '../entity-writer.ts';

/** What is said of a frozen record, by what would have become of it. */
const WHAT: Readonly<Record<number, string>> = {
  [VERDICT.insert]: 'new',
  [VERDICT.update]: 'changed',
  [VERDICT.reject]: 'rejected',
};

/**
 * Records of units that work in the new system already are left as they are there: their own unit says so, or a parent that they need. What would have been written
 * is skipped with a finding. Their ids are kept, so that their children are known, and that nothing of them is removed.
 */
export async function freezeRows(session: SqlSession, rows: BatchRows, context: WriterContext): Promise<Finding[]> {
  const { names, entity, run } = context;
  const marks = ownUnit(rows);
  const parents = rows.slices.flatMap(({ refs }) => refs.filter((ref) => ref.required).map((ref) => ref.parent));
  for (const parent of new Set(parents)) await addChildren(session, rows, context, parent, marks);
  const id = names.id(entity.name);
  const all = Array.from({ length: rows.total }, (_, row) => row);
  const marked = (mark: number): number[] => all.filter((row) => marks[row] === mark);
  const held = marked(HELD);
  await session.query(
    `DELETE FROM ${names.schema}.sync_frozen WHERE entity_id = ${id} AND target_id = ANY($1::uuid[])`,
    [rows.ids(marked(0))],
  );
  for (const [chosen, flag] of [
    [held, true],
    [marked(NOTED), false],
  ] as const) {
    await session.query(
      `INSERT INTO ${names.schema}.sync_frozen (entity_id, target_id, held, run_id) SELECT ${id}, u.id, ${flag}, ${run.id} FROM unnest($1::uuid[]) AS u(id)
       ON CONFLICT (entity_id, target_id) DO UPDATE SET held = excluded.held, run_id = excluded.run_id`,
      [rows.ids(chosen)],
    );
  }
  return held.flatMap((row): Finding[] => {
    const what = WHAT[rows.verdicts[row]!];
    if (what === undefined) return [];
    rows.reasons.delete(row);
    rows.skip(row, 'unit-live');
    const key = rows.key(row);
    return [{ code: 'UNIT_LIVE', severity: 'warning', effect: 'load', entity: entity.name, key, params: { what } }];
  });
}

/** Marks of rows: the unit works in the new system; this is the last sync for it. */
const HELD = 1;
const NOTED = 2;

function ownUnit(rows: BatchRows): Uint8Array {
  const marks = new Uint8Array(rows.total);
  for (let slice = 0; slice < rows.slices.length; slice++) {
    const { frozen } = rows.slices[slice]!;
    if (frozen !== undefined) marks.set(frozen, rows.startOf(slice));
  }
  return marks;
}

/** Rows that need a parent which is marked. */
async function addChildren(
  session: SqlSession,
  rows: BatchRows,
  { names, run }: WriterContext,
  parent: string,
  marks: Uint8Array,
): Promise<void> {
  const children = new Map<LegacyKey, number[]>();
  for (let slice = 0; slice < rows.slices.length; slice++) {
    const { refs, count } = rows.slices[slice]!;
    for (const ref of refs) {
      if (!ref.required || ref.parent !== parent) continue;
      for (let i = 0; i < count; i++) {
        const key = keyAt(ref.keys, i);
        if (key === null) continue;
        const known = children.get(key);
        if (known === undefined) children.set(key, [rows.startOf(slice) + i]);
        else known.push(rows.startOf(slice) + i);
      }
    }
  }
  const keys = [...children.keys()];
  const found = await session.query<{ i: number; held: boolean }>(
    `SELECT u.i::int4 AS i, z.held FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i) JOIN ${names.schema}.sync_frozen z ON z.entity_id = ${names.id(parent)} AND z.target_id = u.id`,
    [idArray(keys, createIdSpace(run.office, parent))],
  );
  for (const { i, held } of found)
    for (const row of children.get(keys[i - 1]!)!) if (held || marks[row] === 0) marks[row] = held ? HELD : NOTED;
}

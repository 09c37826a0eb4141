import type { EntityCounts } from '../../core/events.ts';
import type { Finding } from '../../core/finding.ts';
import type { KeyBitmap } from '../../core/key-bitmap.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { keyAt } from '../../core/slice.ts';
import type { SqlPool, SqlSession } from '../session.ts';
import type { Batch, BatchOutcome, EntityWriter, RunRef } from '../target.ts';
import { BatchRows, VERDICT } from './batch-rows.ts';
import { checkParents, type KnownParents, type PendingRef } from './check-parents.ts';
import { classifyRows } from './classify-rows.ts';
import type { LedgerNames } from './ledger-names.ts';
import {
  copyCorrections,
  copyCrosswalk,
  copyFindings,
  copyPendingRefs,
  copyRejects,
  type Reject,
} from './ledger-rows.ts';
import { meetTarget } from './sync/meet-target.ts';
import { insertRows, type RowWriting, updateCrosswalk, updateRows } from './write-rows.ts';

export interface WriterContext {
  readonly pool: SqlPool;
  readonly names: LedgerNames;
  readonly run: RunRef;
  readonly entity: EntityPlan;
  readonly partition: number;
  readonly seen: KeyBitmap | null;
  readonly known: KnownParents;
  /** Nothing of this entity was in the target when the run began: every row is new. */
  readonly fresh: boolean;
}

/** Writes batches of one partition of one entity. */
export function createEntityWriter(context: WriterContext): EntityWriter {
  const duplicatesOf = new WeakMap<Batch, readonly number[]>();
  return {
    async write(batch) {
      const rows = new BatchRows(batch);
      rejectDuplicates(rows, context, batch, duplicatesOf);
      const session = await context.pool.session();
      let broken = true;
      try {
        const outcome = await writeBatch(session, batch, rows, context);
        broken = false;
        return outcome;
      } finally {
        await session.release(broken);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The journey of one batch. */
async function writeBatch(
  session: SqlSession,
  batch: Batch,
  rows: BatchRows,
  context: WriterContext,
): Promise<BatchOutcome> {
  // Many probes of a large index: nested loops stay flat whatever the statistics say
  await session.query('BEGIN; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off');
  try {
    if (await isCommitted(session, batch, context)) {
      await session.query('ROLLBACK');
      return outcomeOf(rows, [], []);
    }
    const pending = await checkParents(session, rows, context);
    if (!context.fresh) await classifyRows(session, rows, context.names.crosswalk(context.entity.name));
    const told = context.run.sync === undefined ? [] : await meetTarget(session, rows, context);
    await writeRecords(session, rows, pending, context);
    const rejects = await gatherRejects(batch, rows);
    const findings = rows.slices
      .flatMap((slice) => slice.findings)
      .concat(
        rejects.flatMap(({ reasons }) => reasons),
        told,
      );
    const outcome = outcomeOf(rows, findings, rejects);
    await writeLedger(session, batch, rows, { findings, rejects, counts: outcome.counts }, context);
    await session.query('COMMIT');
    return outcome;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function writeRecords(
  session: SqlSession,
  rows: BatchRows,
  pending: PendingRef[],
  context: WriterContext,
): Promise<void> {
  const { names, entity, run } = context;
  const writing: RowWriting = { session, rows, entity, names, run: run.id };
  const updated = await updateRows(writing, rows.with(VERDICT.update), pending);
  const inserted = await insertRows(writing, rows.with(VERDICT.insert), pending);
  await copyCrosswalk(session, rows, inserted, names.id(entity.name), run.id, names.crosswalk(entity.name));
  await updateCrosswalk(writing, updated);
  if (updated.length > 0) await forgetPending(session, rows, updated, context);
  const live = pending.filter(({ row }) => rows.verdicts[row]! <= VERDICT.update);
  await copyPendingRefs(session, names, run, entity.name, rows, live);
}

async function forgetPending(
  session: SqlSession,
  rows: BatchRows,
  updated: readonly number[],
  { names, entity }: WriterContext,
): Promise<void> {
  await session.query(`DELETE FROM ${names.schema}.pending_ref WHERE entity_id = $1 AND target_id = ANY($2::uuid[])`, [
    names.id(entity.name),
    rows.ids(updated),
  ]);
}

interface LedgerPart {
  readonly findings: readonly Finding[];
  readonly rejects: readonly Reject[];
  readonly counts: EntityCounts;
}

async function writeLedger(
  session: SqlSession,
  batch: Batch,
  rows: BatchRows,
  part: LedgerPart,
  context: WriterContext,
): Promise<void> {
  const { names, run, entity, partition } = context;
  const id = names.id(entity.name);
  await copyFindings(session, names, run.id, id, part.findings);
  await copyRejects(session, names, run, entity.name, part.rejects);
  await copyCorrections(
    session,
    names,
    run.id,
    id,
    rows.slices.flatMap(({ corrections }) => corrections ?? []),
  );
  for (const [reason, records] of skipsOf(rows)) {
    await session.query(
      `INSERT INTO ${names.schema}.run_skip AS k (run_id, entity_id, reason, records) VALUES ($1, $2, $3, $4)
       ON CONFLICT (run_id, entity_id, reason) DO UPDATE SET records = k.records + excluded.records`,
      [run.id, id, reason, records],
    );
  }
  const { counts } = part;
  await session.query(
    `UPDATE ${names.schema}.run_entity SET read_rows = read_rows + $3, loaded = loaded + $4, unchanged = unchanged + $5, rejected = rejected + $6, skipped = skipped + $7
     WHERE run_id = $1 AND entity_id = $2`,
    [run.id, id, counts.read, counts.loaded, counts.unchanged, counts.rejected, counts.skipped],
  );
  await session.query(
    `UPDATE ${names.schema}.checkpoint SET position = $4::jsonb, batches = $5, done = $6 WHERE run_id = $1 AND entity_id = $2 AND partition = $3`,
    [run.id, id, partition, batch.next === null ? null : JSON.stringify(batch.next), batch.number, batch.last],
  );
}

/** After a lost connection nobody knows whether the commit arrived: the checkpoint does. */
async function isCommitted(
  session: SqlSession,
  batch: Batch,
  { names, run, entity, partition }: WriterContext,
): Promise<boolean> {
  const [row] = await session.query<{ batches: number }>(
    `SELECT batches FROM ${names.schema}.checkpoint WHERE run_id = $1 AND entity_id = $2 AND partition = $3 FOR UPDATE`,
    [run.id, names.id(entity.name), partition],
  );
  return (row?.batches ?? 0) >= batch.number;
}

/** First row of a key wins. Found once a batch, since giving a batch again must not make its own rows duplicates. */
function rejectDuplicates(
  rows: BatchRows,
  { seen, entity }: WriterContext,
  batch: Batch,
  known: WeakMap<Batch, readonly number[]>,
): void {
  if (seen === null) return;
  const duplicates = known.get(batch) ?? findDuplicates(rows, seen);
  known.set(batch, duplicates);
  for (const row of duplicates) {
    rows.reject(row, {
      code: 'KEY_DUPLICATE',
      severity: 'error',
      effect: 'reject',
      entity: entity.name,
      key: rows.key(row),
    });
  }
}

function findDuplicates(rows: BatchRows, seen: KeyBitmap): number[] {
  const duplicates: number[] = [];
  for (let slice = 0; slice < rows.slices.length; slice++) {
    const { keys, count } = rows.slices[slice]!;
    const start = rows.startOf(slice);
    for (let i = 0; i < count; i++) {
      const int = keys.ints[i]!;
      const again = Number.isNaN(int) ? seen.addText(String(keyAt(keys, i))) : seen.addInteger(int);
      if (again) duplicates.push(start + i);
    }
  }
  return duplicates;
}

/** Rejects of the stage and those made here, with their source rows. */
async function gatherRejects(batch: Batch, rows: BatchRows): Promise<Reject[]> {
  const rejects: Reject[] = rows.slices.flatMap((slice) =>
    slice.rejected.map(({ key, source, reasons }) => ({ key, source, reasons })),
  );
  const bySlice = new Map<number, number[]>();
  for (const row of rows.reasons.keys()) {
    if (rows.verdicts[row] !== VERDICT.reject) continue;
    const slice = rows.sliceOf(row);
    bySlice.set(slice, [...(bySlice.get(slice) ?? []), row]);
  }
  for (const [slice, members] of bySlice) {
    const sources = await batch.slices[slice]!.explain(members.map((row) => rows.position(row).position));
    for (const [i, row] of members.entries())
      rejects.push({ key: rows.key(row), source: sources[i]!, reasons: rows.reasons.get(row)! });
  }
  return rejects;
}

function skipsOf(rows: BatchRows): Map<string, number> {
  const skips = new Map(rows.skips);
  for (const slice of rows.slices)
    for (const [reason, count] of Object.entries(slice.skipped)) skips.set(reason, (skips.get(reason) ?? 0) + count);
  return skips;
}

function outcomeOf(rows: BatchRows, findings: readonly Finding[], rejects: readonly Reject[]): BatchOutcome {
  const verdicts = [0, 0, 0, 0, 0];
  for (const verdict of rows.verdicts) verdicts[verdict]! += 1;
  const skipped = [...skipsOf(rows).values()].reduce((sum, count) => sum + count, 0);
  const read = rows.slices.reduce((sum, slice) => sum + slice.read, 0);
  const loaded = verdicts[VERDICT.insert]! + verdicts[VERDICT.update]!;
  return {
    counts: { read, loaded, unchanged: verdicts[VERDICT.unchanged]!, rejected: rejects.length, skipped },
    findings: findings.length,
  };
}

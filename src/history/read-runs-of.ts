import type { Finding } from '../core/finding.ts';
import type { SqlSession } from '../write/session.ts';
import { diffRows, type Remembered, stepsOf } from './diff-rows.ts';
import type { AppliedCorrection, Row, RunHistory, Subject } from './record-history.ts';

/** A record with its number of the entity in the ledger. */
export interface LedgerSubject extends Subject {
  readonly s: string;
  readonly office: string;
  readonly entityId: number;
}

/** Who wrote the record last; null: it is not in the target. */
export interface Written {
  readonly run: number;
}

export const readRemembered = async (
  session: SqlSession,
  { s, entityId, targetId }: LedgerSubject,
): Promise<readonly Remembered[]> =>
  session.query<Remembered>(
    `SELECT run_id AS run, action, old_row AS "oldRow", old_run AS "oldRun", undone_by AS "undoneBy" FROM ${s}.undo
     WHERE entity_id = $1 AND target_id = $2 ORDER BY run_id`,
    [entityId, targetId],
  );

export interface SaidRow {
  readonly run: number;
  readonly finding: Finding;
}

export async function readSaid(
  session: SqlSession,
  { s, entityId, entity, key }: LedgerSubject,
): Promise<readonly SaidRow[]> {
  const rows = await session.query<
    { run: number } & Record<'code' | 'severity' | 'effect' | 'field' | 'value', string | null> & {
        params: Finding['params'] | null;
      }
  >(
    `SELECT run_id AS run, code, severity, effect, field, value, params FROM ${s}.finding WHERE entity_id = $1 AND legacy_key = $2 ORDER BY run_id, code, field`,
    [entityId, key],
  );
  return rows.map(({ run, code, severity, effect, field, value, params }) => ({
    run,
    finding: {
      entity,
      key,
      code: code!,
      severity: severity as Finding['severity'],
      effect: effect as Finding['effect'],
      ...(field === null ? {} : { field }),
      ...(value === null ? {} : { value }),
      ...(params === null || params === undefined ? {} : { params }),
    },
  }));
}

export interface RejectRow {
  readonly run: number;
  readonly reasons: readonly Finding[];
}

export const readRejectsOf = (
  session: SqlSession,
  { s, entityId, key, targetId }: LedgerSubject,
): Promise<readonly RejectRow[]> =>
  session.query<RejectRow>(
    `SELECT run, reasons FROM (
       SELECT id, run_id AS run, reasons FROM ${s}.reject WHERE entity_id = $1 AND target_id = $2
       UNION SELECT id, run_id, reasons FROM ${s}.reject WHERE entity_id = $1 AND legacy_key = $3) j ORDER BY run, id`,
    [entityId, targetId, key],
  );

const readCorrectionsOf = (
  session: SqlSession,
  { s, entityId, key }: LedgerSubject,
): Promise<readonly (AppliedCorrection & { run: number })[]> =>
  session.query<AppliedCorrection & { run: number }>(
    `SELECT u.run_id AS run, u.field, u.old_value AS before, u.new_value AS after, u.outcome, c.author, c.reason, c.file, c.line
     FROM ${s}.correction_use u JOIN ${s}.run r ON r.id = u.run_id JOIN ${s}.correction c ON c.set_hash = r.corrections_hash AND c.number = u.number
     WHERE u.entity_id = $1 AND u.legacy_key = $2 ORDER BY u.run_id, u.field`,
    [entityId, key],
  );

interface RunRow {
  readonly id: number;
  readonly command: string;
  readonly status: string;
  readonly started_at: Date;
}

/** What else is known of a record. */
export interface RecordFacts {
  readonly remembered: readonly Remembered[];
  readonly rejects: readonly RejectRow[];
  readonly written: Written | null;
  readonly row: Row | null;
  /** Run that noted the bytes of the record last, if it is a content. */
  readonly copied: number | null;
}

/** Every run that touched the record or spoke of it, oldest first. */
export async function readRunsOf(
  session: SqlSession,
  subject: LedgerSubject,
  facts: RecordFacts,
): Promise<readonly RunHistory[]> {
  const { remembered, rejects, written, row, copied } = facts;
  const steps = new Map(stepsOf(remembered, row).map((step) => [step.run, step]));
  const said = await readSaid(session, subject);
  const corrections = await readCorrectionsOf(session, subject);
  // Who wrote it first; and who did last, when it had been deleted between
  const first = remembered.find(({ oldRun }) => oldRun !== null)?.oldRun ?? null;
  const brought = new Set([first, written?.run ?? null].filter((run) => run !== null));
  const undoers = new Set(remembered.flatMap(({ undoneBy }) => undoneBy ?? []));
  const spoke = [...rejects, ...said, ...corrections].map(({ run }) => run);
  const runs = await readRunRows(session, subject, [
    ...brought,
    ...steps.keys(),
    ...undoers,
    ...spoke,
    ...(copied === null ? [] : [copied]),
  ]);
  return runs.map(({ id, command, status, started_at }) => {
    const step = steps.get(id);
    const reasons = rejects.filter(({ run }) => run === id).map((reject) => reject.reasons);
    const rejected = reasons.length > 0;
    return {
      run: id,
      command,
      status,
      startedAt: new Date(started_at),
      did: didOf({ id, brought, copied, action: step?.action, rejected, undid: undoers.has(id) }),
      takenBackBy: step?.undoneBy ?? null,
      changes: step === undefined ? [] : diffRows(step.oldRow, step.after),
      findings: said.filter(({ run }) => run === id).map(({ finding }) => finding),
      rejects: reasons,
      corrections: corrections.filter(({ run }) => run === id),
    };
  });
}

const readRunRows = (session: SqlSession, { s }: LedgerSubject, ids: readonly number[]): Promise<readonly RunRow[]> =>
  session.query<RunRow>(
    `SELECT id, command, status, started_at FROM ${s}.run WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::int4) ORDER BY id`,
    [JSON.stringify([...new Set(ids)])],
  );

function didOf(facts: {
  readonly id: number;
  readonly brought: ReadonlySet<number>;
  readonly copied: number | null;
  readonly action: string | undefined;
  readonly rejected: boolean;
  readonly undid: boolean;
}): RunHistory['did'] {
  if (facts.action === 'delete') return 'deleted';
  if (facts.action !== undefined) return 'changed';
  // A second row with the same key is rejected in the run that brought the first
  if (facts.brought.has(facts.id)) return 'brought';
  if (facts.rejected) return 'rejected';
  if (facts.undid) return 'takenBack';
  return facts.copied === facts.id ? 'copied' : 'said';
}

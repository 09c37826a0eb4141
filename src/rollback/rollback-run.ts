import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import { EzdError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Ledger, RunState } from '../ledger/ledger.ts';
import { asFault } from '../write/fault.ts';
import { quoted } from '../write/postgres/ledger-names.ts';
import { withSession } from '../write/postgres/postgres-target.ts';
import type { SqlPool, SqlSession } from '../write/session.ts';
import { retrying } from '../write/wrap/retry.ts';
import { executeRollback } from './execute-rollback.ts';
import { ROLLBACK } from './may-roll-back.ts';
import { openRollback } from './open-rollback.ts';
import { planRollback } from './plan-rollback.ts';
import { putBackKeys } from './put-back-keys.ts';
import type { KnownPlace } from './read-places.ts';
import { removeFiles } from './remove-files.ts';
import { isForcible, type RollbackPlan } from './rollback-plan.ts';
import { createProgress, SCAN_PAGES } from './rollback-work.ts';
import { type Survey, type SurveyRequest, survey } from './survey.ts';

export interface RollbackRequest {
  readonly run: RunState;
  /** Places that the mappings know, for ledgers of earlier versions. */
  readonly known: readonly KnownPlace[];
  /** Goes over later changes of the same records; with the reason, which the ledger keeps. */
  readonly force: { readonly reason: string } | null;
  /** Records of one transaction. */
  readonly chunk: number;
  /** Pages of tables that may be read for want of an index before foreign keys come off meanwhile; default: those of about 200 MB. */
  readonly scanPages?: number;
  /** Folder of the content store; null: none, files stay where they are. */
  readonly contentsRoot: string | null;
  readonly toolVersion: string;
  readonly host: string;
  readonly user: string;
}

export interface RollbackPorts {
  readonly pool: SqlPool;
  readonly ledger: Ledger;
  /** Unquoted. */
  readonly ledgerSchema: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export type RollbackOutcome =
  /** Later changes of the same records speak against it; nothing was done. */
  | { readonly kind: 'refused'; readonly plan: RollbackPlan }
  | {
      readonly kind: 'done';
      readonly plan: RollbackPlan;
      /** The run of the ledger that did it. */
      readonly by: RunState;
      readonly resumed: boolean;
      readonly filesRemoved: number;
    };

/** Takes a run back, or goes on with a rollback of it that stopped. Throws EzdError LOCKED, INTERRUPTED, TARGET_…. */
export async function rollbackRun(request: RollbackRequest, ports: RollbackPorts): Promise<RollbackOutcome> {
  const unlock = await ports.ledger.lock(request.run.office);
  try {
    return await underLock(request, ports);
  } finally {
    await unlock();
  }
}

async function underLock(request: RollbackRequest, ports: RollbackPorts): Promise<RollbackOutcome> {
  const { run } = request;
  const again = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> =>
    retrying(() => withSession(ports.pool, work), 'rollback', ports.emit, ports.signal);
  const s = quoted(ports.ledgerSchema);
  const open = await again((session) => openRollback(session, s, run));
  const resumed = open !== null;
  const force = request.force !== null || open?.force === true;
  const asked = { s, run, known: request.known, force };
  const plan = await again((session) => planRollback(session, asked));
  if (plan.conflicts.some((conflict) => !(force && isForcible(conflict)))) return { kind: 'refused', plan };
  const by = open?.id ?? (await begin(request, plan, ports));
  ports.emit({ kind: 'run-started', run: by, resumed, entities: plan.entities.map(({ entity }) => entity) });
  await work(by, request, ports, (session) => takeBack(session, by, asked, request, ports));
  const filesRemoved = await finish(by, s, request, ports);
  ports.emit({ kind: 'run-finished', run: by, status: 'finished' });
  return { kind: 'done', plan, by: (await ports.ledger.getRun(run.office, by))!, resumed, filesRemoved };
}

/** The work itself, on one session, whose temporary tables it needs. */
async function takeBack(
  session: SqlSession,
  by: number,
  asked: SurveyRequest,
  { known, chunk, scanPages = SCAN_PAGES }: RollbackRequest,
  { emit, signal }: RollbackPorts,
): Promise<void> {
  const { s, run, force } = asked;
  await putBackKeys({ session, s, run });
  const found = await survey(session, asked);
  const progress = createProgress(emit, expectedOf(found));
  await executeRollback({ session, s, run, by, force, chunk, scanPages, progress, signal }, found, known);
}

const expectedOf = ({ entities }: Survey): ReadonlyMap<string, number> =>
  new Map(entities.map(({ place, removed, restored, returned }) => [place.entity, removed + restored + returned]));

async function begin(request: RollbackRequest, plan: RollbackPlan, { ledger }: RollbackPorts): Promise<number> {
  const { run, force, toolVersion, host, user } = request;
  const names = new Set([...run.entities.map(({ entity }) => entity), ...plan.entities.map(({ entity }) => entity)]);
  if (plan.contents.contents > 0) names.add(CONTENT_ENTITIES.content);
  const { id } = await ledger.createRun({
    office: run.office,
    command: ROLLBACK,
    options: {
      entities: null,
      units: null,
      limit: null,
      rollback: { run: run.id, force: force !== null, reason: force?.reason ?? null },
    },
    planHash: run.planHash,
    toolVersion,
    host,
    user,
    entities: [...names].map((name) => ({ name, hash: '' })),
  });
  return id;
}

/** Does it, again after a lost connection, and notes in the ledger why it stopped when it did. */
async function work(
  by: number,
  { run }: RollbackRequest,
  { pool, ledger, emit, signal }: RollbackPorts,
  execute: (session: SqlSession) => Promise<void>,
): Promise<void> {
  try {
    await retrying(() => withSession(pool, execute), 'rollback', emit, signal);
  } catch (error) {
    const fault = signal.aborted ? interrupted(run) : asFault(error);
    const code = fault instanceof EzdError ? fault.code : 'INTERNAL';
    const status = code === 'INTERRUPTED' ? 'interrupted' : 'failed';
    await ledger.finishRun(by, status, code === 'INTERRUPTED' ? undefined : code).catch(() => undefined);
    emit({ kind: 'run-finished', run: by, status });
    throw fault;
  }
}

const interrupted = ({ id }: RunState): EzdError =>
  new EzdError('INTERRUPTED', `The rollback of run ${id} was interrupted; what is taken back stays taken back.`, {
    hint: 'Start the same command again: it goes on where it stopped.',
  });

/** Marks the run, closes the rollback, and only then removes files, which no transaction could bring back. */
async function finish(
  by: number,
  s: string,
  { run, contentsRoot }: RollbackRequest,
  ports: RollbackPorts,
): Promise<number> {
  const { pool, ledger, emit, signal } = ports;
  const again = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> =>
    retrying(() => withSession(pool, work), 'rollback', emit, signal);
  await again(async (session) => {
    await session.query(`UPDATE ${s}.run SET status = 'rolled-back' WHERE id = $1`, [run.id]);
    await session.query(`UPDATE ${s}.run_entity SET status = 'finished', finished_at = now() WHERE run_id = $1`, [by]);
  });
  await retrying(() => ledger.finishRun(by, 'finished'), 'ledger', emit, signal);
  return contentsRoot === null ? 0 : again((session) => removeFiles(session, s, run.office, contentsRoot));
}

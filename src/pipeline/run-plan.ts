import { type CorrectionSet, NO_CORRECTIONS } from '../core/correction.ts';
import { EzdError } from '../core/errors.ts';
import { addCounts, type Emit, type EntityCounts, NO_COUNTS } from '../core/events.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import type { SetCheck } from '../core/set-check.ts';
import type { Ledger, RunOptions, RunState } from '../ledger/ledger.ts';
import { type Again, retryLedger } from '../ledger/retry-ledger.ts';
import type { Source } from '../sources/source.ts';
import { asFault } from '../write/fault.ts';
import type { RunRef, Target } from '../write/target.ts';
import { retrying } from '../write/wrap/retry.ts';
import { retryTarget } from '../write/wrap/retry-ports.ts';
import { createIndexes } from './build-indexes.ts';
import { runEntity } from './run-entity.ts';
import type { Stages } from './stages.ts';

/** What to do. */
export interface RunRequest {
  readonly plan: Plan;
  readonly command: string;
  readonly options: RunOptions;
  /** Rows a batch has at most. */
  readonly batchRows: number;
  /** Bytes of encoded rows a batch has at most. */
  readonly batchBytes: number;
  /** Partitions and worker threads side by side. */
  readonly jobs: number;
  /** Rules across records, run over the loaded store; not on a limited run, where most records are missing by intent. */
  readonly checks: readonly SetCheck[];
  /** What the office corrected; absent: nothing. */
  readonly corrections?: CorrectionSet;
  /** A sync: units that work in the new system already, as keys of `from.unit`; absent: none. */
  readonly frozenUnits?: readonly string[];
  /** A sync: units whose last sync this is: their records are noted, so that they are known when they are gone. */
  readonly leavingUnits?: readonly string[];
  readonly toolVersion: string;
  readonly host: string;
  readonly user: string;
  /** Milliseconds since the epoch that rules call "now". */
  readonly now: number;
}

/** What it works with; `cli/compose.ts` builds these. */
export interface RunPorts {
  readonly source: Source;
  readonly target: Target;
  readonly ledger: Ledger;
  readonly stages: Stages;
  /** Legacy keys of the units in scope, heads of their lineages; called after the units themselves are loaded. */
  readonly resolveUnits: (units: readonly string[]) => Promise<readonly string[]>;
  readonly emit: Emit;
  /** Aborted: finish the batch under way, keep the checkpoint, stop. */
  readonly signal: AbortSignal;
}

export interface RunSummary {
  readonly run: RunState;
  readonly resumed: boolean;
  readonly totals: EntityCounts;
  /** Optional references still without their parent. */
  readonly missingReferences: number;
}

/** Runs a plan, or goes on with the unfinished run of the same command and scope. */
export function runPlan(request: RunRequest, bare: RunPorts): Promise<RunSummary> {
  const ports = enduring(bare);
  return withRun(request, ports, bare, (entities, run, resumed) => work(request, entities, run, resumed, ports));
}

/** Holds the office's lock and an open run while `act` works; notes why it failed. `bare`: ports without retries, to say so at once. */
export async function withRun<T>(
  request: RunRequest,
  ports: RunPorts,
  bare: RunPorts,
  act: (entities: readonly EntityPlan[], run: RunState, resumed: boolean) => Promise<T>,
): Promise<T> {
  const unlock = await ports.ledger.lock(request.plan.office);
  try {
    const entities = entitiesInScope(request);
    const { run, resumed } = await openRun(request, entities, ports);
    try {
      return await act(entities, run, resumed);
    } catch (error) {
      const fault = asFault(error);
      if (wasStopped(fault, bare.signal)) return await interrupted(run, bare);
      await noteFailure(bare, run, fault);
      throw fault;
    }
  } finally {
    await unlock();
  }
}

/** Every step towards the database is tried again on transient faults: a restart of the server must not end a night. */
export function enduring(ports: RunPorts): RunPorts {
  const { emit, signal } = ports;
  const again: Again = (what, work) => retrying(work, what, emit, signal);
  return { ...ports, target: retryTarget(ports.target, emit, signal), ledger: retryLedger(ports.ledger, again) };
}

async function work(
  request: RunRequest,
  entities: readonly EntityPlan[],
  run: RunState,
  resumed: boolean,
  ports: RunPorts,
): Promise<RunSummary> {
  const { emit, signal, target } = ports;
  const ref: RunRef = { id: run.id, office: request.plan.office, scoped: request.options.units !== null };
  emit({ kind: 'run-started', run: run.id, resumed, entities: entities.map(({ name }) => name) });
  const indexes = createIndexes(request.plan, ports);
  for (const entity of entities) {
    await runEntity({ request, entity, ref, state: stateOf(run, entity), indexes }, ports);
    if (signal.aborted) return await interrupted(run, ports);
  }
  const missingReferences = await target.settle(ref, entities);
  if (request.options.limit === null) {
    await tellUnusedCorrections(request, entities, run, ports);
    await target.judge(ref, entities, request.checks);
  }
  return closeRun(run, resumed, missingReferences, ports, request.plan.office);
}

/** Closes a run for good and checks that its books balance. */
export async function closeRun(
  run: RunState,
  resumed: boolean,
  missingReferences: number,
  { ledger, emit }: RunPorts,
  office: string,
): Promise<RunSummary> {
  await ledger.finishRun(run.id, 'finished');
  const finished = (await ledger.getRun(office, run.id))!;
  verifyCounts(finished);
  emit({ kind: 'run-finished', run: run.id, status: 'finished' });
  const totals = finished.entities.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS);
  return { run: finished, resumed, totals, missingReferences };
}

/** A correction of a record that no row stands for is never lost: it is a finding. */
export async function tellUnusedCorrections(
  { corrections = NO_CORRECTIONS }: RunRequest,
  entities: readonly EntityPlan[],
  run: RunState,
  { ledger }: RunPorts,
): Promise<void> {
  const names = new Set(corrections.corrections.map(({ entity }) => entity));
  const corrected = entities.map(({ name }) => name).filter((name) => names.has(name));
  if (corrected.length > 0) await ledger.closeCorrections(run.id, corrected);
}

export function entitiesInScope({ plan, options }: RunRequest): readonly EntityPlan[] {
  if (options.entities === null) return plan.entities;
  const wanted = new Set(options.entities);
  return plan.entities.filter(({ name }) => wanted.has(name));
}

/** Finishes pending work before reading anew: the unfinished run goes on, unless mapping or corrections changed under it. */
async function openRun(
  request: RunRequest,
  entities: readonly EntityPlan[],
  { ledger, emit }: RunPorts,
): Promise<{ run: RunState; resumed: boolean }> {
  const { plan, command, options, corrections = NO_CORRECTIONS } = request;
  const unfinished = await ledger.findUnfinished(plan.office, command, options);
  if (unfinished !== null) {
    const samePlan = unfinished.planHash === plan.hash;
    const sameCorrections = (unfinished.correctionsHash ?? '') === corrections.hash;
    if (samePlan && sameCorrections) return { run: unfinished, resumed: true };
    emit({ kind: 'note', code: samePlan ? 'CORRECTIONS_CHANGED' : 'PLAN_CHANGED', params: { run: unfinished.id } });
  }
  const run = await ledger.createRun({
    office: plan.office,
    command,
    options,
    planHash: plan.hash,
    toolVersion: request.toolVersion,
    host: request.host,
    user: request.user,
    entities: entities.map(({ name, hash }) => ({ name, hash })),
    ...(corrections.corrections.length === 0 ? {} : { corrections }),
  });
  return { run, resumed: false };
}

/** What a reader throws that was told to stop: its own word for it, or a connection that was cut short. */
const wasStopped = (fault: unknown, signal: AbortSignal): boolean =>
  signal.aborted &&
  ((fault instanceof Error && fault.name === 'AbortError') ||
    (fault instanceof EzdError && fault.code === 'SOURCE_UNREACHABLE'));

export const stateOf = (run: RunState, entity: EntityPlan): RunState['entities'][number] =>
  run.entities.find(({ entity: name }) => name === entity.name)!;

export async function interrupted(run: RunState, { ledger, emit }: RunPorts): Promise<never> {
  await ledger.finishRun(run.id, 'interrupted');
  emit({ kind: 'run-finished', run: run.id, status: 'interrupted' });
  throw new EzdError('INTERRUPTED', `Run ${run.id} was interrupted; everything up to its last checkpoint is safe.`, {
    hint: 'Start the same command again: it goes on where it stopped.',
  });
}

/** Notes why a run failed, if the ledger can still be reached. */
async function noteFailure({ ledger, emit }: RunPorts, run: RunState, error: unknown): Promise<void> {
  if (error instanceof EzdError && error.code === 'INTERRUPTED') return;
  const code = error instanceof EzdError ? error.code : 'INTERNAL';
  await ledger.finishRun(run.id, 'failed', code).catch(() => undefined);
  emit({ kind: 'run-finished', run: run.id, status: 'failed' });
}

/** Invariant 1, from the ledger's own numbers. */
export function verifyCounts(run: RunState): void {
  for (const { entity, counts } of run.entities) {
    const accounted = counts.loaded + counts.unchanged + counts.rejected + counts.skipped;
    if (counts.read === accounted) continue;
    throw new EzdError(
      'LEDGER',
      `Run ${run.id}, entity ${entity}: ${counts.read} rows were read, but ${accounted} are accounted for.`,
      {
        subject: entity,
        hint: 'This is a defect of the program. Do not go live with this entity; keep the database and report it.',
      },
    );
  }
}

import type { CorrectionSet, CorrectionUse } from '../core/correction.ts';
import { EzdError } from '../core/errors.ts';
import { addCounts, type EntityCounts, NO_COUNTS } from '../core/events.ts';
import type { Finding } from '../core/finding.ts';
import { keyText } from '../core/record.ts';
import type { SourcePosition } from '../core/slice.ts';
import type {
  CorrectionCount,
  EntityState,
  FindingCount,
  Ledger,
  PartitionState,
  RunState,
  StoredReject,
} from './ledger.ts';

/** A ledger in memory, with the one step that a target in memory commits a batch by. For tests and trials; gone with the process. */
export interface MemoryLedger extends Ledger {
  commit(batch: MemoryCommit): void;
}

export interface MemoryCommit {
  readonly run: number;
  readonly entity: string;
  readonly partition: number;
  readonly number: number;
  readonly next: SourcePosition;
  readonly last: boolean;
  readonly counts: EntityCounts;
  readonly skips: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  readonly rejects: readonly Omit<StoredReject, 'id' | 'run' | 'entity'>[];
  readonly corrections: readonly CorrectionUse[];
}

interface MutableRun extends Omit<RunState, 'entities' | 'status' | 'finishedAt' | 'failure'> {
  status: RunState['status'];
  finishedAt: Date | null;
  failure: string | null;
  entities: EntityState[];
}

export function createMemoryLedger(): MemoryLedger {
  const runs: MutableRun[] = [];
  const findings: { run: number; finding: Finding }[] = [];
  const rejects: { run: number; reject: StoredReject }[] = [];
  const sets = new Map<number, CorrectionSet>();
  const uses: { run: number; entity: string; use: CorrectionUse }[] = [];
  const locked = new Set<string>();
  const runOf = (id: number): MutableRun => runs.find((run) => run.id === id)!;
  const patch = (run: number, entity: string, change: (state: EntityState) => Partial<EntityState>): void => {
    const found = runOf(run);
    found.entities = found.entities.map((state) => (state.entity === entity ? { ...state, ...change(state) } : state));
  };

  return {
    lock(office) {
      if (locked.has(office))
        return Promise.reject(
          new EzdError('LOCKED', `Another run for office ${office} is working.`, { subject: office }),
        );
      locked.add(office);
      return Promise.resolve(() => {
        locked.delete(office);
        return Promise.resolve();
      });
    },
    findUnfinished(office, command, options) {
      const last = runs.filter((run) => run.office === office).at(-1);
      const same =
        last !== undefined && last.command === command && JSON.stringify(last.options) === JSON.stringify(options);
      return Promise.resolve(same && last.status !== 'finished' && last.status !== 'rolled-back' ? last : null);
    },
    createRun({ office, command, options, planHash, toolVersion, entities, corrections }) {
      const run: MutableRun = {
        id: runs.length + 1,
        office,
        command,
        status: 'running',
        startedAt: new Date(),
        finishedAt: null,
        planHash,
        correctionsHash: corrections?.hash ?? null,
        toolVersion,
        options,
        failure: null,
        entities: entities.map(({ name }) => ({
          entity: name,
          status: 'pending',
          expectedRows: null,
          counts: NO_COUNTS,
          skipReasons: {},
          partitions: [],
        })),
      };
      runs.push(run);
      if (corrections !== undefined) sets.set(run.id, corrections);
      return Promise.resolve(run);
    },
    startEntity(run, entity, ranges, expectedRows) {
      const partitions: PartitionState[] = ranges.map((range, index) => ({
        index,
        range,
        position: null,
        batches: 0,
        done: false,
      }));
      patch(run, entity, () => ({ status: 'running', expectedRows, partitions }));
      return Promise.resolve();
    },
    finishEntity(run, entity) {
      patch(run, entity, () => ({ status: 'finished' }));
      return Promise.resolve();
    },
    finishRun(run, status, failure) {
      Object.assign(runOf(run), { status, finishedAt: new Date(), failure: failure ?? null });
      return Promise.resolve();
    },
    getRun: (office, id) => Promise.resolve(runs.find((run) => run.id === id && run.office === office) ?? null),
    listRuns: (office, limit) =>
      Promise.resolve(
        runs
          .filter((run) => run.office === office)
          .toReversed()
          .slice(0, limit),
      ),
    countFindings: (run) =>
      Promise.resolve(countsOf(findings.filter((entry) => entry.run === run).map(({ finding }) => finding))),
    async *rejects(run, filter) {
      for (const { reject } of rejects.filter((entry) => entry.run === run))
        if (matches(reject.entity, reject.key, reject.reasons, filter)) yield reject;
    },
    countStandingRejects: (run) => Promise.resolve(rejects.filter((entry) => entry.run === run).length),
    async *findings(run, filter) {
      for (const { finding } of findings.filter((entry) => entry.run === run)) {
        const key = finding.key === null ? null : keyText(finding.key);
        if (matches(finding.entity, key, [finding], filter)) yield { ...finding, key };
      }
    },
    closeCorrections(run, entities) {
      const used = new Set(uses.filter((entry) => entry.run === run).map(({ use }) => use.number));
      const lost = (sets.get(run)?.corrections ?? []).flatMap((correction, number): Finding[] => {
        if (correction.kind !== 'record' || used.has(number) || !entities.includes(correction.entity)) return [];
        const { entity, key, column, file, line } = correction;
        const base = { code: 'CORRECTION_NO_RECORD', severity: 'warning', effect: 'load' } as const;
        return [{ ...base, entity, key, field: column, params: { file, line } }];
      });
      findings.push(...lost.map((finding) => ({ run, finding })));
      return Promise.resolve(lost.length);
    },
    async *corrections(run, filter) {
      for (const { entity, use } of uses.filter((entry) => entry.run === run)) {
        if ((filter.entity ?? entity) !== entity || (filter.outcome ?? use.outcome) !== use.outcome) continue;
        const { kind, reason, author, date, file, line } = sets.get(run)!.corrections[use.number]!;
        const { key, column, old, outcome } = use;
        const origin = { kind, reason, author, date, file, line };
        yield { entity, key: keyText(key), field: column, old, new: use.new, outcome, ...origin };
      }
    },
    countCorrections(run) {
      const counts = new Map<string, CorrectionCount>();
      for (const { entity, use } of uses.filter((entry) => entry.run === run)) {
        const { outcome } = use;
        const id = `${entity}|${outcome}`;
        counts.set(id, { entity, outcome, count: (counts.get(id)?.count ?? 0) + 1 });
      }
      return Promise.resolve([...counts.values()]);
    },
    commit(batch) {
      patch(batch.run, batch.entity, (state) => ({
        counts: addCounts(state.counts, batch.counts),
        skipReasons: addSkips(state.skipReasons, batch.skips),
        partitions: state.partitions.map((partition) =>
          partition.index === batch.partition
            ? { ...partition, position: batch.next, batches: batch.number, done: batch.last }
            : partition,
        ),
      }));
      uses.push(...batch.corrections.map((use) => ({ run: batch.run, entity: batch.entity, use })));
      findings.push(...batch.findings.map((finding) => ({ run: batch.run, finding })));
      for (const reject of batch.rejects)
        rejects.push({
          run: batch.run,
          reject: { ...reject, id: rejects.length + 1, run: batch.run, entity: batch.entity },
        });
    },
  };
}

function matches(
  entity: string,
  key: string | null,
  reasons: readonly Finding[],
  filter: { entity?: string; key?: string; code?: string },
): boolean {
  if (filter.entity !== undefined && filter.entity !== entity) return false;
  if (filter.key !== undefined && filter.key !== key) return false;
  return filter.code === undefined || reasons.some(({ code }) => code === filter.code);
}

function countsOf(list: readonly Finding[]): FindingCount[] {
  const counts = new Map<string, FindingCount>();
  for (const { entity, code, severity, effect } of list) {
    const id = [entity, code, severity, effect].join('|');
    counts.set(id, { entity, code, severity, effect, count: (counts.get(id)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

function addSkips(before: Readonly<Record<string, number>>, more: ReadonlyMap<string, number>): Record<string, number> {
  const sum: Record<string, number> = { ...before };
  for (const [reason, count] of more) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}

import { isDeepStrictEqual } from 'node:util';
import type { ChainProblem } from './chain-problem.ts';
import type { RunRecord } from './run-record.ts';
import { DIGESTED_SETS, type DigestedSet } from './set-digests.ts';

const MEMBERS = [
  'command',
  'startedAt',
  'finishedAt',
  'toolVersion',
  'planHash',
  'options',
  'host',
  'user',
  'failure',
  'correctionsHash',
] as const satisfies readonly (keyof RunRecord)[];

/** A record as it was read back: its text may be that of an earlier version, or anybody's (then its hash tells). */
export type Recorded = Pick<RunRecord, 'run'> & Partial<RunRecord>;

/** What a run's rows say now against what its record says. Two things may change after a run: it may be rolled back, and what undoing needs may be dropped. */
export function compareRecord(recorded: Recorded, now: RunRecord): readonly ChainProblem[] {
  const { run } = recorded;
  const members: string[] = MEMBERS.filter((member) => !isDeepStrictEqual(recorded[member], now[member]));
  if (now.status !== recorded.status && now.status !== 'rolled-back') members.push('status');
  return [
    ...(members.length === 0 ? [] : [{ kind: 'runChanged', run, members } as const]),
    ...changedCounts(recorded, now),
    ...DIGESTED_SETS.flatMap((set) => changedRows(set, recorded, now)),
  ];
}

function changedCounts({ run, entities: before = [] }: Recorded, { entities: now }: RunRecord): ChainProblem[] {
  const names = [...new Set([...before, ...now].map(({ entity }) => entity))];
  const find = (list: RunRecord['entities'], name: string) => list.find(({ entity }) => entity === name);
  return names
    .filter((name) => !isDeepStrictEqual(find(before, name), find(now, name)))
    .map((entity) => ({ kind: 'countsChanged', run, entity }));
}

/** A record of an earlier version of this program may know less of a set; what it does not cover is not compared. */
function changedRows(set: DigestedSet, recorded: Recorded, current: RunRecord): ChainProblem[] {
  const covered = recorded[set];
  if (covered === undefined) return [];
  const names = [...new Set([...covered, ...current[set]].map(({ entity }) => entity))].toSorted();
  return names.flatMap((name): ChainProblem[] => {
    const before = covered.find(({ entity }) => entity === name);
    const after = current[set].find(({ entity }) => entity === name);
    if (before?.sha256 === after?.sha256 || (set === 'undo' && after === undefined)) return [];
    return [
      { kind: 'rowsChanged', run: recorded.run, entity: name, set, was: before?.rows ?? 0, now: after?.rows ?? 0 },
    ];
  });
}

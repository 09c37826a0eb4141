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

/** What a run's rows say now against what its record says. Two things may change after a run: it may be rolled back, and what undoing needs may be dropped. */
export function compareRecord(recorded: RunRecord, now: RunRecord): readonly ChainProblem[] {
  const { run } = recorded;
  const members: string[] = MEMBERS.filter((member) => !isDeepStrictEqual(recorded[member], now[member]));
  if (now.status !== recorded.status && now.status !== 'rolled-back') members.push('status');
  return [
    ...(members.length === 0 ? [] : [{ kind: 'runChanged', run, members } as const]),
    ...changedCounts(recorded, now),
    ...DIGESTED_SETS.flatMap((set) => changedRows(set, recorded, now)),
  ];
}

function changedCounts({ run, entities: before }: RunRecord, { entities: now }: RunRecord): ChainProblem[] {
  const names = [...new Set([...before, ...now].map(({ entity }) => entity))];
  const find = (list: RunRecord['entities'], name: string) => list.find(({ entity }) => entity === name);
  return names
    .filter((name) => !isDeepStrictEqual(find(before, name), find(now, name)))
    .map((entity) => ({ kind: 'countsChanged', run, entity }));
}

function changedRows(set: DigestedSet, recorded: RunRecord, current: RunRecord): ChainProblem[] {
  const names = [...new Set([...recorded[set], ...current[set]].map(({ entity }) => entity))].toSorted();
  return names.flatMap((name): ChainProblem[] => {
    const before = recorded[set].find(({ entity }) => entity === name);
    const after = current[set].find(({ entity }) => entity === name);
    if (before?.sha256 === after?.sha256 || (set === 'undo' && after === undefined)) return [];
    return [
      { kind: 'rowsChanged', run: recorded.run, entity: name, set, was: before?.rows ?? 0, now: after?.rows ?? 0 },
    ];
  });
}

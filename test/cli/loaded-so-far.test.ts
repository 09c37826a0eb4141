import { expect, test } from 'vitest';
import { keySample } from '../../src/cli/reconcile/key-sample.ts';
import { loadedSoFar } from '../../src/cli/reconcile/loaded-so-far.ts';
import { NO_COUNTS } from '../../src/core/events.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { RunState } from '../../src/ledger/ledger.ts';

const plan = { entities: [{ name: 'adresat' }, { name: 'sprawa' }] } as unknown as Plan;

interface Some {
  readonly command?: string;
  readonly status?: RunState['status'];
  readonly units?: readonly string[];
  readonly entities?: readonly string[];
  readonly limit?: number;
}

/** Runs, the newest first, numbered from the oldest. */
const runs = (...list: readonly Some[]): RunState[] =>
  list.map(({ command = 'run', status = 'finished', units, entities, limit }, i) => ({
    id: list.length - i,
    office: 'X',
    command,
    status,
    startedAt: new Date(0),
    finishedAt: new Date(0),
    planHash: 'p',
    toolVersion: '1',
    options: {
      entities: entities ?? null,
      units: units ?? null,
      limit: limit ?? null,
    },
    failure: null,
    entities: [
      {
        entity: 'adresat',
        status: 'finished',
        expectedRows: 1,
        counts: { ...NO_COUNTS, read: 1, loaded: 1 },
        skipReasons: {},
        partitions: [],
      },
    ],
  }));

const told = (list: RunState[], wanted: readonly string[] | null) => {
  const { units, partial, unfinished, last } = loadedSoFar(list, plan, wanted);
  return { units, partial: [...partial], unfinished: unfinished?.id ?? null, last: last?.id ?? null };
};

test.each<[string, RunState[], readonly string[] | null, Partial<ReturnType<typeof told>>]>([
  ['nothing ran', runs(), null, { units: null, partial: ['adresat', 'sprawa'], last: null }],
  ['a whole run', runs({}), null, { units: null, partial: [], last: 1 }],
  ['unit by unit', runs({ units: ['WGK'] }, { units: ['WO'] }), null, { units: ['WGK', 'WO'], partial: [], last: 2 }],
  ['a unit, then all', runs({}, { units: ['WO'] }), null, { units: null, partial: [] }],
  ['all, but not finished', runs({ status: 'interrupted' }, { units: ['WO'] }), null, { units: ['WO'], unfinished: 2 }],
  ['a limit only', runs({ limit: 10 }), null, { partial: ['adresat', 'sprawa'], last: 1 }],
  ['one entity', runs({ entities: ['adresat'] }), null, { partial: ['sprawa'] }],
  ['taken back', runs({ command: 'rollback' }, { status: 'rolled-back' }), null, { partial: ['adresat', 'sprawa'] }],
  [
    'a unit asked for that was never loaded',
    runs({ units: ['WO'] }),
    ['WF'],
    { units: ['WF'], partial: ['adresat', 'sprawa'] },
  ],
])('the books say what may be compared: %s', (_name, list, wanted, expected) => {
  expect(told(list, wanted)).toMatchObject(expected);
});

test('a share of the keys is another one each day, until all were taken', () => {
  const day = 86_400_000;
  expect(keySample(100, 0)).toBeNull();
  const turns = Array.from({ length: 20 }, (_, night) => keySample(5, night * day)!);
  expect(new Set(turns.map(({ of }) => of))).toEqual(new Set([20]));
  expect(new Set(turns.map(({ turn }) => turn)).size).toBe(20);
});

import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LegacyKey, SourceRow } from '../../src/core/record.ts';
import { createFoldIndexBuilder, type FoldIndexData, openFoldIndex } from '../../src/transform/fold-index.ts';
import { entityPlan, sourcePlan } from './make-plan.ts';

const builder = () =>
  createFoldIndexBuilder(
    entityPlan(
      sourcePlan({
        columns: ['Id', 'IdOrginal', 'IdPoprzedniego', 'Aktywny', 'Usuniety'],
        fold: { head: ['IdOrginal'], previous: 'IdPoprzedniego', live: 'Aktywny' },
        where: { all: [{ column: 4, test: 'null', values: [] }] },
      }),
      [],
    ),
  );

/** Rows `[Id, IdOrginal, IdPoprzedniego, Aktywny, Usuniety]`. */
const indexOf = (rows: readonly SourceRow[]) => {
  const build = builder();
  expect(build.columns).toEqual(['Id', 'IdOrginal', 'IdPoprzedniego', 'Aktywny']);
  for (const row of rows) build.addRow(row);
  return openFoldIndex(build.build());
};

describe('lineages', () => {
  test('an explicit head names the lineage; the live row stands for it', () => {
    const index = indexOf([
      ['1', '0', null, '0', null],
      ['2', '1', null, '1', null],
      ['3', '1', null, '0', null],
      ['4', null, null, '1', null],
    ]);
    expect([1, 2, 3, 4].map(index.head)).toEqual([1, 1, 1, 4]);
    expect([1, 2, 3, 4].map(index.isWinner)).toEqual([false, true, false, true]);
    expect([1, 2, 3, 4].some(index.isCyclic)).toBe(false);
  });

  test('without a live row, or with several, the greatest key stands for the lineage', () => {
    const rows = (live: string): SourceRow[] => [
      [9, 0, null, live, null],
      [10, 9, null, live, null],
    ];
    for (const live of ['0', '1']) expect([9, 10].map(indexOf(rows(live)).isWinner)).toEqual([false, true]);
  });

  test('without an explicit head the chain of earlier versions leads to the first', () => {
    const index = indexOf([
      [3, null, 2, '1', null],
      [1, null, null, '0', null],
      [2, 0, 1, '0', null],
    ]);
    expect([1, 2, 3].map(index.head)).toEqual([1, 1, 1]);
    expect([1, 2, 3].map(index.isWinner)).toEqual([false, false, true]);
  });

  test('an explicit head beats the chain', () => {
    const index = indexOf([
      [1, null, null, '0', null],
      [2, null, null, '0', null],
      [3, 2, 1, '1', null],
    ]);
    expect(index.head(3)).toBe(2);
    expect(index.isWinner(1)).toBe(true);
  });

  test('a row that names itself as head is a first version', () => {
    const index = indexOf([[1, 1, 1, '1', null]]);
    expect([index.head(1), index.isWinner(1), index.isCyclic(1)]).toEqual([1, true, false]);
  });

  test('the head may be a row that is no longer there', () => {
    const index = indexOf([
      [5, 4, null, '0', null],
      [6, 4, null, '1', null],
    ]);
    expect([4, 5, 6].map(index.head)).toEqual([4, 4, 4]);
    expect([5, 6].map(index.isWinner)).toEqual([false, true]);
  });

  test('a lineage that closes on itself is cut: each row of the circle is a record, and says so', () => {
    const index = indexOf([
      [1, null, 2, '0', null],
      [2, null, 3, '0', null],
      [3, null, 1, '1', null],
      [4, null, 3, '1', null],
    ]);
    expect([1, 2, 3, 4].map(index.head)).toEqual([1, 2, 3, 3]);
    expect([1, 2, 3, 4].map(index.isCyclic)).toEqual([true, true, true, false]);
    expect([1, 2, 3, 4].map(index.isWinner)).toEqual([true, true, false, true]);
  });

  test('a date column is live while it is empty', () => {
    const index = indexOf([
      [1, 0, null, null, null],
      [2, 1, null, '2020-01-01 00:00:00.000', null],
    ]);
    expect([1, 2].map(index.isWinner)).toEqual([true, false]);
  });

  test('a live version that the mapping leaves out keeps its lineage out: no older one takes its place', () => {
    const index = indexOf([
      [1, 0, null, '0', null],
      [2, 1, null, '1', 'left out'],
    ]);
    expect([1, 2].map(index.isWinner)).toEqual([false, true]);
  });

  test('keys that are no integers work too', () => {
    const index = indexOf([
      ['A', null, null, '0', null],
      ['B', 'A', null, '1', null],
      ['7', 'A', null, '0', null],
    ]);
    expect(['A', 'B', 7].map(index.head)).toEqual(['A', 'A', 'A']);
    expect((['A', 'B', 7] as LegacyKey[]).map(index.isWinner)).toEqual([false, true, false]);
  });

  test('rows that are a lineage of their own cost nothing', () => {
    const build = builder();
    for (let id = 1; id <= 5000; id++) build.addRow([id, 0, null, '1', null]);
    build.addRow([5001, 1, null, '1', null]);
    expect(build.build().flags.length).toBe(2);
  });

  test('the index goes to another thread without being copied', async () => {
    const build = builder();
    build.addRow([1, 0, null, '0', null]);
    build.addRow([2, 1, null, '1', null]);
    build.addRow(['x', 'y', null, '1', null]);
    const data = build.build();
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(data);
    const [message] = (await once(port2, 'message')) as [FoldIndexData];
    port1.close();
    const index = openFoldIndex(message);
    expect([index.head(2), index.isWinner(1), index.head('x')]).toEqual([1, false, 'y']);
    expect(message.heads.buffer).toBeInstanceOf(SharedArrayBuffer);
    new Float64Array(data.heads.buffer)[0] = 77;
    expect(index.head(1)).toBe(77);
  });
});

describe('laws of lineages', () => {
  const rows = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 30 }),
      head: fc.option(fc.integer({ min: 0, max: 35 }), { nil: null, freq: 2 }),
      previous: fc.option(fc.integer({ min: 0, max: 35 }), { nil: null, freq: 2 }),
      live: fc.boolean(),
    }),
    { selector: (row) => row.id, minLength: 1, maxLength: 30 },
  );

  test('whatever the data, each lineage has one representative, heads are stable and order does not matter', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const source = data.map((row): SourceRow => [row.id, row.head, row.previous, row.live, null]);
        const index = indexOf(source);
        const reversed = indexOf([...source].reverse());
        const winners = new Map<LegacyKey, number>();
        for (const { id } of data) {
          const head = index.head(id);
          expect(index.head(head)).toBe(head);
          expect(reversed.head(id)).toBe(head);
          expect(reversed.isWinner(id)).toBe(index.isWinner(id));
          expect(reversed.isCyclic(id)).toBe(index.isCyclic(id));
          if (index.isWinner(id)) winners.set(head, (winners.get(head) ?? 0) + 1);
        }
        expect(new Set(data.map((row) => index.head(row.id)))).toEqual(new Set(winners.keys()));
        expect([...winners.values()].every((count) => count === 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

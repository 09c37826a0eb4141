import { describe, expect, test } from 'vitest';
import { diffRows, type Remembered, stepsOf } from '../../src/history/diff-rows.ts';

const change = (run: number, oldRow: Record<string, unknown> | null, more: Partial<Remembered> = {}): Remembered => ({
  run,
  action: 'update',
  oldRow,
  oldRun: 1,
  undoneBy: null,
  ...more,
});

describe('diffRows', () => {
  test('names the fields that differ, in the order of the columns, and passes over values kept a second time as text', () => {
    expect(diffRows({ a: 1, b: 'x', 'b::text': 'x', c: { d: [1] } }, { a: 2, b: 'x', c: { d: [1] }, e: null })).toEqual(
      [{ field: 'a', before: 1, after: 2 }],
    );
  });
  test('a column that was added since, and a value that became empty, are told', () => {
    expect(diffRows({ a: 1 }, { a: null, z: 5 })).toEqual([
      { field: 'a', before: 1, after: null },
      { field: 'z', before: null, after: 5 },
    ]);
  });
  test('a row that is gone, and one whose later state is not known, have no fields to tell', () => {
    expect(diffRows({ a: 1 }, null)).toEqual([]);
    expect(diffRows({ a: 1 }, undefined)).toEqual([]);
  });
});

describe('stepsOf', () => {
  const now = { a: 4 };
  test('what a run left is what the next one found, the last one what is there now', () => {
    const steps = stepsOf([change(2, { a: 1 }), change(3, { a: 2 })], now);
    expect(steps.map(({ run, after }) => [run, after])).toEqual([
      [2, { a: 2 }],
      [3, { a: 4 }],
    ]);
  });
  test('what a run left is not known any more once it was taken back, unless a later run had found it', () => {
    const steps = stepsOf(
      [change(2, { a: 1 }, { undoneBy: 5 }), change(3, { a: 2 }, { undoneBy: 4 }), change(6, { a: 1 })],
      now,
    );
    expect(steps.map(({ run, after }) => [run, after])).toEqual([
      [2, { a: 2 }],
      [3, undefined],
      [6, { a: 4 }],
    ]);
  });
  test('a deleted row leaves nothing, and the mark of a rollback is no change of its own', () => {
    const steps = stepsOf([change(2, { a: 1 }, { action: 'delete' }), change(3, null, { undoneBy: 3 })], null);
    expect(steps.map(({ run, after }) => [run, after])).toEqual([[2, null]]);
  });
});

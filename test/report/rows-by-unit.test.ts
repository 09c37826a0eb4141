import { expect, test } from 'vitest';
import { rowsByUnit } from '../../src/report/findings/rows-by-unit.ts';
import type { FindingRow } from '../../src/report/report-model.ts';

let closed = 0;
async function* rows(...units: (string | null)[]): AsyncIterable<FindingRow> {
  try {
    for (const [i, unit] of units.entries()) {
      await Promise.resolve();
      yield { unit, key: String(i) } as FindingRow;
    }
  } finally {
    closed += 1;
  }
}

test('findings are cut where the unit changes, in one pass', async () => {
  const told: string[] = [];
  for await (const { unit, rows: own } of rowsByUnit(rows('A', 'A', 'B', null, null)))
    for await (const { key } of own) told.push(`${unit} ${key}`);
  expect(told).toEqual(['A 0', 'A 1', 'B 2', 'null 3', 'null 4']);
});

test('what a reader leaves of a unit is passed over, and stopping early closes what the findings come from', async () => {
  const first: string[] = [];
  for await (const { unit, rows: own } of rowsByUnit(rows('A', 'A', 'A', 'B', 'B')))
    for await (const { key } of own) {
      first.push(`${unit} ${key}`);
      break;
    }
  expect(first).toEqual(['A 0', 'B 3']);
  const before = closed;
  for await (const _ of rowsByUnit(rows('A', 'B'))) break;
  expect(closed).toBe(before + 1);
  for await (const _ of rowsByUnit(rows())) expect.unreachable();
});

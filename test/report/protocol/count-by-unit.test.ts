import { afterAll, beforeAll, expect, test } from 'vitest';
import { countByUnit } from '../../../src/report/protocol/count-by-unit.ts';
import { openReportOffice, type ReportOffice } from '../report-office.ts';

let office: ReportOffice;
beforeAll(async () => {
  office = await openReportOffice();
});
afterAll(() => office.close());

test('records are counted by the unit they lead to, and every record once', async () => {
  const counts = (await countByUnit(office.store))!;
  expect(counts.filter(({ table }) => ['sprawa', 'koszulka', 'dokument'].includes(table))).toEqual([
    { unit: 'WO', table: 'dokument', records: 1 },
    { unit: 'WGK', table: 'koszulka', records: 2 },
    { unit: 'WO', table: 'koszulka', records: 1 },
    { unit: 'WGK', table: 'sprawa', records: 1 },
    { unit: 'WO', table: 'sprawa', records: 1 },
  ]);
  for (const table of new Set(counts.map((each) => each.table))) {
    const [row] = await office.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ezd."${table}"`);
    const sum = counts.reduce((total, each) => (each.table === table ? total + each.records : total), 0);
    expect({ table, sum }).toEqual({ table, sum: row!.n });
  }
});

test('of a store that is not there nothing is counted', async () => {
  expect(await countByUnit({ ...office.store, schema: 'nowhere' })).toBeNull();
});

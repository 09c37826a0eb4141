import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIdSpace } from '../../src/core/target-id.ts';
import type { Report } from '../../src/report/report.ts';
import type { FindingRow } from '../../src/report/report-model.ts';
import { REPORT } from '../../src/report/report-model.ts';
import { addCrosswalk, openReportOffice, type ReportOffice } from './report-office.ts';

let office: ReportOffice;
beforeAll(async () => {
  office = await openReportOffice();
}, 120_000);
afterAll(() => office.close());

async function rowsOf(report: Report, unit?: string | null): Promise<FindingRow[]> {
  const rows: FindingRow[] = [];
  for await (const row of report.rows(unit === undefined ? {} : { unit })) rows.push(row);
  return rows;
}

describe('the place of a finding', () => {
  test('is the case, unit and year that its record leads to, by integer keys, by text keys, by the holder of a folder', async () => {
    const run = await office.addRun([
      { entity: 'sprawa', key: 11 },
      { entity: 'dokument', key: 'A/5' },
      { entity: 'koszulka', key: 3 },
      { entity: 'koszulka', key: 2 },
      { entity: 'adresat', key: 4 },
      { entity: 'sprawa', key: 999 },
      { entity: 'sprawa', key: null },
    ]);
    await addCrosswalk(office, 'dokument', 'A/5');
    const rows = await rowsOf(await office.report(run));
    expect(rows.map(({ unit, sign, year, entity, key }) => [unit, sign, year, `${entity} ${key}`])).toEqual([
      ['WGK', 'GK.2.7.2021', 2021, 'koszulka 2'],
      ['WGK', null, 2019, 'koszulka 3'],
      ['WO', 'OR.1.1.2020', 2020, 'dokument A/5'],
      ['WO', 'OR.1.1.2020', 2020, 'sprawa 11'],
      [null, null, null, 'adresat 4'],
      [null, null, null, 'sprawa 999'],
      [null, null, null, 'sprawa null'],
    ]);
  });

  test('is found in the table that the records were written to, whatever the mapping calls the entity', async () => {
    const run = await office.addRun([{ entity: 'teczka_cyfrowa', key: 2 }]);
    await office.sql(`UPDATE ezd_migrate.entity SET target_table = 'koszulka' WHERE name = 'teczka_cyfrowa'`);
    const id = createIdSpace('UM-TEST', 'teczka_cyfrowa').text(2);
    await office.sql(`INSERT INTO ezd.koszulka (id, nas_rok) VALUES ('${id}', 2018)`);
    const rows = await rowsOf(await office.report(run));
    await office.sql(`DELETE FROM ezd.koszulka WHERE id = '${id}'`);
    expect(rows.map(({ year }) => year)).toEqual([2018]);
  });

  test('of a rejected record is what its source row names: folder, unit of the day, sign; a row that cannot be taken apart has none', async () => {
    const run = await office.addRun([
      { entity: 'sprawa', key: 50, code: 'KEY_DUPLICATE', effect: 'reject' },
      { entity: 'dokument', key: 51, code: 'KEY_DUPLICATE', effect: 'reject' },
      { entity: 'dokument', key: 52, code: 'KEY_DUPLICATE', effect: 'reject' },
    ]);
    await office.addReject(run, 'sprawa', '50', { Znak: 'GK.9.1.2022', Rok: 2022, IdWydzial: 21 });
    await office.addReject(run, 'dokument', '51', { IdPisma: 1, Nazwa: 'x' });
    await office.addReject(run, 'dokument', '52', { IdPisma: 1, Nazwa: 'a\u0000b' });
    const { model, ...report } = await office.report(run);
    expect((await rowsOf({ model, ...report })).map(({ unit, sign, year, key }) => [unit, sign, year, key])).toEqual([
      ['WGK', 'GK.9.1.2022', 2022, '50'],
      ['WO', 'OR.1.1.2020', 2020, '51'],
      [null, null, null, '52'],
    ]);
    expect(model.rejects).toEqual({
      records: 3,
      byReason: [
        { entity: 'dokument', code: 'KEY_DUPLICATE', records: 2 },
        { entity: 'sprawa', code: 'KEY_DUPLICATE', records: 1 },
      ],
    });
  });
});

describe('the model', () => {
  test('sums findings by severity, code, unit, year and both heat maps, and shows the first of each code', async () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ entity: 'adresat', key: i + 1, code: 'PESEL_CHECKSUM' }));
    const run = await office.addRun([
      ...many,
      { entity: 'sprawa', key: 11, code: 'CASE_NUMBER_GAP', severity: 'warning' },
      { entity: 'sprawa', key: 12, code: 'CASE_NUMBER_GAP', severity: 'warning' },
    ]);
    const { model } = await office.report(run);
    expect(model.findings.bySeverity).toEqual({ error: 12, warning: 2, info: 0 });
    expect(model.findings.byCode.map(({ code, findings, samples }) => [code, findings, samples.length])).toEqual([
      ['PESEL_CHECKSUM', 12, 10],
      ['CASE_NUMBER_GAP', 2, 2],
    ]);
    expect(model.findings.byCode[0]!.samples.map(({ key }) => key)).toEqual('1 2 3 4 5 6 7 8 9 10'.split(' '));
    expect(model.findings.byUnit).toEqual([
      { unit: 'WGK', error: 0, warning: 1, info: 0 },
      { unit: 'WO', error: 0, warning: 1, info: 0 },
      { unit: null, error: 12, warning: 0, info: 0 },
    ]);
    expect(model.findings.codeByYear).toEqual([
      { code: 'CASE_NUMBER_GAP', year: 2020, findings: 1 },
      { code: 'CASE_NUMBER_GAP', year: 2021, findings: 1 },
      { code: 'PESEL_CHECKSUM', year: null, findings: 12 },
    ]);
    expect(model.truncated.codes).toEqual(['PESEL_CHECKSUM']);
    expect(model.files.units.map(({ name, findings }) => `${name} ${findings}`)).toEqual([
      'WGK 1',
      'WO 1',
      '_bez-jednostki 12',
    ]);
    expect(REPORT.parse(model)).toEqual(model);
  });

  test('tells what is in the office', async () => {
    const { model } = await office.report(await office.addRun([]));
    expect(model.inOffice?.cases).toEqual([
      { year: 2020, unit: 'WO', cases: 1, closed: 0 },
      { year: 2021, unit: 'WGK', cases: 1, closed: 0 },
    ]);
    expect(model.inOffice?.folders).toEqual({ total: 3, withoutCase: 1 });
    expect(model.inOffice?.contents).toMatchObject({ files: 3, bytes: 700_002_048, withoutSize: 1, copied: null });
    expect(model.inOffice?.contents.bySize.map(({ files }) => files)).toEqual([0, 1, 0, 0, 0, 0, 1]);
    expect(model.inOffice?.contents.byExtension.map(({ extension }) => extension)).toEqual(['pdf', 'tif', null]);
    expect(model.inOffice?.units).toEqual([
      { symbol: 'WGK', name: 'Komunalny' },
      { symbol: 'WO', name: 'Organizacyjny' },
    ]);
  });

  test('without findings is ready, and its lists are empty', async () => {
    const report = await office.report(await office.addRun([]));
    expect(report.model.verdict).toEqual({ ready: true, blockers: [], remarks: [] });
    expect(report.model.findings.total).toBe(0);
    expect(await rowsOf(report)).toEqual([]);
  });

  test.each(['failed', 'interrupted'] as const)(
    'of a run that %s is not ready for that, and tells its findings',
    async (status) => {
      const { model } = await office.report(await office.addRun([{ key: 11, severity: 'info' }], status));
      expect(model.verdict).toMatchObject({ ready: false, blockers: [{ code: 'notFinished', count: 1 }] });
      expect(model.run).toMatchObject({ status, failure: status === 'failed' ? 'the server went away' : null });
      expect(model.findings.bySeverity.info).toBe(1);
    },
  );

  test('tells the decisions of the office: a switched-off code with its reason, a changed severity beside the usual one', async () => {
    const run = await office.addRun([{ key: 11, code: 'NIP_CHECKSUM', severity: 'info' }]);
    const policy = {
      strict: false,
      afterLoad: [],
      codes: {
        NIP_CHECKSUM: { severity: 'info' as const },
        CASE_NUMBER_GAP: { off: 'Spisy z 2012 r. były papierowe.' },
      },
    };
    const { model } = await office.report(run, { policy });
    expect(model.codes['NIP_CHECKSUM']).toMatchObject({ severity: 'error', decision: { severity: 'info' } });
    expect(model.decisions['CASE_NUMBER_GAP']).toEqual({ off: 'Spisy z 2012 r. były papierowe.' });
    expect(model.verdict.remarks).toEqual([
      { code: 'switchedOff', count: 1 },
      { code: 'changed', count: 1 },
    ]);
  });

  test('stays as it was when the records are thrown away afterwards, as a dry run does', async () => {
    const run = await office.addRun([{ entity: 'koszulka', key: 2 }]);
    const before = await office.report(run);
    await office.sql('ALTER SCHEMA ezd RENAME TO gone');
    const after = await office.report(run).finally(() => office.sql('ALTER SCHEMA gone RENAME TO ezd'));
    expect(after.model).toEqual(before.model);
    expect(await rowsOf(after)).toEqual(await rowsOf(before));
  });
});

test('a run that was taken back is reported as it was, and not ready', async () => {
  const run = await office.addRun([{ entity: 'koszulka', key: 2 }]);
  const before = await office.report(run);
  await office.sql(`UPDATE ezd_migrate.run SET status = 'rolled-back' WHERE id = ${run}`);
  const { model } = await office.report(run);
  expect(model.findings).toEqual(before.model.findings);
  expect(model.verdict.blockers[0]).toEqual({ code: 'notFinished', count: 1 });
});

test('findings of one unit are read alone', async () => {
  const report = await office.report(await office.addRun([{ key: 11 }, { key: 12 }, { key: 999 }]));
  expect((await rowsOf(report, 'WO')).map(({ key }) => key)).toEqual(['11']);
  expect((await rowsOf(report, null)).map(({ key }) => key)).toEqual(['999']);
  expect(await rowsOf(report, "WO' OR true --")).toEqual([]);
});

import { afterAll, describe, expect, test } from 'vitest';
import type { SourceRow } from '../../../src/core/record.ts';
import { createMemorySource } from '../../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop, type ShopData, type ShopSync, shopData, tablesOf } from '../small-shop.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function openRealShop(): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return openShop(pool);
}

const sourceOf = (data: ShopData) => createMemorySource(tablesOf(data));
const REMOVE: ShopSync['change'] = (entity) => ({ ...entity, from: { ...entity.from, rejected: 'remove' } });

/** Tables and crosswalk; rejects are those of a run, so they are left out. */
async function state(shop: Shop): Promise<Record<string, string>> {
  const { rejects: _, ...tables } = await shop.fingerprint();
  return tables;
}

async function freshState(data: ShopData): Promise<Record<string, string>> {
  const fresh = await openRealShop();
  await fresh.run(sourceOf(data));
  return state(fresh);
}

const edit = (
  rows: readonly SourceRow[],
  key: number,
  change: (row: SourceRow) => SourceRow | null,
): readonly SourceRow[] =>
  rows.flatMap((row) => {
    const changed = row[0] === key ? change(row) : row;
    return changed === null ? [] : [changed];
  });
const set = (row: SourceRow, at: number, value: SourceRow[number]): SourceRow =>
  row.map((old, i) => (i === at ? value : old));

describe('a sync that compares everything', () => {
  test('the first one is a load, the second changes nothing', async () => {
    const data = shopData(600);
    const shop = await openRealShop();
    const first = await shop.sync(sourceOf(data));
    expect(first.entities.map(({ mode, reason }) => [mode, reason])).toEqual([
      ['full', 'compare'],
      ['full', 'compare'],
      ['full', 'compare'],
    ]);
    expect(await state(shop)).toEqual(await freshState(data));
    const second = await shop.sync(sourceOf(data));
    expect(second.totals.loaded).toBe(0);
    expect(second.entities.every(({ removed }) => removed === 0)).toBe(true);
    expect(await state(shop)).toEqual(await freshState(data));
  });

  test('follows inserts, updates, deletes, soft deletes, re-parenting, rejects and cures', async () => {
    const shop = await openRealShop();
    let data = shopData(600);
    await shop.run(sourceOf(data));
    const nights: ((data: ShopData) => ShopData)[] = [
      // a folder goes: its case is rejected, copies of it lose their source
      ({ folders, ...rest }) => ({ ...rest, folders: edit(folders, 34, () => null) }),
      // it comes back
      ({ folders, ...rest }) => ({ ...rest, folders: [...folders, shopData(600).folders[33]!] }),
      // a unit goes, which many cases need
      ({ units, ...rest }) => ({ ...rest, units: edit(units, 12, () => null) }),
      ({ units, ...rest }) => ({ ...rest, units: [...units, [12, 'W12 nowy', 4]] }),
      // soft-deleted, renamed, moved to another unit
      ({ folders, ...rest }) => ({
        ...rest,
        folders: edit(
          edit(
            edit(folders, 2, (row) => set(row, 5, 1)),
            3,
            (row) => set(row, 1, 'Nowa nazwa'),
          ),
          4,
          (row) => set(row, 4, 9),
        ),
      }),
      // rejected today: the title is empty; the case of it goes too
      ({ folders, ...rest }) => ({ ...rest, folders: edit(folders, 5, (row) => set(row, 1, '')) }),
      // cured
      ({ folders, ...rest }) => ({ ...rest, folders: edit(folders, 5, (row) => set(row, 1, 'Wyleczona')) }),
      // a case moves to another folder, another one to a folder that is not there
      ({ cases, ...rest }) => ({
        ...rest,
        cases: edit(
          edit(cases, 7, (row) => set(row, 2, 8)),
          9,
          (row) => set(row, 2, 99_999),
        ),
      }),
      // the folder arrives after its case
      ({ folders, ...rest }) => ({ ...rest, folders: [...folders, [99_999, 'Spóźniona', null, null, 1, null]] }),
      // the database refuses the year
      ({ cases, ...rest }) => ({ ...rest, cases: edit(cases, 11, (row) => set(row, 4, 1700)) }),
    ];
    for (const [night, change] of nights.entries()) {
      data = change(data);
      await shop.sync(sourceOf(data), { change: REMOVE });
      expect(await state(shop), `night ${night}`).toEqual(await freshState(data));
    }
  });

  test('a loaded record that is rejected today stays as it was, with a finding, unless its parent went', async () => {
    const shop = await openRealShop();
    const data = shopData(300);
    await shop.run(sourceOf(data));
    const before = await state(shop);
    const bad = { ...data, folders: edit(data.folders, 5, (row) => set(row, 1, '')) };
    const { run, entities } = await shop.sync(sourceOf(bad));
    expect(await state(shop)).toEqual(before);
    expect(entities.find(({ entity }) => entity === 'folder')).toMatchObject({ kept: 1, removed: 0 });
    const codes = (await shop.ledger.countFindings(run.id)).map(({ code }) => code);
    expect(codes).toContain('RECORD_STALE');
  });

  test('stops before too much goes, and goes on where it stopped when that is allowed', async () => {
    const shop = await openRealShop();
    const data = shopData(300);
    await shop.run(sourceOf(data));
    const before = await state(shop);
    const emptied = { ...data, cases: data.cases.slice(0, 10) };
    const strict = { goneShare: 0.01, goneAtLeast: 5 };
    await expect(shop.sync(sourceOf(emptied), { sync: strict })).rejects.toMatchObject({ code: 'TOO_MANY_DELETES' });
    expect(await state(shop)).toEqual(before);
    await shop.sync(sourceOf(emptied), { sync: { ...strict, allowDeletes: true } });
    expect(await state(shop)).toEqual(await freshState(emptied));
  });

  test('what was changed in the target by hand is kept and said, or overwritten when asked', async () => {
    const shop = await openRealShop();
    const data = shopData(300);
    await shop.run(sourceOf(data));
    const session = await shop.pool.session();
    await session.query(`UPDATE shop.folder SET title = 'ręcznie' WHERE title LIKE 'Teczka 2 %'`);
    await session.query(`DELETE FROM shop.case_file WHERE sign = 'OR.120.3.2023'`);
    await session.query(`UPDATE shop.case_file SET amount = 0.5 WHERE sign = 'OR.120.5.2023'`);
    await session.release();
    const changed = {
      ...data,
      folders: edit(data.folders, 3, (row) => set(row, 1, 'Inna nazwa')),
      cases: edit(
        edit(data.cases, 4, (row) => set(row, 1, 'OR.120.3.2023 nowy')),
        6,
        () => null,
      ),
    };
    const { run } = await shop.sync(sourceOf(changed));
    const conflicts = [];
    for await (const finding of shop.ledger.findings(run.id, { code: 'TARGET_CONFLICT' }))
      conflicts.push(`${finding.entity} ${finding.key}`);
    expect(conflicts.sort()).toEqual(['case_file 4', 'case_file 6', 'folder 3']);
    const again = await shop.pool.session();
    const [row] = await again.query<{ title: string }>(`SELECT title FROM shop.folder WHERE title = 'ręcznie'`);
    await again.release();
    expect(row).toBeDefined();
    await shop.sync(sourceOf(changed), { sync: { keepConflicts: false } });
    expect(await state(shop)).toEqual(await freshState(changed));
  });

  test('records of a unit that is live, and their children, stay as they are; what changed is said', async () => {
    const shop = await openRealShop();
    const data = shopData(300);
    await shop.run(sourceOf(data));
    const before = await state(shop);
    const { folders, cases } = data;
    const ofUnit = folders
      .filter((row) => row[4] === 3 && row[5] === null && row[1] !== '')
      .map((row) => row[0] as number);
    const [renamed = 0, gone = 0, parent = 0] = ofUnit;
    const changed = {
      ...data,
      folders: [
        ...edit(
          edit(folders, renamed, (row) => set(row, 1, 'Zmieniona')),
          gone,
          () => null,
        ),
        [9001, 'Nowa w zamrożonej', null, null, 3, null],
      ],
      cases: [
        ...edit(cases, renamed, (row) => set(row, 1, 'OR.120.0.2024')),
        [9002, 'OR.120.9002.2024', parent, 1, 2024, null],
        [9003, 'OR.120.9003.2024', 9001, 1, 2024, null],
      ],
    };
    const change: ShopSync['change'] = (entity) =>
      entity.name === 'folder'
        ? {
            ...entity,
            from: { ...entity.from, unit: { kind: 'column', column: entity.from.columns.indexOf('IdUnit') } },
          }
        : entity;
    await shop.sync(sourceOf(data), { change, leavingUnits: ['3'], sync: { settings: 'leaving' } });
    const { run } = await shop.sync(sourceOf(changed), { change, frozenUnits: ['3'], sync: { settings: 'live' } });
    expect(await state(shop)).toEqual(before);
    const said = [];
    for await (const { entity, key, params } of shop.ledger.findings(run.id, { code: 'UNIT_LIVE' }))
      said.push(`${entity} ${key} ${params?.['what']}`);
    // Cases of the unit's folders that were rejected before are new still.
    expect(said).toEqual(
      expect.arrayContaining([
        `folder ${renamed} changed`,
        `folder ${gone} gone`,
        'folder 9001 new',
        `case_file ${renamed} changed`,
        'case_file 9002 new',
        'case_file 9003 rejected',
      ]),
    );
  });

  test('records that are gone stay when the mapping says so', async () => {
    const shop = await openRealShop();
    const data = shopData(200);
    await shop.run(sourceOf(data));
    const before = await state(shop);
    const less = { ...data, cases: edit(data.cases, 20, () => null) };
    const change: ShopSync['change'] = (entity) => ({ ...entity, from: { ...entity.from, gone: { kind: 'ignore' } } });
    const { run } = await shop.sync(sourceOf(less), { change });
    expect(await state(shop)).toEqual(before);
    const codes = (await shop.ledger.countFindings(run.id)).map(({ code }) => code);
    expect(codes).toContain('SOURCE_GONE');
  });
});

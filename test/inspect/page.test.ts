import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/inspect/against/comparison.ts';
import { inspectPage } from '../../src/inspect/page/inspect-page.ts';
import type { Picture } from '../../src/inspect/picture.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { drawDump, drawTables } from './draw-source.ts';

const HARM = `"'><img src=x onerror="window.hit=1"></bdi></script><script>window.hit=1</script>`;

/** Everything of a picture and a comparison that comes from a database, and can be text, is text that would harm. */
async function harmful(): Promise<{ picture: Picture; against: Comparison }> {
  const drawn = await drawTables([
    {
      name: `dbo.${HARM}`,
      columns: ['Id', `Typ ${HARM}`],
      rows: Array.from({ length: 100 }, (_, i) => [i, i % 2 === 0 ? '<b onload=window.hit=1>' : `'"`]),
    },
  ]);
  const [table] = drawn.tables;
  const names = [HARM];
  const database = {
    version: HARM,
    name: HARM,
    collation: HARM,
    compatibilityLevel: 1,
    snapshotIsolation: true,
    readCommittedSnapshot: false,
    changeTracking: false,
  };
  const design = {
    kind: 'table',
    uniqueKeys: [names],
    indexes: [{ name: HARM, columns: names, unique: true }],
    foreignKeys: [],
    changeTracking: true,
    rowVersion: HARM,
  } as const;
  const place = { table: table!.name, column: table!.columns[1]!.name };
  const picture: Picture = {
    ...drawn,
    source: { kind: 'mssql', database },
    tables: [
      {
        ...table!,
        design,
        columns: table!.columns.map((column) => ({
          ...column,
          type: HARM,
          collation: HARM,
          range: { min: HARM, max: HARM },
          years: [],
        })),
      },
    ],
    references: [{ from: place, to: place, declared: false, looked: 2, found: 1, share: 0.5, confidence: 'low' }],
  };
  const counts = { mappedTables: 1, mappedColumns: 1, missing: 1, new: 1, clashes: 1, unknownCodes: 1 };
  const against: Comparison = {
    mappings: HARM,
    counts,
    mapped: [],
    missing: [{ table: HARM, column: HARM, entities: names, optional: true, near: HARM }],
    new: [{ table: HARM, column: HARM, rows: 3 }],
    clashes: [{ entity: HARM, table: HARM, column: HARM, to: HARM, wants: HARM, found: 'text', declared: HARM }],
    codes: [{ table: HARM, column: HARM, lookup: HARM, unknown: [{ value: HARM, rows: 1 }], unconfirmed: [] }],
  };
  return { picture, against };
}

const chromium = findChromium();

test('the page tells when it was drawn in the zone of the office', async () => {
  const picture = { ...(await harmful()).picture, drawn: { at: '2026-01-10T23:30:00.000Z', by: 'x', milliseconds: 1 } };
  const page = inspectPage(picture, null, { language: 'en', timezone: 'Europe/Warsaw' });
  expect(page).toContain('2026-01-11 00:30 UTC+1');
});

describe.skipIf(chromium === null)('the page of inspect in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let office: Picture;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-inspect-page-'));
    browser = await launchChromium(chromium!);
    office = await drawDump('fixtures/golden/office-300/tables');
    writeFileSync(
      join(folder, 'office.html'),
      inspectPage(office, null, { language: 'pl', timezone: 'Europe/Warsaw' }),
    );
    const { picture, against } = await harmful();
    writeFileSync(
      join(folder, 'harm.html'),
      inspectPage(picture, against, { language: 'en', timezone: 'Europe/Warsaw' }),
    );
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page, does the work, and expects that the browser complained of nothing and asked for nothing. */
  async function open(name: string, work: (page: Page) => Promise<void>, width = 1280): Promise<void> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!request.url().endsWith(name)) said.push(`asked for ${request.url()}`);
    });
    try {
      await page.goto(pathToFileURL(join(folder, name)).href);
      await work(page);
      expect(said).toEqual([]);
    } finally {
      await page.close();
    }
  }

  /** Text as it is shown. */
  const seen = async (page: Page, selector: string): Promise<string> =>
    (await page.locator(selector).allInnerTexts()).join(' ');

  test('lists every table, and the link of each leads to its columns', () =>
    open('office.html', async (page) => {
      const links = page.locator('#tables ~ .scroll tbody a');
      expect(await links.count()).toBe(office.tables.length);
      const address = await links.nth(3).getAttribute('href');
      const details = page.locator(address!);
      expect(await seen(page, `${address} summary`)).toContain(office.tables[3]!.name);
      await details.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await details.locator('.scroll').first().locator('tbody tr').count()).toBe(
        office.tables[3]!.columns.length,
      );
    }));

  test('speaks both languages', () =>
    open('office.html', async (page) => {
      expect(await seen(page, 'h1')).toBe('Obraz bazy zrzutu CSV');
      await page.locator('[data-language=en]').click();
      expect(await seen(page, 'h1')).toBe('Picture of a CSV dump');
      expect(await page.title()).toBe('Picture of a CSV dump');
    }));

  test('fits a telephone: only tables scroll', () =>
    open(
      'office.html',
      async (page) => {
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      },
      390,
    ));

  test('is whole on paper: what is folded is open', () =>
    open('office.html', async (page) => {
      await page.emulateMedia({ media: 'print' });
      await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('details:not([open])').count()).toBe(0);
    }));

  test('every chapter has its heading, every table its headings, every scrolling part a name', () =>
    open('office.html', async (page) => {
      for (const link of await page.locator('nav.chapters a').all())
        expect(await page.locator(`h2${await link.getAttribute('href')}`).count()).toBe(1);
      expect(await page.locator('table:not(:has(thead th[scope=col]))').count()).toBe(0);
      expect(await page.locator('.scroll[tabindex="0"]:not([aria-label]):not([aria-labelledby])').count()).toBe(0);
    }));

  test('shows names and values of a database as text, whatever they are', () =>
    open('harm.html', async (page) => {
      await page.locator('summary').click();
      expect(await page.evaluate('window.hit')).toBeUndefined();
      expect(await page.locator('img, b').count()).toBe(0);
      expect(await page.locator('body > script').count()).toBe(1);
      expect(await seen(page, 'main')).toContain(HARM);
      expect(await seen(page, 'h1')).toContain(HARM);
    }));
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../../src/ledger/run-record.ts';
import type { ChainState } from '../../../src/ledger/verify-chain.ts';
import { buildProtocol } from '../../../src/report/protocol/build-protocol.ts';
import type { Protocol } from '../../../src/report/protocol/protocol-model.ts';
import { protocolPage } from '../../../src/report/protocol/protocol-page.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { madeUpReport } from '../../support/made-up-report.ts';

const HASH = 'ab'.repeat(32);
const GOOD: ChainState = { records: 4, compared: 4, rolledBack: [], problems: [], head: { number: 4, hash: HASH } };

/** A protocol of the made-up report; `text` stands where people or legacy data write. */
function protocolOf(text: string | undefined, chain: ChainState = GOOD): Protocol {
  const { model } = madeUpReport({ findings: 200, ...(text === undefined ? {} : { texts: text }) });
  const word = text ?? 'x';
  const record: RunRecord = {
    version: 1,
    office: model.office,
    run: 12,
    command: 'run',
    status: 'finished',
    startedAt: '2026-11-25T20:00:00.000000Z',
    finishedAt: '2026-11-25T21:00:00.000000Z',
    toolVersion: '0.1.0',
    planHash: HASH,
    options: {},
    host: word,
    user: word,
    failure: null,
    entities: model.entities.map(({ entity, read, loaded, unchanged, rejected, skipped, skipReasons }) => {
      const skips = Object.entries(skipReasons).map(([reason, records]) => ({ reason, records }));
      return { entity, status: 'finished', planHash: HASH, read, loaded, unchanged, rejected, skipped, skips };
    }),
    findings: [],
    rejects: [],
    corrections: [],
    undo: [],
  };
  const list = { name: 'odrzucone.csv', sha256: HASH, bytes: 1000, lines: 345 };
  return buildProtocol({
    model,
    record,
    place: { number: 3, hash: HASH },
    chain,
    counts: [{ unit: 'WO', table: 'koszulka', records: 17 }],
    rejectedList: list,
    contents: { stored: 10, bytes: 12_345, failed: 1, manifest: { ...list, name: 'tresci.csv' } },
    reconcile: {
      id: 2,
      startedAt: '2026-11-25T22:00:00.000Z',
      finishedAt: '2026-11-25T22:10:00.000Z',
      lastRun: 12,
      equal: false,
      entities: [{ entity: 'sprawa', expected: 100, rows: 99, differences: 1 }],
    },
    madeBy: { user: word, host: word, toolVersion: '0.1.0' },
  });
}

test('numbers come from the chained record and add up, decisions stand beside their findings', () => {
  const protocol = protocolOf(undefined);
  expect(protocol.totals).toEqual({ read: 481_380, loaded: 472_000, unchanged: 0, rejected: 1380, skipped: 8000 });
  expect(protocol.switchedOff).toEqual([{ code: 'EMAIL_FORM', reason: 'Adresy poprawimy po migracji.' }]);
  expect(protocol.findings.find(({ code }) => code === 'EMAIL_FORM')?.decision?.off).toBeDefined();
  expect(protocol.units?.find(({ unit }) => unit === 'WO')).toMatchObject({
    name: 'Wydział Organizacyjny',
    cases: 12_300,
    records: { koszulka: 17 },
  });
  expect(protocolPage(protocol, 'pl')).toContain('Rachunek się zgadza');
  expect(protocolPage(protocol, 'pl'), 'by the clocks of the project').toContain('2026-11-25 21:00 UTC+1');
});

test('books that do not balance are told in red', () => {
  const protocol = protocolOf(undefined);
  const [first, ...others] = protocol.entities;
  const wrong = { ...protocol, entities: [{ ...first!, loaded: first!.loaded + 1 }, ...others] };
  expect(protocolPage(wrong, 'pl')).toContain('Rachunek się nie zgadza dla: sprawa.');
});

test('a touched history is told on the protocol itself, in both languages', () => {
  const problems: ChainState['problems'] = [
    { kind: 'rowsChanged', run: 3, entity: 'sprawa', set: 'rejects', was: 5, now: 4 },
    { kind: 'runChanged', run: 2, members: ['user', 'startedAt'] },
    { kind: 'recordMissing', number: 1 },
  ];
  const page = protocolPage(protocolOf(undefined, { ...GOOD, problems }), 'pl');
  expect(page).toContain('Przebieg 3, sprawa: zmieniono wiersze (odrzucone); było 5, jest 4.');
  expect(page).toContain('Run 2: changed user, startedAt.');
  expect(page).toContain('Brakuje zapisu nr 1.');
  expect(page).not.toContain('nienaruszony');
});

const chromium = findChromium();
test.skipIf(chromium === null)('it fits on A4, says nothing to the console, and legacy texts stay texts', async () => {
  const harm = `"'><img src=x onerror="window.hit=1"><script>window.hit=1</script>`;
  const folder = mkdtempSync(join(tmpdir(), 'ezd-protocol-'));
  const browser = await launchChromium(chromium!);
  const open = async (name: string, text: string | undefined, work: (page: Page) => Promise<void>): Promise<void> => {
    writeFileSync(join(folder, name), protocolPage(protocolOf(text), 'pl'));
    const page = await browser.newPage({ viewport: { width: 688, height: 1000 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(pathToFileURL(join(folder, name)).href);
    await work(page);
    expect(said).toEqual([]);
    await page.close();
  };
  try {
    await open('protokol.html', undefined, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
      expect(await page.locator('.signatures .line').count()).toBe(3);
      await page.emulateMedia({ media: 'screen' });
      await page.locator('[data-language=en]').click();
      expect((await page.locator('h1').allInnerTexts()).join('')).toContain('Protocol of the EZD data migration');
    });
    await open('harm.html', harm, async (page) => {
      expect(await page.evaluate('window.hit')).toBeUndefined();
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.locator('footer bdi').first().textContent()).toBe(harm);
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

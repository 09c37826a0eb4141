import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { reportPage } from '../../src/report/html/report-page.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { madeUpReport } from '../support/made-up-report.ts';

/** How a page with so many findings is made, opened and filtered. Milliseconds; of the browser the median of the rounds. */
interface PageCost {
  readonly findings: number;
  readonly megabytes: number;
  readonly made: number;
  /** From asking for the file until everything is drawn. */
  readonly opened: number;
  /** From the choice in a filter until the list is drawn anew. */
  readonly filtered?: number;
  readonly cleared?: number;
  /** The first search, which folds all texts, and a later one; both with the 120 ms that typing is waited for. */
  readonly firstSearch?: number;
  readonly search?: number;
  readonly sorted?: number;
  readonly language?: number;
}

const ROUNDS = 3;

/** Runs in the page: the time from an event until the list is drawn anew. */
const timed = (selector: string, event: string, value: string | null): string => `new Promise((done) => {
  const control = document.querySelector(${JSON.stringify(selector)});
  ${value === null ? '' : `control.value = ${JSON.stringify(value)};`}
  const started = performance.now();
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - started));
  });
  observer.observe(document.getElementById('list-body'), { childList: true });
  control.dispatchEvent(new Event(${JSON.stringify(event)}));
})`;

async function measure(browser: Browser, folder: string, findings: number, rows: number): Promise<PageCost> {
  const started = performance.now();
  const text = await reportPage(madeUpReport({ findings, rows }), 'pl');
  const made = performance.now() - started;
  const file = join(folder, `${findings}.html`);
  writeFileSync(file, text);
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const begun = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    rounds.push({ opened: performance.now() - begun, ...(rows === findings ? await actions(page) : {}) });
    await page.close();
  }
  const medians = Object.fromEntries(
    Object.keys(rounds[0]!).map((name) => [name, median(rounds.map((round) => round[name]!))]),
  );
  return { findings, megabytes: statSync(file).size / 1e6, made, opened: 0, ...medians };
}

async function actions(page: Page): Promise<Record<string, number>> {
  const time = (selector: string, event: string, value: string | null): Promise<number> =>
    page.evaluate<number>(timed(selector, event, value));
  return {
    filtered: await time('[data-filter=unit]', 'change', '1'),
    cleared: await time('#list-clear', 'click', null),
    firstSearch: await time('[data-filter=text]', 'input', 'wystapil'),
    search: await time('[data-filter=text]', 'input', '2015'),
    sorted: await time('[data-sort=sign]', 'click', null),
    language: await time('[data-language=en]', 'click', null),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const chromium = findChromium();
if (chromium === null) {
  process.stderr.write('There is no Chromium: name one in EZD_TEST_CHROMIUM.\n');
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-page-'));
  const browser = await launchChromium(chromium);
  try {
    const costs: PageCost[] = [];
    for (const [findings, rows] of [
      [5000, 5000],
      [50_000, 50_000],
      [1_000_000, 20_000],
    ] as const)
      costs.push(await measure(browser, folder, findings, rows));
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ load: loadavg()[0], costs })}\n`);
    else {
      process.stdout.write(`load of the machine: ${loadavg()[0]!.toFixed(1)}\n`);
      for (const { findings, megabytes, ...times } of costs) {
        const shown = Object.entries(times).map(([name, value]) => `${name} ${value.toFixed(0)} ms`);
        process.stdout.write(`${findings} findings, ${megabytes.toFixed(1)} MB: ${shown.join(', ')}\n`);
      }
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

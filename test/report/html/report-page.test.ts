import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportPage } from '../../../src/report/html/report-page.ts';
import { unitPage } from '../../../src/report/html/unit-page.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { madeUpReport } from '../../support/made-up-report.ts';

const chromium = findChromium();
const HARM = `"'><img src=x onerror="window.hit=1"></bdi></script><script>window.hit=1</script><!-- {{constructor}} &lt; \u2028`;

describe.skipIf(chromium === null)('the page of a report in Chromium', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-page-'));
    browser = await launchChromium(chromium!);
    const report = madeUpReport({ findings: 2500 });
    writeFileSync(join(folder, 'report.html'), await reportPage(report, 'pl'));
    const own = report.model.files.units.find(({ unit }) => unit === 'WGK')!;
    writeFileSync(join(folder, 'unit.html'), await unitPage(report, own, 'pl'));
    const harmful = madeUpReport({ findings: 300, texts: HARM });
    writeFileSync(join(folder, 'harm.html'), await reportPage(harmful, 'pl'));
    const harmfulUnit = harmful.model.files.units.find(({ unit }) => unit === HARM)!;
    writeFileSync(join(folder, 'harm-unit.html'), await unitPage(harmful, harmfulUnit, 'en'));
    const many = madeUpReport({ findings: 1_000_000, rows: 3000 });
    writeFileSync(join(folder, 'many.html'), await reportPage(many, 'en'));
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
  const count = async (page: Page): Promise<string> =>
    ((await page.locator('#list-count').textContent()) ?? '').replaceAll('\u202F', '');
  const column = (page: Page, place: number): Promise<string[]> =>
    page.locator(`#list-body tr td:nth-child(${place})`).allTextContents();

  test('filters narrow the list and say how much is left', () =>
    open('report.html', async (page) => {
      expect(await count(page)).toBe('Ustalenia: 2500 z 2500');
      await page.locator('[data-filter=unit]').selectOption({ index: 2 });
      const [symbol] = await column(page, 3);
      expect(new Set(await column(page, 3))).toEqual(new Set([symbol]));
      await page.locator('[data-filter=severity]').selectOption('0');
      expect(new Set(await column(page, 1))).toEqual(new Set(['błąd']));
      await page.locator('[data-filter=year]').selectOption('2015');
      expect(new Set(await column(page, 4))).toEqual(new Set(['2015']));
      const left = Number(/(\d+) z/.exec(await count(page))![1]);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(50);
      await page.locator('#list-clear').click();
      expect(await count(page)).toBe('Ustalenia: 2500 z 2500');
    }));

  test('searching finds Polish words also without their accents, and says when nothing fits', () =>
    open('report.html', async (page) => {
      await page.locator('[data-filter=text]').fill('WOS klucz wystapil');
      await expect.poll(() => count(page)).not.toContain('2500 z');
      const [units, messages] = [await column(page, 3), await column(page, 7)];
      expect(new Set(units)).toEqual(new Set(['WOŚ']));
      expect(messages[0]).toContain('Klucz wystąpił');
      await page.locator('[data-filter=text]').fill('nie ma takiego słowa');
      await expect.poll(() => count(page)).toBe('Ustalenia: 0 z 2500');
      expect(await page.locator('#list-nothing').isVisible()).toBe(true);
    }));

  test('columns sort both ways and tell it to screen readers; numbers count as numbers', () =>
    open('report.html', async (page) => {
      const sorting = page.locator('th[aria-sort]:not([aria-sort=none])');
      expect(await sorting.textContent()).toContain('waga');
      await page.locator('[data-sort=key]').click();
      const keys = (await page.locator('#list-body .key').allTextContents()).map(Number);
      expect(keys.slice(0, 3)).toEqual([100_000, 100_001, 100_002]);
      expect(await sorting.getAttribute('aria-sort')).toBe('ascending');
      await page.locator('[data-sort=key]').click();
      expect(await page.locator('#list-body .key').first().textContent()).toBe('102499');
      expect(await sorting.getAttribute('aria-sort')).toBe('descending');
    }));

  test('the list turns its pages', () =>
    open('report.html', async (page) => {
      const [previous, next] = [page.locator('#list-previous'), page.locator('#list-next')];
      expect(await previous.isDisabled()).toBe(true);
      await next.click();
      expect(await page.locator('#list-page').textContent()).toBe('Strona 2 z 25');
      for (let turned = 2; turned < 25; turned += 1) await next.click();
      expect(await next.isDisabled()).toBe(true);
      expect(await page.locator('#list-body tr').count()).toBe(100);
    }));

  test('everything is there in Polish and in English', () =>
    open('report.html', async (page) => {
      expect(await seen(page, 'h2#verdict')).toContain('Jeszcze niegotowe');
      expect(await page.title()).toContain('Raport z próby');
      await page.locator('[data-language=en]').click();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await seen(page, 'h2#verdict')).toContain('Not ready');
      expect(await page.title()).toContain('Report of the EZD dry run');
      expect((await column(page, 1))[0]).toBe('error');
      expect(await count(page)).toBe('Findings: 2500 of 2500');
      expect(await page.locator('[data-filter=text]').getAttribute('placeholder')).toContain('words');
      const shown = await seen(page, 'body');
      for (const word of ['Ustalenia', 'wszystkie', 'Rachunek', 'bez jednostki']) expect(shown).not.toContain(word);
    }));

  test('a rule leads to its findings in the list', () =>
    open('report.html', async (page) => {
      const code = page.locator('details.code').nth(1);
      const name = await code.getAttribute('id');
      await code.locator('summary').click();
      await code.locator('[data-show-code]').click();
      expect(new Set(await column(page, 2))).toEqual(new Set([name!.replace('code-', '')]));
      expect(await page.evaluate('document.activeElement.id')).toBe('list');
    }));

  test('it can be walked with the keyboard, and every table and chart has a name', () =>
    open('report.html', async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      expect(await page.locator('h1').count()).toBe(1);
      const nameless = await page.evaluate(`[...document.querySelectorAll('main table')].filter((table) =>
        table.caption === null && table.closest('[aria-labelledby], details') === null).length
        + [...document.querySelectorAll('svg:not([aria-hidden])')].filter((svg) => document.getElementById(svg.getAttribute('aria-labelledby')) === null).length
        + [...document.querySelectorAll('input, select')].filter((control) => control.closest('label') === null).length`);
      expect(nameless).toBe(0);
      await page.locator('[data-sort=unit]').focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('th[aria-sort=ascending]').textContent()).toContain('jednostka');
    }));

  test('it prints on A4 with its rules unfolded and nothing cut off', () =>
    open('report.html', async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      const media = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
      expect(media.length).toBeGreaterThan(3);
      expect(Math.round(Number(media[0]![1]))).toBe(595);
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 688, height: 1000 });
      await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('details.code:not([open])').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
      expect(await page.locator('.filters').isVisible()).toBe(false);
    }));

  test('a telephone shows it without scrolling sideways', () =>
    open(
      'report.html',
      async (page) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
        expect(await page.locator('#list-body tr').first().locator('td').last().isVisible()).toBe(true);
      },
      400,
    ));

  test.each(['harm.html', 'harm-unit.html'])('nothing in legacy data becomes part of the page: %s', (name) =>
    open(name, async (page) => {
      await page.locator('[data-language=en]').click();
      await page.locator('[data-sort=sign]').click();
      await page.locator('[data-filter=text]').fill('onerror');
      await expect.poll(async () => Number(/: (\d+) /.exec(await count(page))![1])).toBeGreaterThan(0);
      await page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true");
      expect(await page.evaluate('window.hit')).toBeUndefined();
      expect(await page.locator('img, iframe, object').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(2);
      expect(await page.locator('#list-body .sign').first().textContent()).toBe(HARM);
      expect(await seen(page, 'h1')).toContain('<script>window.hit=1</script>');
    }),
  );

  test('even a script that got into the page would not run', async () => {
    const whole = readFileSync(join(folder, 'report.html'), 'utf8');
    const extra = '<script>window.hit=1</script><img src="data:," onerror="window.hit=1"><p style="color:red">x</p>';
    writeFileSync(join(folder, 'altered.html'), whole.replace('</main>', `${extra}</main>`));
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(pathToFileURL(join(folder, 'altered.html')).href);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(said.join('\n')).toContain('Content Security Policy');
    await page.close();
  });

  test('the page of a unit tells of no other unit', () =>
    open('unit.html', async (page) => {
      expect(await seen(page, 'h1')).toContain('WGK');
      expect(new Set(await column(page, 3))).toEqual(new Set(['WGK']));
      const whole = readFileSync(join(folder, 'unit.html'), 'utf8');
      for (const other of ['WOŚ', 'USC.', 'WAB', 'Wydział Finansowy', 'Urząd Stanu'])
        expect(whole).not.toContain(other);
    }));

  test('of a million findings it shows sums and samples and names the file with all of them', () =>
    open('many.html', async (page) => {
      expect(await page.locator('#list-body').count()).toBe(0);
      expect(await seen(page, 'section:has(#list)')).toContain('findings.csv');
      expect(await seen(page, 'section:has(#list)')).toContain('1\u202F000\u202F000');
      expect(await page.locator('table.heat').count()).toBe(2);
      expect(await page.locator('details.code').count()).toBeGreaterThan(5);
      expect(await page.locator('[data-show-code]').count()).toBe(0);
      await page.locator('[data-language=pl]').click();
      expect(await seen(page, 'h2#list')).toBe('Lista ustaleń');
    }));
});

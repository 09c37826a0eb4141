import { expect, test } from 'vitest';
import { moment } from '../../../src/report/html/bilingual.ts';
import { html, jsonForScript, trusted } from '../../../src/report/html/html.ts';
import { PAGE_SCRIPT } from '../../../src/report/html/page-script.ts';
import { PAGE_STYLES } from '../../../src/report/html/page-styles.ts';
import { reportPage } from '../../../src/report/html/report-page.ts';
import { madeUpReport } from '../../support/made-up-report.ts';

test('texts put into a template are escaped, templates inside it are not escaped twice', () => {
  const name = `<b>"O'Neill" & syn</b>`;
  expect(html`<p title="${name}">${html`<i>${name}</i>`}</p>`.html).toBe(
    '<p title="&lt;b&gt;&quot;O&#39;Neill&quot; &amp; syn&lt;/b&gt;"><i>&lt;b&gt;&quot;O&#39;Neill&quot; &amp; syn&lt;/b&gt;</i></p>',
  );
});

test('lists are joined, null and false left out, numbers stand as they are', () => {
  expect(html`${['<', html`<br>`, null]}${false}${0}`.html).toBe('&lt;<br>0');
  expect(html`${trusted('<hr>')}`.html).toBe('<hr>');
});

test('JSON for a script element can neither close it nor open a comment', () => {
  const text = jsonForScript({ a: '</script><!--<script>', b: '\u2028' });
  expect(text).not.toMatch(/[<\u2028]/);
  expect(JSON.parse(text)).toEqual({ a: '</script><!--<script>', b: '\u2028' });
});

test('the script of the page is whole by itself: nothing in it was renamed by a bundler', () => {
  expect(PAGE_SCRIPT).not.toMatch(/__vi|import\(|<\/script/);
  expect(() => new Function(PAGE_SCRIPT.replace('startPage(document, window, openList);', ''))).not.toThrow();
});

test.each([
  ['2026-11-25T23:10:00.000Z', 'Europe/Warsaw', '2026-11-26 00:10 UTC+1'],
  ['2026-10-25T00:30:00.000Z', 'Europe/Warsaw', '2026-10-25 02:30 UTC+2'],
  ['2026-10-25T01:30:00.000Z', 'Europe/Warsaw', '2026-10-25 02:30 UTC+1'],
  ['2026-11-25T23:10:00.000Z', 'America/St_Johns', '2026-11-25 19:40 UTC-3:30'],
  ['2026-11-25T23:10:59.999Z', 'UTC', '2026-11-25 23:10 UTC'],
])('the moment %s is shown by the clocks of %s as %s', (iso, zone, shown) => {
  expect(moment(iso, zone)).toBe(shown);
});

test('a page tells every time by the clocks of the project, in summer and in winter', async () => {
  const page = await reportPage(
    madeUpReport({
      findings: 20,
      change: (model) => ({ ...model, run: { ...model.run, startedAt: '2026-06-30T22:30:00.000Z' } }),
    }),
    'pl',
  );
  expect([...new Set(page.match(/\d{4}-\d\d-\d\d \d\d:\d\d UTC[+\d]*/g))]).toEqual([
    '2026-11-25 22:00 UTC+1',
    '2026-07-01 00:30 UTC+2',
    '2026-11-25 22:10 UTC+1',
  ]);
});

/** Contrast of two colours by WCAG 2. */
function contrast(a: string, b: string): number {
  const light = (color: string): number => {
    const full = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
    const [r, g, b2] = [1, 3, 5]
      .map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b2!;
  };
  const [bright, dark] = [light(a), light(b)].toSorted((x, y) => y - x);
  return (bright! + 0.05) / (dark! + 0.05);
}

test('texts stand out from their ground by at least 4.5 to 1, in light, in dark and on paper', () => {
  const palettes = PAGE_STYLES.split(':root {')
    .slice(1)
    .map((part) =>
      Object.fromEntries(
        [...part.split('}')[0]!.matchAll(/--([\w-]+): (#[0-9a-f]{3,6})/g)].map(([, name, color]) => [name!, color!]),
      ),
    );
  expect(palettes).toHaveLength(3);
  const pairs = [
    ['ink', 'paper'],
    ['ink', 'shade'],
    ['quiet', 'paper'],
    ['quiet', 'shade'],
    ['accent', 'paper'],
    ['paper', 'accent'],
    ['ink', 'error-bg'],
    ['ink', 'good-bg'],
    ['error', 'error-bg'],
    ['warning', 'warning-bg'],
    ['info', 'info-bg'],
    ['good', 'good-bg'],
    ['ink', 'heat-1'],
    ['ink', 'heat-2'],
    ['ink', 'heat-3'],
    ['heat-dark', 'heat-4'],
    ['heat-dark', 'heat-5'],
  ] as const;
  const weak = palettes.flatMap((palette) =>
    pairs
      .filter(([front, back]) => contrast(palette[front]!, palette[back]!) < 4.5)
      .map(([front, back]) => `${front} on ${back}: ${contrast(palette[front]!, palette[back]!).toFixed(2)}`),
  );
  expect(weak).toEqual([]);
});

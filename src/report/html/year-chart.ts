import { number, say } from './bilingual.ts';
import { type Html, type HtmlValue, html } from './html.ts';

export interface YearColumn {
  readonly year: number | null;
  readonly full: number;
  /** Stacked on top of `full`, lighter. */
  readonly rest: number;
}

export interface YearChart {
  readonly id: string;
  readonly title: HtmlValue;
  readonly full: HtmlValue;
  readonly rest: HtmlValue;
  readonly columns: readonly YearColumn[];
}

const [HEIGHT, TOP, BASE, STEP, WIDTH] = [220, 24, 190, 46, 30];

/** Columns by year, two kinds stacked; the same numbers as a table behind "data". */
export function yearChart({ id, title, full, rest, columns }: YearChart): Html {
  const most = Math.max(1, ...columns.map((column) => column.full + column.rest));
  const height = (count: number): number => (count / most) * (BASE - TOP);
  const width = Math.max(columns.length, 4) * STEP + 8;
  return html`<figure class="chart"><figcaption id="${id}">${title}</figcaption>
<div class="scroll"><svg role="img" aria-labelledby="${id}" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" class="years">
<line class="axis" x1="0" x2="${width}" y1="${BASE}" y2="${BASE}"/>
${columns.map((column, i) => {
  const [x, low, high] = [i * STEP + 12, height(column.full), height(column.rest)];
  return html`<rect class="full" x="${x}" y="${fixed(BASE - low)}" width="${WIDTH}" height="${fixed(low)}"/><rect class="rest" x="${x}" y="${fixed(BASE - low - high)}" width="${WIDTH}" height="${fixed(high)}"/><text class="value" x="${x + WIDTH / 2}" y="${fixed(BASE - low - high - 6)}">${short(column.full + column.rest)}</text><text x="${x + WIDTH / 2}" y="${BASE + 18}">${column.year ?? '–'}</text>
`;
})}</svg></div>
<p class="legend"><span><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="full" width="10" height="10"/></svg> ${full}</span> <span><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="rest" width="10" height="10"/></svg> ${rest}</span></p>
<details><summary>${say('office.data')}</summary><table><thead><tr><th scope="col">${say('column.year')}</th><th scope="col" class="num">${full}</th><th scope="col" class="num">${rest}</th></tr></thead>
<tbody>${columns.map(
    (
      column,
    ) => html`<tr><th scope="row">${column.year ?? '–'}</th><td class="num">${number(column.full)}</td><td class="num">${number(column.rest)}</td></tr>
`,
  )}</tbody></table></details></figure>`;
}

const fixed = (value: number): string => value.toFixed(1);

/** Room for four signs over a column: `950`, `12k`, `1.2M`. */
const short = (value: number): string =>
  value < 10_000 ? String(value) : value < 1e6 ? `${Math.round(value / 1e3)}k` : `${(value / 1e6).toFixed(1)}M`;

import { number } from './bilingual.ts';
import { type Html, type HtmlValue, html } from './html.ts';

export interface BarRow {
  readonly title: HtmlValue;
  readonly value: number;
  /** Part of `value` drawn dark; the rest is lighter. */
  readonly part?: number;
  /** Further cells, right-aligned. */
  readonly more?: readonly HtmlValue[];
}

export interface BarTable {
  readonly caption: HtmlValue;
  /** Titles of the first column, the numbers, the further ones. */
  readonly columns: readonly HtmlValue[];
  readonly rows: readonly BarRow[];
}

/** A table whose numbers are also bars: chart and data in one, for eyes, screen readers, telephones and paper. */
export function barTable({ caption, columns, rows }: BarTable): Html {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const [first, second, ...others] = columns;
  return html`<table class="bars"><caption>${caption}</caption>
<thead><tr><th scope="col">${first ?? ''}</th><th scope="col" class="num">${second ?? ''}</th><td class="bar-head"></td>${others.map((title) => html`<th scope="col" class="num">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ title, value, part, more = [] }) =>
      html`<tr><th scope="row">${title}</th><td class="num">${number(value)}</td><td class="bar-cell">${bar(value, part ?? value, most)}</td>${more.map((cell) => html`<td class="num">${cell}</td>`)}</tr>
`,
  )}</tbody></table>`;
}

/** A bar of `value` out of `most`; decoration beside the number. */
function bar(value: number, part: number, most: number): Html {
  const width = (count: number): string => ((count / most) * 100).toFixed(2);
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="rest" width="${width(value)}" height="10"/><rect class="full" width="${width(part)}" height="10"/></svg>`;
}

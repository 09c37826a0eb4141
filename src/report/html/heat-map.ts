import { number, say } from './bilingual.ts';
import { type Html, type HtmlValue, html } from './html.ts';

export interface HeatCell {
  readonly row: string;
  readonly column: string;
  readonly count: number;
}

export interface HeatMap {
  readonly id: string;
  readonly caption: HtmlValue;
  readonly corner: HtmlValue;
  /** Keys in the order shown, with their titles; cells of keys that are not here are summed in the last row or column. */
  readonly rows: readonly { readonly key: string; readonly title: HtmlValue }[];
  readonly columns: readonly { readonly key: string; readonly title: HtmlValue }[];
  readonly otherRows: HtmlValue;
  readonly otherColumns: HtmlValue;
  /** The column of the rest comes first. */
  readonly otherFirst?: boolean;
  readonly cells: readonly HeatCell[];
}

const OTHER = '\u0000other';

/** A table of counts whose cells have the stronger a colour the more; every cell has its number, so nothing is told by colour alone. */
export function heatMap(map: HeatMap): Html {
  const counts = fold(map);
  const columns = withOther(map.columns, map.otherColumns, counts, 'column', map.otherFirst);
  const rows = withOther(map.rows, map.otherRows, counts, 'row');
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const of = new Map(counts.map(({ row, column, count }) => [`${row}\n${column}`, count]));
  const sum = (part: 'row' | 'column', key: string): number =>
    counts.reduce((total, cell) => (cell[part] === key ? total + cell.count : total), 0);
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${map.id}"><table class="heat"><caption id="${map.id}">${map.caption}</caption>
<thead><tr><th scope="col">${map.corner}</th>${columns.map(({ title }) => html`<th scope="col" class="num">${title}</th>`)}<th scope="col" class="num">${say('books.total')}</th></tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.title}</th>${columns.map((column) => cell(of.get(`${row.key}\n${column.key}`) ?? 0, most))}<td class="num sum">${number(sum('row', row.key))}</td></tr>
`,
  )}</tbody></table></div>`;
}

/** Counts with the keys that have no row or column of their own put together. */
function fold({ cells, rows, columns }: HeatMap): HeatCell[] {
  const [known, across] = [new Set(rows.map(({ key }) => key)), new Set(columns.map(({ key }) => key))];
  const sums = new Map<string, { row: string; column: string; count: number }>();
  for (const { row, column, count } of cells) {
    const [r, c] = [known.has(row) ? row : OTHER, across.has(column) ? column : OTHER];
    const found = sums.get(`${r}\n${c}`);
    if (found === undefined) sums.set(`${r}\n${c}`, { row: r, column: c, count });
    else found.count += count;
  }
  return [...sums.values()];
}

function withOther(
  shown: HeatMap['rows'],
  title: HtmlValue,
  counts: readonly HeatCell[],
  part: 'row' | 'column',
  first = false,
): HeatMap['rows'] {
  if (!counts.some((cell) => cell[part] === OTHER)) return shown;
  return first ? [{ key: OTHER, title }, ...shown] : [...shown, { key: OTHER, title }];
}

/** Five steps, each about a third of the one above: counts differ by powers of ten. */
function cell(count: number, most: number): Html {
  if (count === 0) return html`<td class="num none">–</td>`;
  const step = 1 + [0.02, 0.06, 0.2, 0.55].filter((bound) => count > bound * most).length;
  return html`<td class="num heat-${step}">${number(count)}</td>`;
}

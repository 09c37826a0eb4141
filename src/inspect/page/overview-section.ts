import { both, number, size } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Picture, TablePicture } from '../picture.ts';
import { heads, nameOf, tell } from './tell.ts';

/** Address of a table's chapter on the page; its number, since a name may be anything. */
export const tableId = (at: number): string => `table-${at + 1}`;

/** All tables with rows, size and how much was read. */
export const overviewSection = ({
  tables,
  references,
}: Picture): Html => html`<section aria-labelledby="tables"><h2 id="tables">${tell('tables')}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="tables"><table>${heads('table', ['rows', 'num'], ['size', 'num'], ['columns', 'num'], ['codes', 'num'], ['references', 'num'], 'read')}
<tbody>${tables.map(
  (table, at) => html`<tr><th scope="row"><a href="#${tableId(at)}">${nameOf(table.name)}</a></th>
<td class="num">${rowsOf(table)}</td><td class="num">${table.bytes === null ? '–' : both(size(table.bytes))}</td><td class="num">${number(table.columns.length)}</td>
<td class="num">${number(table.columns.filter(({ codes }) => codes !== null).length)}</td><td class="num">${number(references.filter(({ from }) => from.table === table.name).length)}</td><td>${readOf(table)}</td></tr>
`,
)}</tbody></table></div></section>`;

/** `~` before what the source only estimates. */
export const rowsOf = ({ rows }: TablePicture): string =>
  rows === null ? '–' : `${rows.exact ? '' : '~'}${number(rows.count)}`;

export function readOf({ read }: TablePicture): Html {
  if (read.how === 'nothing') return tell(`why.${read.why ?? 'noColumns'}`);
  const how = tell(`how.${read.how}`, { rows: number(read.rows) });
  return read.broken === 0 ? how : html`${how}, ${tell('broken', { count: number(read.broken) })}`;
}

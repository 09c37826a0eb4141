import { barTable } from '../../report/html/bar-table.ts';
import { both, number } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { ColumnPicture, ReferencePicture, TablePicture } from '../picture.ts';
import { heads, nameOf, percent, tell } from './tell.ts';

/** What each column is like, one row a column. `references`: those of all tables. */
export function columnsTable({ name, columns, read }: TablePicture, references: readonly ReferencePicture[]): Html {
  const rows = columns.map((column) => {
    if (column.notRead !== null || read.how === 'nothing') return unreadRow(column);
    const own = references.filter(({ from }) => from.table === name && from.column === column.name);
    return measuredRow(column, own);
  });
  return html`<table>${heads('column', 'declaredType', 'measured', ['filled', 'num'], ['distinct', 'num'], 'length', 'range', 'remarks')}
<tbody>${rows}</tbody></table>`;
}

const typeOf = ({ type, nullable, collation }: ColumnPicture): string =>
  [type ?? '–', nullable === false ? 'NOT NULL' : '', collation ?? ''].filter((part) => part !== '').join(' ');

const unreadRow = (column: ColumnPicture): Html =>
  html`<tr><th scope="row">${nameOf(column.name)}</th><td>${typeOf(column)}</td><td colspan="6">${column.notRead === null ? '–' : tell(`notRead.${column.notRead}`)}</td></tr>
`;

function measuredRow(column: ColumnPicture, references: readonly ReferencePicture[]): Html {
  const { name, measured, odd, filled, nulls, empty, distinct, lengths, range } = column;
  const all = filled + nulls + empty;
  const count = number(distinct.count);
  return html`<tr><th scope="row">${nameOf(name)}</th><td>${typeOf(column)}</td>
<td>${tell(`type.${measured}`)}${odd > 0 && html` (${tell('odd', { odd: number(odd) })})`}</td>
<td class="num">${all === 0 ? '–' : both(percent(filled / all))}</td><td class="num">${filled === 0 ? '–' : distinct.exact ? count : tell('about', { count })}</td>
<td>${lengths === null ? '–' : lengths.min === lengths.max ? number(lengths.max) : `${lengths.min}–${lengths.max}`}</td>
<td>${range === null ? '–' : html`<bdi>${range.min}</bdi> – <bdi>${range.max}</bdi>`}</td><td>${remarksOn(column, references)}</td></tr>
`;
}

/** Where it leads, what it looks like, whether it is personal. */
function remarksOn({ looks, personal }: ColumnPicture, references: readonly ReferencePicture[]): Html {
  const parts = [
    ...references.map(({ to }) => html`→ ${nameOf(`${to.table}.${to.column}`)}`),
    ...looks.map(({ look, share }) => html`${tell(`look.${look}`)} ${both(percent(share))}`),
    ...(personal === 'none' || personal === 'text' ? [] : [tell(`personal.${personal}`)]),
  ];
  return html`${parts.map((part, at) => html`${at > 0 && ', '}${part}`)}`;
}

/** Codes of a column as numbers and bars; false when it has none to show. */
export function codesOf({ name, codes }: ColumnPicture): Html | false {
  if (codes === null || codes.values.length + codes.hidden === 0) return false;
  const bars = barTable({
    caption: nameOf(name),
    columns: [tell('code'), tell('rows')],
    rows: codes.values.map(({ value, rows }) => ({ title: html`<bdi>${value}</bdi>`, value: rows })),
  });
  return html`<div>${codes.values.length > 0 ? bars : html`<p>${nameOf(name)}</p>`}${codes.hidden > 0 && html`<p class="after">${tell('hidden', { count: number(codes.hidden) })}</p>`}</div>`;
}

/** Rows by year; false when the column holds no dates. */
export function yearsOf({ name, years, measured }: ColumnPicture): Html | false {
  if (years.length === 0 || (measured !== 'date' && measured !== 'dateTime')) return false;
  const rows = years.map(({ year, rows: value }) => ({ title: year, value }));
  return html`<div>${barTable({ caption: nameOf(name), columns: [tell('years'), tell('rows')], rows })}</div>`;
}

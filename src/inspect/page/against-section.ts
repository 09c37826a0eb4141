import { number } from '../../report/html/bilingual.ts';
import { type Html, type HtmlValue, html } from '../../report/html/html.ts';
import type { Comparison } from '../against/comparison.ts';
import { heads, nameOf, tell } from './tell.ts';

/** What the mappings lack, have too much, or take for something else. */
export function againstSection(against: Comparison): Html {
  const { mappings, counts } = against;
  const parts = [missingTable(against), newTable(against), clashTable(against), codesTable(against)];
  return html`<section aria-labelledby="against"><h2 id="against">${tell('against')}</h2>
<p>${tell('against.intro', { mappings, tables: number(counts.mappedTables), columns: number(counts.mappedColumns) })}</p>
${parts.some((part) => part !== false) ? parts : html`<p>${tell('against.fine')}</p>`}</section>`;
}

/** Wide tables scroll by keyboard too. */
const scroll = (table: HtmlValue): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-labelledby="against">${table}</div>`;

const columnName = (column: string | null): Html => (column === null ? tell('against.wholeTable') : nameOf(column));

const missingTable = ({ missing }: Comparison): Html | false =>
  missing.length > 0 &&
  scroll(html`<table><caption>${tell('against.missing')} (${number(missing.length)})</caption>${heads('table', 'column', 'entities', 'note')}
<tbody>${missing.map(
    ({ table, column, entities, optional, near }) =>
      html`<tr><td>${nameOf(table)}</td><td>${columnName(column)}</td><td>${entities.join(', ')}</td><td>${optional && tell('against.optional')}${optional && near !== null && '; '}${near !== null && tell('against.near', { name: near })}</td></tr>
`,
  )}</tbody></table>`);

const newTable = ({ new: fresh }: Comparison): Html | false =>
  fresh.length > 0 &&
  scroll(html`<table><caption>${tell('against.new')} (${number(fresh.length)})</caption>${heads('table', 'column', ['rows', 'num'])}
<tbody>${fresh.map(
    ({ table, column, rows }) =>
      html`<tr><td>${nameOf(table)}</td><td>${columnName(column)}</td><td class="num">${rows === null ? '–' : number(rows)}</td></tr>
`,
  )}</tbody></table>`);

const clashTable = ({ clashes }: Comparison): Html | false =>
  clashes.length > 0 &&
  scroll(html`<table><caption>${tell('against.clashes')} (${number(clashes.length)})</caption>${heads('entity', 'column', 'holds', 'wants')}
<tbody>${clashes.map(
    ({ entity, table, column, found, declared, to, wants }) =>
      html`<tr><td>${entity}</td><td>${nameOf(`${table}.${column}`)}</td><td>${tell(`type.${found}`)}${declared !== null && html` (${declared})`}</td><td>${nameOf(to)} ${wants}</td></tr>
`,
  )}</tbody></table>`);

function codesTable({ codes }: Comparison): Html | false {
  const lacking = codes.filter(({ unknown }) => unknown.length > 0);
  if (lacking.length === 0) return false;
  return scroll(html`<table><caption>${tell('against.codes')} (${number(lacking.length)})</caption>${heads('column', 'lookup', 'codes')}
<tbody>${lacking.map(
    ({ table, column, lookup, unknown }) =>
      html`<tr><td>${nameOf(`${table}.${column}`)}</td><td><code>${lookup}</code></td><td>${unknown.map(({ value, rows }, at) => html`${at > 0 && ', '}${nameOf(value)} (${number(rows)})`)}</td></tr>
`,
  )}</tbody></table>`);
}

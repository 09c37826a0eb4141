import { both, number } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Picture, ReferencePicture, TablePicture } from '../picture.ts';
import { codesOf, columnsTable, yearsOf } from './columns-table.ts';
import { readOf, rowsOf, tableId } from './overview-section.ts';
import { nameOf, tell } from './tell.ts';

/** Each table with its keys and columns, folded. */
export function tablesSection({ tables, references }: Picture): Html {
  const details = tables.map((table, at) => tableDetails(table, at, references));
  return html`<section aria-labelledby="each"><h2 id="each">${tell('each')}</h2>
${details}</section>`;
}

function tableDetails(table: TablePicture, at: number, references: readonly ReferencePicture[]): Html {
  const { name, columns } = table;
  const codes = columns.flatMap((column) => codesOf(column) || []);
  const years = columns.flatMap((column) => yearsOf(column) || []);
  return html`<details class="code" id="${tableId(at)}"><summary><span class="code-head"><span class="count">${rowsOf(table)}</span> ${nameOf(name)}</span></summary>
${factsOf(table)}
<div class="scroll" tabindex="0" role="region" aria-label="${name}">${columnsTable(table, references)}</div>
${codes.length > 0 && html`<h3>${tell('codes')}</h3><div class="columns">${codes}</div>`}
${years.length > 0 && html`<h3>${tell('years')}</h3><div class="columns">${years}</div>`}</details>
`;
}

function factsOf(table: TablePicture): Html {
  const { keys, design } = table;
  const changes = [
    design?.changeTracking === true && tell('tracked.tracking'),
    design !== null && design.rowVersion !== null && nameOf(design.rowVersion),
  ].filter((each) => each !== false);
  const keyNames = keys.map(({ columns, declared, repeated }) => {
    const params = { columns: columns.join(', '), repeated: number(repeated) };
    if (declared) return tell('keyDeclared', params);
    return repeated > 0 ? tell('keyRepeated', params) : both({ pl: params.columns, en: params.columns });
  });
  return html`<dl class="facts"><div><dt>${tell('read')}</dt><dd>${readOf(table)}</dd></div>
<div><dt>${tell('key')}</dt><dd>${keyNames.length === 0 ? tell('none') : listed(keyNames)}</dd></div>
${design !== null && design.indexes.length > 0 && html`<div><dt>${tell('indexes')}</dt><dd>${design.indexes.map(({ columns }) => columns.join(', ')).join('; ')}</dd></div>`}
${changes.length > 0 && html`<div><dt>${tell('tracked')}</dt><dd>${listed(changes)}</dd></div>`}</dl>`;
}

const listed = (parts: readonly Html[]): Html => html`${parts.map((part, at) => html`${at > 0 && '; '}${part}`)}`;

import { number, say, sayIn } from './bilingual.ts';
import { type Html, html, jsonForScript, trusted } from './html.ts';
import type { PageData } from './page-dom.ts';
import { LISTED_FINDINGS } from './row-data.ts';

/** The list of findings with its filters; the script fills it. `data` null: more findings than a page takes. */
export function listSection(data: PageData | null, total: number, csv: string): Html | false {
  if (total === 0) return false;
  const heading = html`<h2 id="list" tabindex="-1">${say('list.heading')}</h2>`;
  if (data === null) {
    const params = { count: number(total), limit: number(LISTED_FINDINGS), file: csv };
    return html`<section aria-labelledby="list">${heading}<p>${say('list.tooMany', params)}</p><p>${csvLink(csv)}</p></section>`;
  }
  return html`<section aria-labelledby="list">${heading}
<noscript><p>${say('page.noScript')}</p></noscript>
${filters(data)}
<p id="list-count" role="status" aria-live="polite"></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="list"><table class="list cards" role="table"><caption>${say('list.caption')}</caption>
<thead role="rowgroup"><tr role="row">${SORTED.map(([column, title]) => html`<th scope="col" role="columnheader" aria-sort="none"><button type="button" data-sort="${column}">${say(title)}</button></th>`)}<th scope="col" role="columnheader">${say('column.what')}</th></tr></thead>
<tbody id="list-body" role="rowgroup"></tbody></table></div>
<p id="list-nothing" hidden>${say('list.nothing')}</p>
<nav class="pages screen" ${sayIn('aria-label', 'list.pages')}><button type="button" id="list-previous">← ${say('list.previous')}</button> <span id="list-page"></span> <button type="button" id="list-next">${say('list.next')} →</button></nav>
<p>${csvLink(csv)}</p><p class="paper">${say('list.print', { file: csv })}</p>
<script type="application/json" id="page-data">${trusted(jsonForScript(data))}</script></section>`;
}

const SORTED = [
  ['severity', 'column.severity'],
  ['code', 'column.rule'],
  ['unit', 'column.unit'],
  ['year', 'column.year'],
  ['sign', 'column.sign'],
  ['key', 'column.key'],
] as const;

const csvLink = (csv: string): Html => html`${say('list.csv')} <a href="${csv}">${csv}</a>`;

function filters(data: PageData): Html {
  const years = [...new Set(data.rows.map((row) => row[4]))].toSorted((a, b) => (a ?? 9999) - (b ?? 9999));
  return html`<form class="filters screen" ${sayIn('aria-label', 'list.filters')}>
<label class="wide"><span>${say('list.search')}</span><input type="search" data-filter="text" autocomplete="off" ${sayIn('placeholder', 'list.searchHint')}></label>
${choice(
  'severity',
  'list.severity',
  present(data.severities, data, 0).map(
    ({ place, word }) =>
      html`<option value="${place}" ${sayIn('text', `findings.${word as 'error'}s` as const)}></option>`,
  ),
)}
${choice('code', 'list.code', options(present(data.codes, data, 1)))}
${data.units.length + (data.rows.some((row) => row[3] === -1) ? 1 : 0) > 1 && choice('unit', 'list.unit', [...options(present(data.units, data, 3)), data.rows.some((row) => row[3] === -1) && html`<option value="-1" ${sayIn('text', 'findings.noUnit')}></option>`])}
${choice(
  'year',
  'list.year',
  years.map((year) =>
    year === null
      ? html`<option value="null" ${sayIn('text', 'findings.noYear')}></option>`
      : html`<option value="${year}">${year}</option>`,
  ),
)}
${choice('entity', 'list.entity', options(present(data.entities, data, 6)))}
<button type="reset" id="list-clear">${say('list.clear')}</button></form>`;
}

const choice = (
  name: string,
  title: 'list.severity' | 'list.code' | 'list.unit' | 'list.year' | 'list.entity',
  list: readonly (Html | false)[],
): Html =>
  html`<label><span>${say(title)}</span><select data-filter="${name}"><option value="" ${sayIn('text', 'list.all')}></option>${list}</select></label>`;

interface Present {
  readonly place: number;
  readonly word: string;
  readonly count: number;
}

/** Words that occur in a column, with how often, in the order of the alphabet. */
function present(words: readonly string[], { rows }: PageData, column: 0 | 1 | 3 | 6): Present[] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
  const list = words
    .map((word, place) => ({ place, word, count: counts.get(place) ?? 0 }))
    .filter(({ count }) => count > 0);
  return column === 0 ? list : list.toSorted((a, b) => a.word.localeCompare(b.word, 'pl'));
}

const options = (list: readonly Present[]): readonly Html[] =>
  list.map(({ place, word, count }) => html`<option value="${place}">${word} (${number(count)})</option>`);

import { number, say } from '../html/bilingual.ts';
import { type Html, html } from '../html/html.ts';
import type { Protocol } from './protocol-model.ts';

const COUNTS = ['read', 'loaded', 'unchanged', 'rejected', 'skipped'] as const;

/** Numbers of records of each kind, and whether they balance. */
export function countsPart({ entities, totals }: Protocol): Html {
  const wrong = entities.filter(
    ({ read, loaded, unchanged, rejected, skipped }) => read !== loaded + unchanged + rejected + skipped,
  );
  const balance =
    wrong.length === 0
      ? html`<p>${say('protocol.balanced')}</p>`
      : html`<p class="warn">${say('protocol.notBalanced', { entities: wrong.map(({ entity }) => entity).join(', ') })}</p>`;
  const skips = entities.flatMap(({ entity, skips: reasons }) =>
    Object.entries(reasons).map(([reason, records]) => ({ entity, reason, records })),
  );
  return html`<section aria-labelledby="counts"><h2 id="counts">${say('protocol.counts')}</h2>${balance}
<table><caption>${say('books.caption')}</caption><thead><tr><th scope="col">${say('column.entity')}</th>${COUNTS.map((name) => html`<th scope="col" class="num">${say(`column.${name}`)}</th>`)}</tr></thead>
<tbody>${entities.map(
    (
      entity,
    ) => html`<tr><th scope="row">${entity.entity}</th>${COUNTS.map((name) => html`<td class="num">${number(entity[name])}</td>`)}</tr>
`,
  )}</tbody><tfoot><tr><th scope="row">${say('books.total')}</th>${COUNTS.map((name) => html`<td class="num">${number(totals[name])}</td>`)}</tr></tfoot></table>
${skips.length > 0 && html`<h3>${say('books.skipReasons')}</h3><ul>${skips.map(({ entity, reason, records }) => html`<li>${entity}: <bdi>${reason}</bdi> (${number(records)})</li>`)}</ul>`}</section>
`;
}

/** Tables with a column of their own on paper; `protokol.json` has all. */
const SHOWN = ['koszulka', 'dokument', 'wplyw', 'korespondencja_wychodzaca'] as const;

/** Cases, records and findings of each unit. */
export function unitsPart({ units }: Protocol): Html {
  const heading = html`<h2 id="units">${say('protocol.units')}</h2>`;
  if (units === null) return html`<section aria-labelledby="units">${heading}<p>${say('office.gone')}</p></section>`;
  const columns = units.map(numbersOf);
  const totals = columns.reduce(
    (sums, own) => sums.map((sum, i) => sum + own[i]!),
    TITLES.map(() => 0),
  );
  const cells = (own: readonly number[]): Html =>
    html`${own.map((value) => html`<td class="num">${number(value)}</td>`)}`;
  return html`<section aria-labelledby="units">${heading}<div class="scroll"><table class="dense"><caption>${say('protocol.unitsCaption')}</caption>
<thead><tr><th scope="col">${say('column.unit')}</th>${TITLES.map((title) => html`<th scope="col" class="num">${say(title)}</th>`)}</tr></thead>
<tbody>${units.map(
    (
      each,
      i,
    ) => html`<tr><th scope="row">${each.unit === null ? say('findings.noUnit') : html`<bdi>${each.unit}</bdi> <span class="quiet"><bdi>${each.name ?? ''}</bdi></span>`}</th>${cells(columns[i]!)}</tr>
`,
  )}</tbody><tfoot><tr><th scope="row">${say('books.total')}</th>${cells(totals)}</tr></tfoot></table></div></section>
`;
}

const TITLES = [
  'office.cases',
  'office.closed',
  'office.folders',
  'office.documents',
  'office.incoming',
  'office.outgoing',
  'protocol.allRecords',
  'findings.errors',
  'findings.warnings',
] as const;

function numbersOf({ cases, closed, records, error, warning }: NonNullable<Protocol['units']>[number]): number[] {
  const all = Object.values(records).reduce((sum, count) => sum + count, 0);
  return [cases, closed, ...SHOWN.map((table) => records[table] ?? 0), all, error, warning];
}

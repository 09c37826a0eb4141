import type { ReportModel } from '../report-model.ts';
import { number, say } from './bilingual.ts';
import { type Html, html } from './html.ts';

const COUNTS = ['read', 'loaded', 'unchanged', 'rejected', 'skipped'] as const;

/** The books: every record that was read is accounted for. */
export function booksSection({ entities, totals, rejects }: ReportModel): Html {
  const shown = entities.filter(({ read }) => read > 0);
  const empty = entities.filter(({ read }) => read === 0).map(({ entity }) => entity);
  return html`<section aria-labelledby="books"><h2 id="books">${say('books.heading')}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="books"><table><caption>${say('books.caption')}</caption>
<thead><tr><th scope="col">${say('column.entity')}</th>${COUNTS.map((name) => html`<th scope="col" class="num">${say(`column.${name}`)}</th>`)}</tr></thead>
<tbody>${shown.map(
    (
      entity,
    ) => html`<tr><th scope="row">${entity.entity}</th>${COUNTS.map((name) => html`<td class="num">${number(entity[name])}</td>`)}</tr>
`,
  )}</tbody><tfoot><tr><th scope="row">${say('books.total')}</th>${COUNTS.map((name) => html`<td class="num">${number(totals[name])}</td>`)}</tr></tfoot></table></div>
${empty.length > 0 && html`<p class="quiet">${say('books.unread', { entities: empty.join(', ') })}</p>`}
${skipReasons(entities)}
<h3>${say('rejects.heading')}</h3>${rejectReasons(rejects)}</section>`;
}

function skipReasons(entities: ReportModel['entities']): Html | false {
  const rows = entities.flatMap(({ entity, skipReasons: reasons }) =>
    Object.entries(reasons).map(([reason, records]) => ({ entity, reason, records })),
  );
  return (
    rows.length > 0 &&
    html`<h3>${say('books.skipReasons')}</h3><ul>${rows.map(({ entity, reason, records }) => html`<li>${entity}: <bdi>${reason}</bdi> (${number(records)})</li>`)}</ul>`
  );
}

const rejectReasons = ({ records, byReason }: ReportModel['rejects']): Html =>
  records === 0
    ? html`<p>${say('rejects.none')}</p>`
    : html`<table><caption>${say('rejects.caption')}</caption><thead><tr><th scope="col">${say('column.entity')}</th><th scope="col">${say('column.rule')}</th><th scope="col" class="num">${say('rejects.records')}</th></tr></thead>
<tbody>${byReason.map(
        ({
          entity,
          code,
          records: own,
        }) => html`<tr><th scope="row">${entity}</th><td><code>${code}</code></td><td class="num">${number(own)}</td></tr>
`,
      )}</tbody></table>`;

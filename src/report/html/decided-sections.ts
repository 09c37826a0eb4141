import type { ReportModel } from '../report-model.ts';
import { number, say } from './bilingual.ts';
import { decisionText } from './decision-text.ts';
import { type Html, html } from './html.ts';

/** What the office decided about rules, and corrected. */
export const decidedSections = (model: ReportModel): Html =>
  html`${changesSection(model)}${decisionsSection(model)}${correctionsSection(model)}`;

function changesSection({ changes }: ReportModel): Html | false {
  if (changes === null) return false;
  const rows = Object.entries(changes.byCode).toSorted(([a], [b]) => a.localeCompare(b));
  const cells = ({ fresh, gone, same }: { fresh: number; gone: number; same: number }): Html =>
    html`<td class="num">${fresh === 0 ? '0' : `+${number(fresh)}`}</td><td class="num">${gone === 0 ? '0' : `−${number(gone)}`}</td><td class="num">${number(same)}</td>`;
  return html`<section aria-labelledby="changes"><h2 id="changes">${say('changes.heading')}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="changes"><table><thead><tr><th scope="col">${say('column.rule')}</th><th scope="col" class="num">${say('changes.fresh')}</th><th scope="col" class="num">${say('changes.gone')}</th><th scope="col" class="num">${say('changes.same')}</th></tr></thead>
<tbody>${rows.map(
    ([code, change]) => html`<tr><th scope="row"><code>${code}</code></th>${cells(change)}</tr>
`,
  )}</tbody><tfoot><tr><th scope="row">${say('books.total')}</th>${cells(changes)}</tr></tfoot></table></div></section>`;
}

function decisionsSection({ decisions }: ReportModel): Html | false {
  const list = Object.entries(decisions).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    list.length > 0 &&
    html`<section aria-labelledby="decisions"><h2 id="decisions">${say('decisions.heading')}</h2><dl class="facts">${list.map(
      ([code, decision]) => html`<div><dt><code>${code}</code></dt><dd>${decisionText(decision)}</dd></div>
`,
    )}</dl></section>`
  );
}

function correctionsSection({ corrections, truncated }: ReportModel): Html | false {
  if (corrections === null) return false;
  const { applied, notApplied, list } = corrections;
  return html`<section aria-labelledby="corrections"><h2 id="corrections">${say('corrections.heading')}</h2>
<p>${say('corrections.applied')}: ${number(applied)}, ${say('corrections.notApplied')}: ${number(notApplied)}.</p>
${
  list.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-labelledby="corrections"><table><caption>${say('corrections.caption')}</caption>
<thead><tr>${(['column.key', 'column.field', 'corrections.old', 'corrections.new', 'corrections.reason', 'corrections.author', 'column.state'] as const).map((title) => html`<th scope="col">${say(title)}</th>`)}</tr></thead>
<tbody>${list.map(
    (
      each,
    ) => html`<tr><td>${each.entity} <bdi class="key">${each.key}</bdi></td><td><code>${each.field}</code></td><td><bdi>${each.old ?? '–'}</bdi></td><td><bdi>${each.new ?? '–'}</bdi></td><td><bdi>${each.reason}</bdi></td><td><bdi>${each.author}</bdi>, ${each.date}</td><td>${say(each.applied ? 'corrections.applied' : 'corrections.notApplied')}</td></tr>
`,
  )}</tbody></table></div>`
}
${truncated.corrections > 0 && html`<p>${say('corrections.more', { count: number(truncated.corrections) })}</p>`}</section>`;
}

import type { CodeText, FindingRow, ReportCodeCount, ReportModel } from '../report-model.ts';
import { rowMessage } from '../row-message.ts';
import { both, number, say } from './bilingual.ts';
import { decisionText } from './decision-text.ts';
import { type Html, html } from './html.ts';
import { effectText, severityTag } from './severity-tag.ts';
import { unitSymbol } from './unit-names.ts';

/** What the chapter needs to know of the page it stands on. */
export interface CodesChoice {
  /** Sums and samples shown: of the whole report, or of one unit. */
  readonly byCode: readonly ReportCodeCount[];
  /** Address of the whole list, relative to the page. */
  readonly csv: string;
  /** The page has the list, so that a rule can be looked up in it. */
  readonly listed: boolean;
}

/** Each rule that found something: what it means, how to cure it, the first records. */
export function codesSection(model: ReportModel, choice: CodesChoice): Html | false {
  const { byCode } = choice;
  if (byCode.length === 0) return false;
  const first = new Set<ReportCodeCount>();
  const seen = new Set<string>();
  for (const count of byCode) {
    if (!seen.has(count.code)) first.add(count);
    seen.add(count.code);
  }
  return html`<section aria-labelledby="codes"><h2 id="codes">${say('codes.heading')}</h2><p class="quiet">${say('codes.intro')}</p>
${byCode.map((count) => codeDetails(model, count, choice, first.has(count)))}</section>`;
}

function codeDetails(model: ReportModel, count: ReportCodeCount, choice: CodesChoice, named: boolean): Html {
  const { code, severity, effect, findings } = count;
  const text = model.codes[code];
  return html`<details class="code"${named && html` id="code-${code}"`}><summary><span class="code-head">${severityTag(severity)} <span class="count">${number(findings)}</span> <code>${code}</code></span> <span class="kind">${text !== undefined && both(text.kind)}</span></summary>
<dl class="facts">${text !== undefined && cureOf(text)}
<div><dt>${say('codes.effect')}</dt><dd>${effectText(effect)}</dd></div>
<div><dt>${say('codes.where')}</dt><dd>${count.entities.map(({ entity, findings: own }, i) => html`${i > 0 && ', '}${entity} (${number(own)})`)}</dd></div>
${text !== undefined && text.decision !== null && html`<div><dt>${say('codes.decision')}</dt><dd>${decisionText(text.decision)}</dd></div>`}
${text !== undefined && sourceOf(text)}</dl>
${samples(model, count, choice)}</details>
`;
}

const cureOf = ({ hint }: CodeText): Html | false =>
  hint.pl !== '' && html`<div class="cure"><dt>${say('codes.cure')}</dt><dd>${both(hint)}</dd></div>`;

const sourceOf = ({ source }: CodeText): Html | false =>
  source !== null &&
  html`<div><dt>${say('codes.source')}</dt><dd>${source.text}${!source.read && html` ${say('codes.unread')}`}</dd></div>`;

function samples(
  model: ReportModel,
  { code, findings, samples: rows }: ReportCodeCount,
  { csv, listed }: CodesChoice,
): Html {
  const more = findings - rows.length;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${code}"><table class="cards" role="table"><caption>${say('codes.samples')}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${say('column.unit')}</th><th scope="col" role="columnheader">${say('column.sign')}</th><th scope="col" role="columnheader">${say('column.key')}</th><th scope="col" role="columnheader">${say('column.what')}</th></tr></thead>
<tbody role="rowgroup">${rows.map((row) => sampleRow(model, row))}</tbody></table></div>
<p class="after">${more > 0 && html`${say('codes.more', { count: number(more) })}<a href="${csv}">${csv}</a> `}${listed && html`<button type="button" class="link screen" data-show-code="${code}">${say('codes.showAll')}</button>`}</p>`;
}

const sampleRow = (
  model: ReportModel,
  row: FindingRow,
): Html => html`<tr role="row"><td role="cell">${unitSymbol(row.unit)}</td><td class="sign" role="cell"><bdi>${row.sign ?? '–'}</bdi></td><td role="cell">${row.entity} <bdi class="key">${row.key ?? '–'}</bdi></td><td role="cell">${both({ pl: rowMessage(model, row, 'pl'), en: rowMessage(model, row, 'en') })}${foundValue(row)}</td></tr>
`;

const foundValue = ({ field, value }: FindingRow): Html | false =>
  (field !== null || value !== null) &&
  html`<span class="value">${field !== null && html`<code>${field}</code> `}${value !== null && html`<bdi>${value}</bdi>`}</span>`;

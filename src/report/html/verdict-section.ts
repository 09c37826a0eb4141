import { fill } from '../../core/text.ts';
import { REPORT_REASON_TEXTS } from '../../i18n/texts/report-reason-texts.ts';
import type { ReportModel, VerdictReason } from '../report-model.ts';
import { both, number, say } from './bilingual.ts';
import { type Html, html } from './html.ts';

/** The answer first: ready or not, why, and what should be known. */
export function verdictSection({ verdict, run }: ReportModel): Html {
  const title = run.kind === 'validation' ? verdictWords(verdict.ready, '') : verdictWords(verdict.ready, 'Run');
  return html`<section class="verdict ${verdict.ready ? 'good' : 'bad'}" aria-labelledby="verdict"><h2 id="verdict"><span class="mark" aria-hidden="true">${verdict.ready ? '✓' : '✕'}</span> ${say(title)}</h2>
${reasons('verdict.blockers', verdict.blockers)}${reasons('verdict.remarks', verdict.remarks)}</section>`;
}

const verdictWords = (ready: boolean, of: '' | 'Run') => `verdict.${ready ? 'ready' : 'notReady'}${of}` as const;

const reasons = (title: 'verdict.blockers' | 'verdict.remarks', list: readonly VerdictReason[]): Html | false =>
  list.length > 0 && html`<h3>${say(title)}</h3><ul>${list.map((reason) => html`<li>${reasonText(reason)}</li>`)}</ul>`;

function reasonText({ code, count }: VerdictReason): Html {
  const { pl, en } = REPORT_REASON_TEXTS[`report.reason.${code}`];
  const params = { count: number(count) };
  return both({ pl: sentence(fill(pl, params)), en: sentence(fill(en, params)) });
}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

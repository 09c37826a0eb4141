import type { ReportModel } from '../report-model.ts';
import { say } from './bilingual.ts';
import { type Html, html } from './html.ts';
import { effectText } from './severity-tag.ts';

/** What the office decided about a code, in words. */
export function decisionText({ off, severity, effect, threshold, reason }: ReportModel['decisions'][string]): Html {
  const parts: Html[] = [];
  if (off !== undefined) parts.push(say('decisions.off', { reason: off }));
  if (severity !== undefined) parts.push(html`${say('decisions.severity')}${say(`severity.${severity}`)}`);
  if (effect !== undefined) parts.push(html`${say('decisions.effect')}${effectText(effect)}`);
  if (threshold !== undefined) parts.push(say('decisions.threshold', { threshold }));
  if (reason !== undefined) parts.push(html`<bdi>${reason}</bdi>`);
  return html`${parts.map((part, i) => html`${i > 0 && '; '}${part}`)}`;
}

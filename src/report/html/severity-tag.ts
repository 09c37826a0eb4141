import type { Effect, Severity } from '../../core/finding.ts';
import { say } from './bilingual.ts';
import { type Html, html } from './html.ts';

/** Word and sign of a severity: never colour alone. The script makes the same (`page-script.ts`). */
export const severityTag = (severity: Severity): Html =>
  html`<span class="tag ${severity}">${say(`severity.${severity}`)}</span>`;

export const effectText = (effect: Effect): Html => say(`effect.${effect}`);

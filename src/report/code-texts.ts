import type { CodeDecision, RulePolicy } from '../core/policy.ts';
import { type CodeBook, findingKindText } from '../i18n/finding-text.ts';
import type { CodeText, ReportModel } from './report-model.ts';

/** What each code means, for the codes given. Codes of expressions in mapping files are in no book: they are told by their name. */
export function codeTexts(
  codes: Iterable<{
    readonly code: string;
    readonly severity: CodeText['severity'];
    readonly effect: CodeText['effect'];
  }>,
  book: CodeBook,
  policy: RulePolicy,
): ReportModel['codes'] {
  const texts: Record<string, CodeText> = {};
  for (const { code, severity, effect } of codes) {
    if (texts[code] !== undefined) continue;
    const entry = book.get(code);
    const decision = decisionOf(policy.codes[code]);
    texts[code] =
      entry === undefined
        ? {
            area: 'mapping',
            severity,
            effect,
            kind: same(code),
            message: same(code),
            hint: same(''),
            source: null,
            decision,
          }
        : {
            area: entry.area,
            severity: entry.severity,
            effect: entry.effect,
            kind: { pl: findingKindText(code, book, 'pl'), en: findingKindText(code, book, 'en') },
            message: { ...entry.message },
            hint: { ...entry.hint },
            source: entry.source === undefined ? null : { ...entry.source },
            decision,
          };
  }
  return texts;
}

/** All decisions, also about codes that found nothing. */
export const decisionsOf = (policy: RulePolicy): ReportModel['decisions'] =>
  Object.fromEntries(Object.entries(policy.codes).map(([code, decision]) => [code, decisionOf(decision) ?? {}]));

function decisionOf(decision: CodeDecision | undefined): CodeText['decision'] {
  if (decision === undefined) return null;
  const { severity, effect, threshold, off, reason } = decision;
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(effect === undefined ? {} : { effect }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(off === undefined ? {} : { off }),
    ...(reason === undefined ? {} : { reason }),
  };
}

const same = (text: string): CodeText['kind'] => ({ pl: text, en: text });

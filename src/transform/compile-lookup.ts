import type { LookupPlan, LookupUse } from '../core/plan.ts';
import type { SourceValue } from '../core/record.ts';
import type { Report } from './report.ts';
import { trimText } from './text/normalise.ts';
import { textOf } from './text/text-of.ts';

const unknownCode = (use: LookupUse, report: Report): ((value: SourceValue) => SourceValue) => {
  const { unknown, lookup } = use;
  const params = { lookup };
  switch (unknown.kind) {
    case 'reject':
      return () => {
        report('CODE_UNKNOWN', 'error', 'reject', params);
        return null;
      };
    case 'null':
      return () => {
        report('CODE_UNKNOWN', 'warning', 'change', params);
        return null;
      };
    case 'keep':
      return (value) => {
        report('CODE_UNKNOWN', 'warning', 'load', params);
        return value;
      };
    case 'default':
      return () => {
        report('CODE_UNKNOWN', 'warning', 'change', params);
        return unknown.value;
      };
  }
};

/**
 * Code → value. Codes are compared as trimmed text; NULL stays NULL. What the table does not know is CODE_UNKNOWN, with the effect that the mapping chose;
 * a code whose meaning is not confirmed is CODE_UNCONFIRMED.
 */
export const compileLookup = (
  plan: LookupPlan,
  use: LookupUse,
  report: Report,
): ((value: SourceValue) => SourceValue) => {
  const entries = new Map(Object.entries(plan.entries));
  const unconfirmed = new Set(plan.unconfirmed);
  const unknown = unknownCode(use, report);
  return (value) => {
    if (value === null) return null;
    const code = trimText(textOf(value));
    if (code === '') return null;
    const entry = entries.get(code);
    if (unconfirmed.size > 0 && unconfirmed.has(code)) {
      report('CODE_UNCONFIRMED', 'warning', 'load', { lookup: use.lookup });
    }
    if (entry !== undefined) return entry;
    return unconfirmed.has(code) ? null : unknown(value);
  };
};

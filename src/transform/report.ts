import { type Effect, type RecordFinding, type Severity, VALUE_LIMIT } from '../core/finding.ts';
import type { SourceValue } from '../core/record.ts';
import { textOf } from './text/text-of.ts';

export type FindingParams = Readonly<Record<string, string | number>>;

/** Says something about the field that is being made; the raw source value is added by itself. */
export type Report = (code: string, severity: Severity, effect: Effect, params?: FindingParams) => void;

/** Where the findings of the row in work go. One a transformer, reused from row to row. */
export interface FindingSink {
  readonly findings: RecordFinding[];
  /** Source value of the field in work, before anything was done to it. */
  raw: SourceValue;
  /** True once the field in work was rejected, so that a missing value is not reported on top. */
  rejected: boolean;
}

/** Tells the usual text from one that may need escaping, before the slow replacement looks closely. */
const UNUSUAL = /[\u0000-\u001f\u007f\ud800-\udfff]/;
const UNSTORABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A raw value as text fit for the ledger: control characters and lone surrogates shown as `\u0000`, cut to `VALUE_LIMIT`. */
export const rawText = (raw: SourceValue): string => {
  const text = textOf(raw);
  const cut = text.length > VALUE_LIMIT ? text.slice(0, VALUE_LIMIT) : text;
  if (!UNUSUAL.test(cut)) return cut;
  return cut.replace(UNSTORABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

const findingOf = (
  code: string,
  severity: Severity,
  effect: Effect,
  field: string,
  raw: SourceValue,
  params: FindingParams | undefined,
): RecordFinding => {
  if (raw === null)
    return params === undefined ? { code, severity, effect, field } : { code, severity, effect, field, params };
  const value = rawText(raw);
  return params === undefined
    ? { code, severity, effect, field, value }
    : { code, severity, effect, field, value, params };
};

/** Reports about one target column into the sink. */
export const reporter =
  (sink: FindingSink, field: string): Report =>
  (code, severity, effect, params) => {
    sink.findings.push(findingOf(code, severity, effect, field, sink.raw, params));
    if (effect === 'reject') sink.rejected = true;
  };

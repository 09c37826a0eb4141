import type { CodeEntry } from '../core/code-entry.ts';
import { type CodeDecision, NO_POLICY, type RulePolicy } from '../core/policy.ts';
import { AFTER_LOAD_CODES, CODES } from './catalogue.ts';
import type { Rule, RuleExample } from './rule.ts';
import { RULES } from './rule-book.ts';
import { DEFAULT_SET_CONTEXT, type SetRuleContext } from './set-rule.ts';
import { SET_RULES } from './set-rules.ts';

/** One code with everything that helps to understand and to cure it. */
export interface CodeExplanation {
  readonly entry: CodeEntry;
  /** What the office decided about it, or null. */
  readonly decision: CodeDecision | null;
  /** Rules of mapping files that can raise it. */
  readonly rules: readonly Rule[];
  /** Records that get the code, and records that are fine. */
  readonly wrong: readonly RuleExample[];
  readonly right: readonly RuleExample[];
  /** The statement of a rule across records, to be run by hand. */
  readonly sql: string | null;
}

/** Explains a code; null when there is no such code. Upper and lower case are the same. */
export function explainCode(
  code: string,
  policy: RulePolicy = NO_POLICY,
  context: SetRuleContext = DEFAULT_SET_CONTEXT,
): CodeExplanation | null {
  const entry = CODES.get(code.trim().toUpperCase());
  if (entry === undefined) return null;
  const rules = RULES.filter((rule) => rule.codes.some((own) => own.code === entry.code));
  const examples = rules.flatMap((rule) => rule.examples);
  return {
    entry,
    decision: policy.codes[entry.code] ?? null,
    rules,
    wrong: examples.filter((example) => example.says.includes(entry.code)).slice(0, 5),
    right: examples.filter((example) => example.says.length === 0).slice(0, 5),
    sql:
      SET_RULES.find((rule) => rule.entry.code === entry.code)
        ?.sql(context)
        .trim() ?? null,
  };
}

/** Codes that somebody may have meant by a name that is none: those that share its words, best first. */
export function similarCodes(name: string, limit = 5): readonly string[] {
  const words = name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word.length > 1);
  const score = (code: string): number => words.filter((word) => code.includes(word)).length;
  return [...CODES.keys()]
    .filter((code) => score(code) > 0)
    .sort((a, b) => score(b) - score(a) || a.length - b.length)
    .slice(0, limit);
}

/** A line of the list that `rules` prints. */
export interface ListedCode {
  readonly entry: CodeEntry;
  readonly decision: CodeDecision | null;
}

/** Every code in the order of the book, with the office's decisions. */
export const listCodes = (policy: RulePolicy = NO_POLICY): readonly ListedCode[] =>
  [...CODES.values()].map((entry) => ({ entry, decision: policy.codes[entry.code] ?? null }));

/** The policy of a run from the project file (`strict`, `rules`). */
export const makePolicy = (strict: boolean, codes: RulePolicy['codes']): RulePolicy => ({
  strict,
  codes,
  afterLoad: AFTER_LOAD_CODES,
});

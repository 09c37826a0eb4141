import type { Effect, RecordFinding, Severity } from './finding.ts';

/** What an office decided about one code in its project file (`rules:`). */
export interface CodeDecision {
  readonly severity?: Severity;
  readonly effect?: Effect;
  /** Threshold of the rule, in the unit that docs/rules.md names. */
  readonly threshold?: number;
  /** Switches the code off; the written reason is shown in every report. */
  readonly off?: string;
  /** Why the office decided so, or accepts findings of the code; shown in every report and protocol. */
  readonly reason?: string;
}

/** All decisions of an office. Plain data: goes to worker threads as it is. */
export interface RulePolicy {
  /** `--strict`: every error keeps its record out. */
  readonly strict: boolean;
  readonly codes: Readonly<Record<string, CodeDecision>>;
  /** Codes raised after loading (rules across records): nothing can keep their record out any more. */
  readonly afterLoad: readonly string[];
}

export const NO_POLICY: RulePolicy = { strict: false, codes: {}, afterLoad: [] };

/**
 * The finding under the office's policy: with its severity and effect, the very same object when nothing changes, null when the code is off.
 * Applying it twice changes nothing more.
 */
export function applyPolicy<F extends Pick<RecordFinding, 'code' | 'severity' | 'effect'>>(
  finding: F,
  policy: RulePolicy,
): F | null {
  const decision = Object.hasOwn(policy.codes, finding.code) ? policy.codes[finding.code] : undefined;
  if (decision === undefined && !policy.strict) return finding;
  if (decision?.off !== undefined) return null;
  const severity = decision?.severity ?? finding.severity;
  const wanted = policy.strict && severity === 'error' ? 'reject' : (decision?.effect ?? finding.effect);
  const effect = wanted === 'reject' && policy.afterLoad.includes(finding.code) ? finding.effect : wanted;
  return severity === finding.severity && effect === finding.effect ? finding : { ...finding, severity, effect };
}

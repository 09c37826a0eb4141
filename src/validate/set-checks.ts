import { applyPolicy, type RulePolicy } from '../core/policy.ts';
import type { SetCheck } from '../core/set-check.ts';
import type { SetRuleContext } from './set-rule.ts';
import { SET_RULES } from './set-rules.ts';

/** The rules across records of a run: those that the office did not switch off, with its severities, for its schema and zone. */
export const setChecks = (policy: RulePolicy, context: SetRuleContext): readonly SetCheck[] =>
  SET_RULES.flatMap(({ entry, table, field, sql }) => {
    const { code, severity, effect } = entry;
    const kept = applyPolicy({ code, severity, effect }, policy);
    return kept === null ? [] : [{ ...kept, table, field, sql: sql(context) }];
  });

import { CASE_SET_RULES } from './case-sign/across-cases.ts';
import { FLOW_SET_RULES } from './flow/across-flow.ts';
import { CLASS_SET_RULES } from './jrwa/across-classes.ts';
import { METRYKA_SET_RULES } from './metryka/across-actions.ts';
import { FOLDER_SET_RULES } from './records-without-case/across-folders.ts';
import { LETTER_SET_RULES } from './registers/across-letters.ts';
import type { SetRule } from './set-rule.ts';

/** Every rule across records, by chapter. */
export const SET_RULES: readonly SetRule[] = [
  ...CASE_SET_RULES,
  ...CLASS_SET_RULES,
  ...LETTER_SET_RULES,
  ...FOLDER_SET_RULES,
  ...METRYKA_SET_RULES,
  ...FLOW_SET_RULES,
];

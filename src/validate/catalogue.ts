import type { CodeEntry } from '../core/code-entry.ts';
import { CONTENT_CODES } from '../core/content-codes.ts';
import type { PersonalKind } from '../core/mask.ts';
import { PACKAGE_CODES } from '../core/package-codes.ts';
import { REFERENCE_CODES } from './codes/reference-codes.ts';
import { SYNC_CODES } from './codes/sync-codes.ts';
import { VALUE_CODES } from './codes/value-codes.ts';
import { RULES } from './rule-book.ts';
import { SET_RULES } from './set-rules.ts';

/** Every finding code there is, of rules and of the program, by code. */
export const CODES: ReadonlyMap<string, CodeEntry> = new Map(
  [
    ...RULES.flatMap((rule) => rule.codes),
    ...SET_RULES.map((rule) => rule.entry),
    ...REFERENCE_CODES,
    ...VALUE_CODES,
    ...SYNC_CODES,
    ...CONTENT_CODES,
    ...PACKAGE_CODES,
  ].map((entry) => [entry.code, entry]),
);

/** Codes raised after loading, for `RulePolicy.afterLoad`. */
export const AFTER_LOAD_CODES: readonly string[] = [...CODES.values()]
  .filter((entry) => entry.origin === 'set' || entry.origin === 'contents')
  .map((entry) => entry.code);

/** Kind of personal data in the value of a finding, for `maskFinding`; undefined: the field decides. */
export const personalKindOf = (code: string): PersonalKind | undefined => CODES.get(code)?.personal;

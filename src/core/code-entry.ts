import type { Effect, Severity } from './finding.ts';
import type { PersonalKind } from './mask.ts';
import type { Bilingual } from './signatures.ts';

/** Field of office work or part of the program that a code belongs to; chapters of docs/rules.md. */
export const AREAS = [
  'case-sign',
  'jrwa',
  'category',
  'identifiers',
  'dates',
  'metadata',
  'registers',
  'records-without-case',
  'metryka',
  'flow',
  'files',
  'limits',
  'keys-and-references',
  'values',
  'source',
  'target',
] as const;
export type Area = (typeof AREAS)[number];

/**
 * Who raises a code: `record`: a rule on one record, in the stage, before loading; `set`: a rule across records, set-based in the store, after loading
 * (so it can never keep a record out); the others: that part of the program.
 */
export type CodeOrigin = 'record' | 'set' | 'transform' | 'write' | 'contents' | 'source' | 'correction';

/** Act or document that a rule rests on. */
export interface LegalSource {
  readonly text: string;
  /** False: named from general knowledge of the act, whose text was not available; shown as "to be confirmed". */
  readonly read: boolean;
}

/** A value of a rule that an office may change, e.g. the longest title. */
export interface Threshold {
  readonly default: number;
  readonly unit: Bilingual;
}

/** All there is to know about one finding code. */
export interface CodeEntry {
  /** Stable, `SCREAMING_SNAKE`. */
  readonly code: string;
  readonly area: Area;
  readonly origin: CodeOrigin;
  readonly severity: Severity;
  readonly effect: Effect;
  /** What is wrong; `{name}` stands for a parameter of the finding. Never holds the value itself. */
  readonly message: Bilingual;
  /** How to cure it. */
  readonly hint: Bilingual;
  readonly source?: LegalSource;
  /** Kind of personal data in the finding's value; absent: decided by the field (see `fieldKind`). `none`: may be shown. */
  readonly personal?: PersonalKind;
  /** The program can repair or clear the value, so effect `change` is possible. */
  readonly repairs?: boolean;
  readonly threshold?: Threshold;
  /** The effect follows from what the target can hold, or from the mapping: an office cannot change it or switch the code off. */
  readonly fixed?: boolean;
}

/** Fills `{name}` in a message with the finding's parameters; an unknown name stays as it is. */
export const fillTemplate = (template: string, params: Readonly<Record<string, string | number>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));

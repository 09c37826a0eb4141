import type { Severity } from './finding.ts';

/**
 * What transforms and rules look like from outside: names, arguments, one sentence each. The mapping compiler checks YAML against these and
 * docs/mapping-reference.md is generated from them. `src/transform` and `src/validate` export one registry each and import nothing of the compiler;
 * the compiler gets both as arguments and imports neither.
 */
export interface Bilingual {
  readonly pl: string;
  readonly en: string;
}

export type Scalar = string | number | boolean | null;

/** A single value in YAML. `optional`: may be left out; then the plan holds `default`, or null without one. */
export type ScalarSignature = (
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number; readonly default?: number }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly default?: number }
  | { readonly kind: 'boolean'; readonly default?: boolean }
  /** `allowed`: the only values there are. `pattern`: the text itself is a regular expression and is compiled to check it. */
  | {
      readonly kind: 'string';
      readonly allowed?: readonly string[];
      readonly pattern?: boolean;
      readonly default?: string;
    }
) & { readonly optional?: boolean; readonly doc?: Bilingual };

/**
 * The argument of a transform in `do:`.
 * - `none`: `- trim`
 * - scalar: `- maxLength: 500` (optional ones also as `- localTime`)
 * - `list`: `- emptyIf: ['-', brak]`
 * - `options`: `- replace: { from: a, to: b }`
 */
export type ArgumentSignature =
  | { readonly kind: 'none' }
  | ScalarSignature
  | { readonly kind: 'list'; readonly of: ScalarSignature; readonly optional?: boolean; readonly doc?: Bilingual }
  | {
      readonly kind: 'options';
      readonly options: Readonly<Record<string, ScalarSignature>>;
      readonly optional?: boolean;
      readonly doc?: Bilingual;
    };

/**
 * What kind of value flows between a source column, transforms and a target column, as coarse as a check before the first row needs it.
 * `local`: date and time without a zone (SQL Server DATETIME); `instant`: a point in time (target `timestamptz`). From `local` to
 * `instant` leads the zone that the office names in its project file, so that no zone is ever guessed.
 */
export const VALUE_TYPES = [
  'any',
  'text',
  'integer',
  'decimal',
  'float',
  'boolean',
  'date',
  'local',
  'instant',
  'uuid',
  'json',
  'binary',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export interface TransformSignature {
  readonly argument: ArgumentSignature;
  /** Types it accepts; `['any']` for all. */
  readonly takes: readonly ValueType[];
  /** Type it yields; `same`: whatever came in. */
  readonly gives: ValueType | 'same';
  readonly doc: Bilingual;
  /** `[argument in YAML, input, output]`, shown in the reference and run by a test of `src/transform`. */
  readonly examples?: readonly (readonly [argument: string, input: string, output: string])[];
}

/** By the name used in YAML. */
export type TransformSignatures = Readonly<Record<string, TransformSignature>>;

/** A parameter of a rule that names a target column of the entity. */
export interface RuleColumn {
  /** Column taken when the mapping names none; it must be a field of the entity unless `optional`. */
  readonly default?: string;
  /** The rule works without it: left out of the plan when neither named nor, by `default`, a field of the entity. */
  readonly optional?: boolean;
  readonly doc?: Bilingual;
}

/**
 * A rule of the rule book, used as `- znakSprawy` or `- znakSprawy: { column or option: value }`. Names of columns and options share one name space.
 */
export interface RuleSignature {
  readonly columns: Readonly<Record<string, RuleColumn>>;
  readonly options?: Readonly<Record<string, ScalarSignature>>;
  /** Findings it can raise, with their usual severity. */
  readonly codes: Readonly<Record<string, Severity>>;
  readonly doc: Bilingual;
}

/** By the name used in YAML. */
export type RuleSignatures = Readonly<Record<string, RuleSignature>>;

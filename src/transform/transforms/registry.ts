import type { TransformDefinition } from './definition.ts';
import { NORMALISING } from './normalising.ts';
import { PARTIAL_DATES } from './partial-dates.ts';
import { PLAIN } from './plain.ts';
import { TIMES } from './times.ts';

/** All transforms by the name used in YAML. The mapping compiler checks against this (as `TransformSignatures`), the reference is printed from it. */
export const TRANSFORMS: Readonly<Record<string, TransformDefinition>> = {
  ...NORMALISING,
  ...PLAIN,
  ...TIMES,
  ...PARTIAL_DATES,
};

import type { TransformSignatures } from '../../core/signatures.ts';
import type { TransformDefinition } from './definition.ts';
import { LETTERS } from './letters.ts';
import { NORMALISING } from './normalising.ts';
import { NUMBERS } from './numbers.ts';
import { OFFICE } from './office.ts';
import { PARTIAL_DATES } from './partial-dates.ts';
import { PARTS } from './parts.ts';
import { PLAIN } from './plain.ts';
import { TIMES } from './times.ts';

/** All transforms by the name used in YAML, in the order of the reference. */
export const TRANSFORMS: Readonly<Record<string, TransformDefinition>> = {
  ...NORMALISING,
  ...LETTERS,
  ...PARTS,
  ...PLAIN,
  ...NUMBERS,
  ...TIMES,
  ...PARTIAL_DATES,
  ...OFFICE,
};

/** What the mapping compiler needs to know of the transforms. */
export const TRANSFORM_SIGNATURES: TransformSignatures = TRANSFORMS;

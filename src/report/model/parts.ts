import { z } from 'zod';
import { EFFECTS, SEVERITIES } from '../../core/finding.ts';

/** A whole number, never negative. */
export const count = (description: string) => z.int().min(0).describe(description);

/** Seconds and zone are always there: `2026-11-25T21:00:00.000Z`. */
export const moment = (description: string) => z.iso.datetime().describe(`${description} ISO 8601, UTC.`);

export const word = (description: string) => z.string().describe(description);

export const severity = z
  .enum(SEVERITIES)
  .describe('error: cannot be right; warning: legal but unusual; info: was normalised.');

export const effect = z
  .enum(EFFECTS)
  .describe('load: loaded as it is; change: loaded with a repaired value; reject: kept out.');

/** Findings by severity. */
export const severities = z
  .strictObject({
    error: count('Findings of severity error.'),
    warning: count('Findings of severity warning.'),
    info: count('Findings of severity info.'),
  })
  .describe('Findings by severity.');

export const bilingual = z.strictObject({ pl: z.string(), en: z.string() });

/** Symbol of an organisational unit as it is in the store today; null: "without unit". */
export const unit = z
  .string()
  .nullable()
  .describe(
    'Symbol of the unit; null: without unit (address book, dictionaries, rejected records whose source row names none).',
  );

/** Year of the case, else of the record itself; null: without year. */
export const year = z.int().nullable().describe('Year of the case, else of the record; null: without year.');

export const code = word('Stable code, SCREAMING_SNAKE; a key of `codes`.');

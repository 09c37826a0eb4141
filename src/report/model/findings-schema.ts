import { z } from 'zod';
import { AREAS } from '../../core/code-entry.ts';
import { bilingual, code, count, effect, severities, severity, unit, word, year } from './parts.ts';

/** What the office decided about a code in its project file (`rules:`). */
export const DECISION = z.strictObject({
  severity: severity.optional(),
  effect: effect.optional(),
  threshold: z.number().optional(),
  off: z.string().optional().describe('The code is switched off; the written reason.'),
  reason: z.string().optional().describe('Why the office decided so, or accepts findings of the code.'),
});

/** What a code means and how to cure it, in both languages, so that a report reads in either. */
export const CODE_TEXT = z.strictObject({
  area: z.enum([...AREAS, 'mapping']).describe('Chapter of the rule book; mapping: an expression in a mapping file.'),
  severity: severity.describe('Severity without decisions of the office.'),
  effect: effect.describe('Effect without decisions of the office.'),
  kind: bilingual.describe('What all findings of the code have in common, a sentence without parameters.'),
  message: bilingual.describe('Sentence about one finding; {name} stands for a parameter of it.'),
  hint: bilingual.describe('How to cure it; empty where nobody knows.'),
  source: z
    .strictObject({ text: z.string(), read: z.boolean().describe('false: still to be confirmed.') })
    .nullable()
    .describe('Act or document that the rule rests on.'),
  decision: DECISION.nullable().describe('What the office decided about it.'),
});

/** One finding as reports show it: masked unless the report says `personalData`. */
export const FINDING_ROW = z.strictObject({
  unit,
  year,
  sign: z.string().nullable().describe('Sign of the case that the record belongs to; null: none is known.'),
  entity: word('Kind of record.'),
  key: z.string().nullable().describe('Legacy key; null: about a file or a table as a whole.'),
  code,
  severity,
  effect,
  field: z.string().nullable().describe('Target column, or source column where there is none.'),
  value: z.string().nullable().describe('The raw value found, masked.'),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .nullable()
    .describe('Named values for the message, masked.'),
});

export const CODE_COUNT = z.strictObject({
  code,
  severity,
  effect,
  findings: count('Findings.'),
  entities: z.array(z.strictObject({ entity: z.string(), findings: count('Findings.') })).describe('Most first.'),
  samples: z.array(FINDING_ROW).describe('The first records, by key; as many as `truncated.samplesPerCode`.'),
});

export const FINDINGS = z.strictObject({
  total: count('Findings.'),
  bySeverity: severities,
  byEffect: z.strictObject({
    load: count('Loaded as they are.'),
    change: count('Loaded with a repaired value.'),
    reject: count('Kept out.'),
  }),
  byCode: z
    .array(CODE_COUNT)
    .describe('Errors first, then most findings. A code stands once for each severity and effect it had.'),
  byUnit: z.array(severities.extend({ unit })).describe('By symbol, without unit last.'),
  byYear: z.array(severities.extend({ year })).describe('Ascending, without year last.'),
  codeByUnit: z
    .array(z.strictObject({ code, unit, findings: count('Findings.') }))
    .describe('Cells of the heat map code × unit; empty cells are left out.'),
  codeByYear: z
    .array(z.strictObject({ code, year, findings: count('Findings.') }))
    .describe('Cells of the heat map code × year; empty cells are left out.'),
});

export const REJECTS = z.strictObject({
  records: count('Records kept out.'),
  byReason: z
    .array(z.strictObject({ entity: z.string(), code, records: count('Records with this reason.') }))
    .describe('Most first. A record with two reasons counts in both.'),
});

/** Corrections that the office wrote down (`corrections/`) and what became of them. */
export const CORRECTIONS = z.strictObject({
  applied: count('Values changed on their way.'),
  notApplied: count('Corrections that did not fit: the old value was another one, or the record was not there.'),
  list: z
    .array(
      z.strictObject({
        entity: z.string(),
        key: z.string(),
        field: z.string(),
        old: z.string().nullable().describe('Masked.'),
        new: z.string().nullable().describe('Masked.'),
        reason: z.string(),
        author: z.string(),
        date: z.string(),
        applied: z.boolean(),
      }),
    )
    .describe('The first of them; see `truncated.corrections`.'),
});

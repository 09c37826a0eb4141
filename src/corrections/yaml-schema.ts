import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const word = z.string().min(1);
const said = {
  reason: word.describe('Why; shown in the report and kept in the ledger. Default: that of the file.').optional(),
  author: word.describe('Who decided it. Default: that of the file.').optional(),
  date: z.union([word, z.date()]).describe('When, e.g. 2026-03-01. Default: that of the file.').optional(),
};

const single = z.strictObject({
  key: z
    .union([z.string().min(1), z.number()])
    .describe('Legacy key of the record; parts of a composite key with | between them.'),
  entity: word.describe('Entity of the mapping.'),
  field: word.describe('Source column, or a target column that comes from one source column.'),
  old: value.describe('What the source holds; empty or null: nothing.'),
  new: value.describe('What takes its place; null: nothing.'),
  ...said,
});

const lookup = z.strictObject({
  lookup: word.describe('CSV of two columns, old and new value, relative to this file; best in a folder below.'),
  entity: word,
  field: word,
  when: word.describe('Only records of whose source row this CEL expression holds.').optional(),
  ...said,
});

const values = z.strictObject({
  values: z.record(z.string(), value).describe('Old value → new value.'),
  entity: word,
  field: word,
  when: word.optional(),
  ...said,
});

const rule = z.strictObject({
  set: z.record(z.string(), value).describe('Field → new value.'),
  when: word.describe('CEL expression over the columns of the source row.'),
  entity: word,
  ...said,
});

/** A file `corrections/*.yaml`. */
export const CORRECTION_FILE = z.strictObject({
  ...said,
  corrections: z.array(z.union([single, lookup, values, rule])).min(1),
});

export type CorrectionFile = z.infer<typeof CORRECTION_FILE>;
export type CorrectionSpec = CorrectionFile['corrections'][number];

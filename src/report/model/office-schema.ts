import { z } from 'zod';
import { count, moment, unit, word, year } from './parts.ts';

/** Cases of one unit and year, by the year in the sign and the unit that holds them. */
export const CASES = z.strictObject({
  year,
  unit,
  cases: count('Cases loaded.'),
  closed: count('Of these, closed.'),
});

/** A size class of files. */
export const SIZE_CLASS = z.strictObject({
  upTo: z.int().nullable().describe('Upper bound in bytes, itself included; null: no bound (the last class).'),
  files: count('Files.'),
  bytes: count('Bytes together.'),
});

export const CONTENTS = z.strictObject({
  files: count('Contents (files) that the legacy system names.'),
  bytes: count('Their sizes together, as the legacy system tells them.'),
  withoutSize: count('Files whose size the legacy system does not tell.'),
  bySize: z.array(SIZE_CLASS).describe('Ascending; every class is there, also when empty.'),
  byExtension: z
    .array(
      z.strictObject({
        extension: z.string().nullable().describe('Small letters, without the dot; null: none.'),
        files: count('Files.'),
        bytes: count('Bytes together.'),
      }),
    )
    .describe('Most files first; at most 20, the rest summed as `*`.'),
  copied: z
    .strictObject({
      stored: count('Contents whose bytes are in the content store.'),
      bytes: count('Their bytes together, as counted while copying.'),
      failed: count('Contents that could not be copied.'),
    })
    .nullable()
    .describe('What was copied so far; null: nothing was tried.'),
});

/** What is in the office, as loaded when the run ended. */
export const OFFICE = z.strictObject({
  asOf: moment('When it was counted.'),
  cases: z.array(CASES).describe('By year, then unit.'),
  folders: z.strictObject({
    total: count('Folders (koszulki).'),
    withoutCase: count('Folders that belong to no case.'),
  }),
  documents: z
    .array(
      z.strictObject({
        kind: z.string().nullable().describe('Kind of document; null: none.'),
        documents: count('Documents.'),
      }),
    )
    .describe('Most documents first; at most 40, the rest summed as `*`.'),
  letters: z
    .array(z.strictObject({ year, incoming: count('Incoming letters.'), outgoing: count('Outgoing letters.') }))
    .describe('By year.'),
  contents: CONTENTS,
  units: z
    .array(z.strictObject({ symbol: word('Symbol.'), name: z.string().nullable().describe('Name; null: unknown.') }))
    .describe('Units that occur in this report, by symbol.'),
});

import { z } from 'zod';

/** How dump files are written, as far as the project file fixes it; the keys of `CsvDialect` in `src/sources/csv/dialect.ts`. */
export const CSV_DIALECT = z.strictObject({
  encoding: z
    .enum(['utf8', 'windows-1250', 'utf16le'])
    .describe('UTF-8, windows-1250, or what bcp -w writes.')
    .optional(),
  delimiter: z.string().min(1).describe('Between fields: "," ";" "\\t" "|".').optional(),
  quote: z
    .string()
    .length(1)
    .nullable()
    .describe('The character that may open a field; null: the file knows no quoting (bcp).')
    .optional(),
  header: z.boolean().describe('false: no header; the columns come from <table>.columns.txt.').optional(),
  rowEnd: z
    .enum(['crlf', 'lf', 'any'])
    .describe('crlf: only CR LF ends a row; lf: LF does; any: LF does, a CR before it is dropped.')
    .optional(),
  nullMarker: z.string().describe('The field that means NULL: "", NULL, \\N.').optional(),
  emptyMarker: z
    .string()
    .nullable()
    .describe('The field that means an empty text; bcp writes one NUL character.')
    .optional(),
});

/**
 * One line for Excel in Polish: `;` between fields, CRLF. Texts that a spreadsheet would take for a formula get an apostrophe in front
 * (plain numbers do not).
 */
export const csvLine = (fields: readonly string[]): string => `${fields.map(csvField).join(';')}\r\n`;

/** Byte order mark, by which Excel recognises UTF-8. */
export const CSV_START = '\uFEFF';

/** What a cell may not begin with; the wide forms are taken for the narrow ones by East Asian versions. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function csvField(text: string): string {
  const harmless = FORMULA.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

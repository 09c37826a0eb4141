/**
 * One line for Excel in Polish: `;` between fields, CRLF. Texts that a spreadsheet would take for a formula get an apostrophe in front
 * (plain numbers do not).
 */
export const csvLine = (fields: readonly string[]): string => `${fields.map(csvField).join(';')}\r\n`;

/** Byte order mark, by which Excel recognises UTF-8. */
export const CSV_START = '\uFEFF';

function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FilePosition } from '../core/errors.ts';
import { cellText } from '../core/sheet-cell.ts';
import { decodeText } from './decode-text.ts';
import type { PlacedValue } from './draft.ts';
import { parseCells } from './parse-cells.ts';
import type { ProblemList } from './problem-list.ts';
import { isEmptyMark } from './sheet-format.ts';

/**
 * Reads a look-up of old and new values: a CSV whose first line names the two columns (`stara;nowa`); an empty new value, or `(empty)`, is nothing. Returns null,
 * with the problem told, for a file that is none.
 */
export function readLookupValues(
  folder: string,
  file: string,
  at: FilePosition,
  problems: ProblemList,
): readonly (readonly [string, PlacedValue])[] | null {
  const text = readText(resolve(folder, file));
  if (text === null) {
    problems.error('lookupFile', { file }, at);
    return null;
  }
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const delimiter = [';', '\t', ','].find((each) => header.includes(each)) ?? ';';
  const fault = (place: { line: number; column: number }): void =>
    problems.error('badQuotes', {}, { file, ...place }, problems.text('badQuotesHint'));
  const found = new Map<string, PlacedValue>();
  let first = true;
  for (const cells of parseCells(text, delimiter, fault)) {
    const [old, wanted] = cells;
    const place = { file, line: old!.line, column: old!.column };
    if (wanted === undefined) {
      problems.error('lookupColumns', {}, place);
      return null;
    }
    const value = cellText(wanted.text).trim();
    const entry = { text: value === '' || isEmptyMark(value) ? null : value, at: place };
    const before = found.get(cellText(old!.text).trim());
    if (before !== undefined && before.text !== entry.text)
      problems.error('lookupTwice', { line: before.at.line }, place);
    if (!first) found.set(cellText(old!.text).trim(), entry);
    first = false;
  }
  return [...found];
}

function readText(path: string): string | null {
  try {
    return decodeText(readFileSync(path)).text.replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
}

/** A cell and where it begins; line and column count from 1. */
export interface SheetCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A quote that is never closed, or text behind one. */
export interface SheetFault {
  readonly line: number;
  readonly column: number;
}

/**
 * Cells of a delimited text, row by row, each with its place: quoted cells may hold delimiters, doubled quotes and line breaks. Empty lines are left out. A cell that is
 * not quoted right is taken as it stands and handed to `onFault`.
 */
export function* parseCells(
  text: string,
  delimiter: string,
  onFault: (fault: SheetFault) => void,
): Iterable<readonly SheetCell[]> {
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let row: SheetCell[] = [];
  const newLine = (end: number): number => {
    line += 1;
    lineStart = end;
    return end;
  };
  while (at < text.length) {
    const start = { line, column: at - lineStart + 1 };
    let cell = '';
    if (text[at] === '"') {
      const closed = quotedEnd(text, at);
      if (closed < 0) onFault(start);
      const end = closed < 0 ? text.length : closed;
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      for (let lf = text.indexOf('\n', at); lf >= 0 && lf < end; lf = text.indexOf('\n', lf + 1)) newLine(lf + 1);
      at = Math.min(end + 1, text.length);
    }
    const end = cellEnd(text, at, delimiter);
    if (end > at && cell !== '') onFault(start);
    cell += text.slice(at, end);
    row.push({ text: cell, ...start });
    at = end;
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      if (at < text.length && !isBreak(text, at)) continue;
      row.push({ text: '', line, column: at - lineStart + 1 });
    }
    at = newLine(afterBreak(text, at));
    if (row.length > 1 || row[0]!.text !== '') yield row;
    row = [];
  }
}

/** Position of the quote that closes the one at `at`; -1: none. */
function quotedEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 2))
    if (text[end + 1] !== '"') return end;
  return -1;
}

function cellEnd(text: string, at: number, delimiter: string): number {
  let end = at;
  while (end < text.length && !isBreak(text, end) && !text.startsWith(delimiter, end)) end += 1;
  return end;
}

const isBreak = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r';

const afterBreak = (text: string, at: number): number => {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return Math.min(at + 1, text.length);
};

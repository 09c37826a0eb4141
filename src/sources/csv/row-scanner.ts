import type { CsvDialect } from './dialect.ts';
import type { Haystack } from './haystack.ts';

const LF = 10;
const CR = 13;
const NONE = -1;

/** Longest quoted field whose closing quote is looked for, in bytes or UTF-16 units; beyond it the opening quote counts as a stray one. */
export const QUOTED_LIMIT = 16 * 1024 * 1024;

/**
 * Finds the ends of rows. A quote counts only where it opens a field. A row whose opening quote never closes properly (by delimiter, row end or end of
 * file after it), or that spans lines and has the wrong number of fields, is cut after its first line that makes sense as an end and marked
 * broken: one stray quote must not swallow the rest of the file. The answer depends on the bytes from the row's start on and on nothing else,
 * so that cutter and parser, and every cut, agree.
 */
export interface RowScanner {
  /** Offset after the row that starts at `start`, its row end included; -1: more data is needed. Call with rising offsets. */
  next(start: number): number;
  /** Lines (LF) of the last row, at least 1. */
  readonly lines: number;
  /** True when a quote opens a field of the last row. */
  readonly quoted: boolean;
  /** True when the last row cannot be read because of its quotes. */
  readonly broken: boolean;
}

/** `atEnd`: the haystack ends where the data ends, so that what is open at its end is complete. */
export function createRowScanner(hay: Haystack, dialect: CsvDialect, columns: number, atEnd: boolean): RowScanner {
  const quote = dialect.quote === null ? NONE : dialect.quote.charCodeAt(0);
  const delimiter = Array.from(dialect.delimiter, (character) => character.charCodeAt(0));
  const first = delimiter[0];
  const single = delimiter.length === 1;
  const crlf = dialect.rowEnd === 'crlf';
  let seenLf = -2;
  let seenQuote = -2;
  const state = { next, lines: 1, quoted: false, broken: false };

  /** Next quote at or after `from`, remembered from call to call. */
  function nextQuote(from: number): number {
    if (seenQuote !== NONE && seenQuote < from) seenQuote = hay.find(quote, from);
    return seenQuote;
  }
  function nextLf(from: number): number {
    if (seenLf !== NONE && seenLf < from) seenLf = hay.find(LF, from);
    return seenLf;
  }
  /** Offset of the LF that ends a row at or after `from`. */
  function nextEnd(from: number): number {
    let lf = nextLf(from);
    while (crlf && lf !== NONE && (lf === 0 || hay.at(lf - 1) !== CR)) {
      state.lines += 1;
      lf = nextLf(lf + 1);
    }
    return lf;
  }
  const isDelimiter = (offset: number): boolean => hay.at(offset) === first && (single || continues(offset));
  function continues(offset: number): boolean {
    for (let i = 1; i < delimiter.length; i++) if (hay.at(offset + i) !== delimiter[i]) return false;
    return true;
  }
  const opensField = (offset: number, start: number): boolean =>
    offset === start || (offset - delimiter.length >= start && isDelimiter(offset - delimiter.length));

  /** Offset after the closing quote of the field opened at `open`; -1: more data is needed; -2: it does not close properly. */
  function closing(open: number): number {
    let at = hay.find(quote, open + 1);
    while (at !== NONE && at - open <= QUOTED_LIMIT && hay.at(at + 1) === quote) at = hay.find(quote, at + 2);
    if (at === NONE || at - open > QUOTED_LIMIT) return !atEnd && hay.length - open <= QUOTED_LIMIT ? -1 : -2;
    const after = at + 1;
    if (after + Math.max(1, delimiter.length - 1) >= hay.length) {
      if (!atEnd) return -1;
      if (after === hay.length) return after;
    }
    const code = hay.at(after);
    const rowEnd = code === LF || (code === CR && (hay.at(after + 1) === LF || after + 1 === hay.length));
    return rowEnd || isDelimiter(after) ? after : -2;
  }
  /** End of the row after its last quote; -1: more data is needed. */
  function finish(from: number): number {
    const lf = nextEnd(from);
    return lf !== NONE ? lf + 1 : atEnd ? hay.length : -1;
  }
  function broken(start: number, from: number): number {
    seenLf = -2;
    state.lines = 1;
    const end = finish(from);
    state.broken = true;
    if (end > start) state.lines = countLines(start, end);
    seenQuote = -2;
    return end;
  }
  function countLines(start: number, end: number): number {
    let lines = 0;
    for (let lf = hay.find(LF, start); lf !== NONE && lf < end; lf = hay.find(LF, lf + 1)) lines += 1;
    return Math.max(1, lines);
  }

  function next(start: number): number {
    state.lines = 1;
    state.quoted = false;
    state.broken = false;
    if (quote === NONE) return finish(start);
    let from = start;
    for (;;) {
      const open = nextQuote(from);
      const lf = nextEnd(from);
      if (open === NONE || (lf !== NONE && lf < open)) break;
      if (!opensField(open, start)) {
        from = open + 1;
        continue;
      }
      state.quoted = true;
      const close = closing(open);
      if (close === -1) return -1;
      if (close === -2) return broken(start, open);
      from = close;
    }
    const end = finish(from);
    if (end === -1 || !state.quoted) return end;
    const lines = countLines(start, end);
    if (lines > 1 && fieldsOf(start, end) !== columns) return broken(start, start);
    state.lines = lines;
    return end;
  }

  /** Fields of a row whose quotes are in order. */
  function fieldsOf(start: number, end: number): number {
    let fields = 1;
    for (let at = start; at < end; ) {
      if (hay.at(at) === quote && opensField(at, start)) at = closing(at);
      else if (isDelimiter(at)) {
        fields += 1;
        at += delimiter.length;
      } else at += 1;
    }
    return fields;
  }
  return state;
}

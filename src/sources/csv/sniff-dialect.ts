import type { CsvDialect, CsvDialectSettings, CsvEncoding, CsvRowEnd } from './dialect.ts';

/** Decoded pieces of a file: its start, and parts from further on (each begins at a row's start as far as line ends tell). */
export interface Sample {
  readonly encoding: CsvEncoding;
  readonly start: string;
  readonly further: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINES = 200;
const FEW_QUOTES = 5;

/**
 * Finds out how a file is written, from samples of it. What `settings` fix is taken as it is. `columns`: number of columns when a columns file tells.
 * A wrong guess shows: the delimiter by a single column, the quote by broken lines.
 */
export function sniffDialect(sample: Sample, settings: CsvDialectSettings, columns: number | null): CsvDialect {
  const { start } = sample;
  const quoteTried = settings.quote === undefined ? '"' : settings.quote;
  const delimiter = settings.delimiter ?? sniffDelimiter(start, quoteTried, columns);
  const quote = settings.quote === undefined ? sniffQuote(start, delimiter) : settings.quote;
  const pieces = [start, ...sample.further];
  return {
    encoding: sample.encoding,
    delimiter,
    quote,
    header: settings.header ?? columns === null,
    rowEnd: settings.rowEnd ?? sniffRowEnd(start, quote),
    nullMarker: settings.nullMarker ?? sniffNullMarker(pieces, delimiter) ?? '',
    emptyMarker: settings.emptyMarker === undefined ? (quote === null ? '\0' : null) : settings.emptyMarker,
  };
}

/** UTF-8 unless its rules are broken more often than kept; UTF-16 by its mark or its zero bytes. */
export function sniffEncoding(pieces: readonly Uint8Array[]): CsvEncoding {
  const [start] = pieces;
  if (start === undefined || start.length === 0) return 'utf8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf16le';
  let zeros = 0;
  for (let i = 1; i < start.length; i += 2) if (start[i] === 0) zeros += 1;
  if (zeros > start.length / 8) return 'utf16le';
  let wrong = 0;
  let right = 0;
  for (const piece of pieces) {
    const text = new TextDecoder('utf8').decode(inner(piece));
    for (const character of text) {
      if (character === '\uFFFD') wrong += 1;
      else if (character > '\u007F') right += 1;
    }
  }
  return wrong > right ? 'windows-1250' : 'utf8';
}

/** A piece without the halves of characters at its ends. */
function inner(piece: Uint8Array): Uint8Array {
  let from = 0;
  let to = piece.length;
  while (from < 3 && from < to && (piece[from]! & 0xc0) === 0x80) from += 1;
  for (let back = 1; back <= 3 && to - back > from; back++) {
    const byte = piece[to - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    if (byte >= 0xc0) to -= back;
    break;
  }
  return piece.subarray(from, to);
}

function sniffDelimiter(text: string, quote: string | null, columns: number | null): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = rowWidths(text, delimiter, quote);
    const wanted = columns ?? counts[0] ?? 1;
    if (wanted < 2) continue;
    const score = counts.filter((count) => count === wanted).length / counts.length + wanted / 10_000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Number of fields of the first rows; a rough reading that is good enough to compare delimiters. */
function rowWidths(text: string, delimiter: string, quote: string | null): number[] {
  const widths: number[] = [];
  let width = 1;
  let quoted = false;
  for (let i = 0; i < text.length && widths.length < LINES; i++) {
    const character = text[i];
    if (character === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) width += 1;
    else if (character === '\n') {
      widths.push(width);
      width = 1;
    }
  }
  if (widths.length === 0) widths.push(width);
  return widths;
}

/**
 * Quotes count when more of them open and close fields properly than not. With little to go by, comma and semicolon files count as quoted (a quote that means
 * nothing then shows as a broken line), others as not.
 */
function sniffQuote(text: string, delimiter: string): string | null {
  const escaped = delimiter.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&');
  const opening = new RegExp(`(?:^|\\n|${escaped})"`, 'g');
  const wellFormed = new RegExp(`(?:^|\\n|${escaped})"(?:[^"]|"")*"(?=${escaped}|\\r?\\n|$)`, 'g');
  const proper = text.match(wellFormed)?.length ?? 0;
  // Looked for outside the proper ones: JSON inside a field is full of `,""`.
  const stray = text.replace(wellFormed, '').match(opening)?.length ?? 0;
  if (proper + stray < FEW_QUOTES && (delimiter === ',' || delimiter === ';')) return '"';
  return proper > stray ? '"' : null;
}

function sniffRowEnd(text: string, quote: string | null): CsvRowEnd {
  const outside = quote === null ? text : text.replace(/"(?:[^"]|"")*"/g, '');
  const all = outside.match(/\n/g)?.length ?? 0;
  const withCr = outside.match(/\r\n/g)?.length ?? 0;
  if (withCr === 0) return 'lf';
  if (withCr === all) return 'crlf';
  return quote === null && withCr * 2 > all ? 'crlf' : 'any';
}

/** The marker that stands as a whole field somewhere; undefined when no sample has one. */
export function sniffNullMarker(pieces: readonly string[], delimiter: string): string | undefined {
  for (const marker of ['NULL', '\\N']) {
    const found = pieces.some((piece) => piece.split(/\r?\n/).some((line) => line.split(delimiter).includes(marker)));
    if (found) return marker;
  }
  return undefined;
}

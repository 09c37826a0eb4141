import type { CsvDialect } from './dialect.ts';
import { inBytes, inText } from './haystack.ts';
import { createRowScanner } from './row-scanner.ts';

/** Bytes after which a slice is full, whatever its rows. */
export const SLICE_BYTES = 1024 * 1024;

/** Where a slice starts: bytes from the file's start (unpacked), lines from 1, rows from 0. */
export interface CutPosition {
  readonly offset: number;
  readonly line: number;
  readonly row: number;
}

/** Whole rows in the file's own encoding, in a buffer of their own (fit for transfer to a thread). */
export interface CutSlice {
  readonly bytes: Uint8Array;
  readonly start: CutPosition;
  readonly end: CutPosition;
}

export interface CutRequest {
  readonly dialect: CsvDialect;
  /** Number of columns of the file. */
  readonly columns: number;
  readonly from: CutPosition;
  readonly sliceRows: number;
}

/**
 * Cuts a stream of bytes into slices at row boundaries. Holds one slice and one chunk, or one row when that is longer.
 * Line ends after the last row are dropped.
 */
export async function* cutSlices(chunks: AsyncIterable<Uint8Array>, request: CutRequest): AsyncGenerator<CutSlice> {
  let rest: Rest = { bytes: Buffer.alloc(0), start: request.from };
  let wanted = 1;
  for await (const chunk of chunks) {
    rest = { ...rest, bytes: Buffer.concat([rest.bytes, chunk]) };
    if (rest.bytes.length < wanted) continue;
    rest = yield* cutHeld(rest, request, false);
    wanted = 2 * rest.bytes.length; // a row longer than a chunk is scanned again only when twice as much is there
  }
  yield* cutHeld(rest, request, true);
}

/** Bytes not yet handed out, and where they start. */
interface Rest {
  readonly bytes: Buffer;
  readonly start: CutPosition;
}

/** Hands out full slices; at the end of the file also the last, shorter one. */
function* cutHeld(held: Rest, request: CutRequest, atEnd: boolean): Generator<CutSlice, Rest> {
  const { dialect, columns, sliceRows } = request;
  const unit = dialect.encoding === 'utf16le' ? 2 : 1;
  const bytes = atEnd ? wholeUnits(held.bytes, unit) : held.bytes;
  const rows = columns === 1 ? bytes : withoutLineEnds(bytes, unit);
  const hay = unit === 2 ? inText(rows.toString('utf16le')) : inBytes(rows);
  const scanner = createRowScanner(hay, dialect, columns, atEnd);
  let start = held.start;
  for (let from = 0; ; ) {
    let to = from;
    let count = 0;
    let lines = 0;
    const full = (): boolean => count === sliceRows || (to - from) * unit >= SLICE_BYTES;
    while (to < hay.length && !full()) {
      const end = scanner.next(to);
      if (end === -1) break;
      to = end;
      count += 1;
      lines += scanner.lines;
    }
    if (count === 0 || !(full() || atEnd)) return { bytes: held.bytes.subarray(from * unit), start };
    const end = { offset: start.offset + (to - from) * unit, line: start.line + lines, row: start.row + count };
    yield { bytes: Uint8Array.prototype.slice.call(bytes, from * unit, to * unit), start, end };
    start = end;
    from = to;
  }
}

/** Half a UTF-16 unit at the end of a file becomes one that no text holds, so that its row is reported as unreadable. */
const wholeUnits = (bytes: Buffer, unit: number): Buffer =>
  bytes.length % unit === 0 ? bytes : Buffer.concat([bytes, Buffer.from([0xd8])]);

/** Line ends at the end are held back until more follows: at the end of a file they are no empty rows (in a table of one column they are). */
function withoutLineEnds(bytes: Buffer, unit: number): Buffer {
  let end = bytes.length - (bytes.length % unit);
  while (end >= unit && isLineEnd(bytes[end - unit]) && (unit === 1 || bytes[end - 1] === 0)) end -= unit;
  return bytes.subarray(0, end);
}

const isLineEnd = (code: number | undefined): boolean => code === 10 || code === 13;

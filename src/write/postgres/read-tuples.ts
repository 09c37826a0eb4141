import type { SqlSession } from '../session.ts';

/** Tuples of COPY … (FORMAT binary): tuple `i` is `bytes[offsets[i] … offsets[i + 1])`, field count first. */
export interface Tuples {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** Signature, flags and length of the header extension. */
const HEADER = 19;

/** What a query answers, as tuples in binary format; a piece of the stream at a time. */
export async function* readTuples(session: SqlSession, query: string): AsyncGenerator<Tuples> {
  let rest: Uint8Array = new Uint8Array(0);
  let started = false;
  for await (const piece of session.copyOut(query)) {
    // Never a Buffer, whose slice would not copy
    const chunk = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    if (!started && bytes.length < HEADER) {
      rest = bytes;
      continue;
    }
    const from = started ? 0 : HEADER;
    started = true;
    const cut = cutTuples(bytes, from);
    if (cut.count > 0) yield cut;
    rest = bytes.subarray(cut.offsets[cut.count]);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The whole tuples from `at` on; the last offset is where the first incomplete one (or the trailer) begins. */
function cutTuples(bytes: Uint8Array, from: number): Tuples {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offsets = new Uint32Array(1024);
  let count = 0;
  let at = from;
  for (;;) {
    const end = endOfTuple(view, at);
    if (end < 0) break;
    if (count + 2 > offsets.length) offsets = enlarged(offsets);
    offsets[count] = at;
    count += 1;
    at = end;
  }
  offsets[count] = at;
  return { count, bytes, offsets: offsets.subarray(0, count + 1) };
}

/** -1: not whole, or the trailer. */
function endOfTuple(view: DataView, start: number): number {
  const { byteLength } = view;
  if (start + 2 > byteLength) return -1;
  const fields = view.getInt16(start);
  if (fields < 0) return -1;
  let at = start + 2;
  for (let i = 0; i < fields; i++) {
    if (at + 4 > byteLength) return -1;
    const length = view.getInt32(at);
    at += 4 + Math.max(length, 0);
  }
  return at <= byteLength ? at : -1;
}

function enlarged(from: Uint32Array): Uint32Array<ArrayBuffer> {
  const into = new Uint32Array(from.length * 2);
  into.set(from);
  return into;
}

/** Bytes of each field of one tuple; null: NULL. */
export function fieldsOf(tuple: Uint8Array): (Uint8Array | null)[] {
  const view = new DataView(tuple.buffer, tuple.byteOffset, tuple.byteLength);
  const fields: (Uint8Array | null)[] = [];
  let at = 2;
  for (let i = view.getInt16(0); i > 0; i--) {
    const length = view.getInt32(at);
    at += 4;
    fields.push(length < 0 ? null : tuple.subarray(at, at + length));
    at += Math.max(length, 0);
  }
  return fields;
}

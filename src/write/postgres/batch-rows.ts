import type { Finding } from '../../core/finding.ts';
import type { LegacyKey } from '../../core/record.ts';
import { type EncodedSlice, keyAt } from '../../core/slice.ts';
import type { Batch } from '../target.ts';

/** What becomes of a row of a batch. */
export const VERDICT = { insert: 0, update: 1, unchanged: 2, reject: 3, skip: 4 } as const;

/** Bytes from the start of a row image to the id: field count and length of the first field. */
const ID_OFFSET = 6;

/** The encoded rows of all slices of a batch, numbered through, with the verdict on each. */
export class BatchRows {
  readonly slices: readonly EncodedSlice[];
  readonly total: number;
  readonly verdicts: Uint8Array;
  /** Row images that replace the encoded ones, by row number. */
  readonly replaced = new Map<number, Uint8Array>();
  /** Reasons of rows that were rejected here. */
  readonly reasons = new Map<number, Finding[]>();
  /** Reasons of rows that were skipped here. */
  readonly skips = new Map<string, number>();
  /** Required parents that rows miss. */
  readonly waits: { readonly row: number; readonly parent: string; readonly key: LegacyKey }[] = [];
  readonly #starts: number[] = [];

  constructor(batch: Batch) {
    this.slices = batch.slices.map((slice) => slice.encoded);
    let total = 0;
    for (const slice of this.slices) {
      this.#starts.push(total);
      total += slice.count;
    }
    this.total = total;
    this.verdicts = new Uint8Array(total);
  }

  /** Number of the slice that row `row` is in. */
  sliceOf(row: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First row number of a slice. */
  startOf(slice: number): number {
    return this.#starts[slice]!;
  }

  key(row: number): LegacyKey {
    const slice = this.sliceOf(row);
    return keyAt(this.slices[slice]!.keys, row - this.#starts[slice]!) ?? '';
  }

  /** Position among the source rows of its slice. */
  position(row: number): { slice: number; position: number } {
    const slice = this.sliceOf(row);
    return { slice, position: this.slices[slice]!.positions[row - this.#starts[slice]!]! };
  }

  image(row: number): Uint8Array {
    const other = this.replaced.get(row);
    if (other !== undefined) return other;
    const slice = this.sliceOf(row);
    const { bytes, offsets } = this.slices[slice]!;
    const local = row - this.#starts[slice]!;
    return bytes.subarray(offsets[local]!, offsets[local + 1]!);
  }

  /** Copies the 16 bytes of the target id. */
  writeId(row: number, out: Uint8Array, at: number): void {
    const slice = this.sliceOf(row);
    const { bytes, offsets } = this.slices[slice]!;
    const from = offsets[row - this.#starts[slice]!]! + ID_OFFSET;
    out.set(bytes.subarray(from, from + 16), at);
  }

  /** Copies the 8 bytes of the row hash. */
  writeHash(row: number, out: Uint8Array, at: number): void {
    const slice = this.sliceOf(row);
    const from = (row - this.#starts[slice]!) * 8;
    out.set(this.slices[slice]!.hashes.subarray(from, from + 8), at);
  }

  reject(row: number, reason: Finding): void {
    this.verdicts[row] = VERDICT.reject;
    const reasons = this.reasons.get(row);
    if (reasons === undefined) this.reasons.set(row, [reason]);
    else reasons.push(reason);
  }

  wait(row: number, parent: string, key: LegacyKey): void {
    this.waits.push({ row, parent, key });
  }

  skip(row: number, reason: string): void {
    this.verdicts[row] = VERDICT.skip;
    this.skips.set(reason, (this.skips.get(reason) ?? 0) + 1);
  }

  /** Row numbers with this verdict, ascending. */
  with(verdict: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.total; row++) if (this.verdicts[row] === verdict) rows.push(row);
    return rows;
  }

  /** Images of these rows (ascending), neighbours joined to one piece. */
  images(rows: readonly number[]): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < rows.length; ) {
      const first = rows[i]!;
      const slice = this.sliceOf(first);
      const start = this.#starts[slice]!;
      const end = start + this.slices[slice]!.count;
      if (this.replaced.has(first)) {
        pieces.push(this.image(first));
        i += 1;
        continue;
      }
      let next = i + 1;
      while (
        next < rows.length &&
        rows[next] === rows[next - 1]! + 1 &&
        rows[next]! < end &&
        !this.replaced.has(rows[next]!)
      )
        next += 1;
      const { bytes, offsets } = this.slices[slice]!;
      pieces.push(bytes.subarray(offsets[first - start]!, offsets[rows[next - 1]! - start + 1]!));
      i = next;
    }
    return pieces;
  }

  /** Ids of these rows as one parameter. */
  ids(rows: readonly number[]): { readonly kind: 'uuid[]'; readonly bytes: Uint8Array } {
    const bytes = new Uint8Array(rows.length * 16);
    for (let i = 0; i < rows.length; i++) this.writeId(rows[i]!, bytes, i * 16);
    return { kind: 'uuid[]', bytes };
  }

  /** Hashes of these rows as one parameter. */
  hashes(rows: readonly number[]): { readonly kind: 'int8[]'; readonly bytes: Uint8Array } {
    const bytes = new Uint8Array(rows.length * 8);
    for (let i = 0; i < rows.length; i++) this.writeHash(rows[i]!, bytes, i * 8);
    return { kind: 'int8[]', bytes };
  }
}

/** A copy of a row image with some columns (by position) set to NULL. */
export function withNulls(image: Uint8Array, columns: ReadonlySet<number>): Uint8Array {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const out = new Uint8Array(image.length);
  const outView = new DataView(out.buffer);
  const count = view.getInt16(0);
  outView.setInt16(0, count);
  let from = 2;
  let to = 2;
  for (let column = 0; column < count; column++) {
    const length = view.getInt32(from);
    const size = 4 + Math.max(length, 0);
    if (columns.has(column)) {
      outView.setInt32(to, -1);
      to += 4;
    } else {
      out.set(image.subarray(from, from + size), to);
      to += size;
    }
    from += size;
  }
  return out.subarray(0, to);
}

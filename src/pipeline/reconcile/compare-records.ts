import { KeyBitmap } from '../../core/key-bitmap.ts';
import { keyText, type LegacyKey } from '../../core/record.ts';
import { keyAt } from '../../core/slice.ts';
import { uuidText } from '../../core/target-id.ts';
import type { ImageSlice, RowImages } from '../../write/target-reader.ts';
import { EXPECTED, type Expectation } from './expectation.ts';
import { type Place, placeAt } from './id-place.ts';
import type { IdSet } from './id-set.ts';
import type { ReadSlice } from './read-expected.ts';

/** A record that differs, before anybody said why. */
export interface RawDifference {
  readonly id: string;
  /** Key as the source has it today; null: the source has no such record to load. */
  readonly key: LegacyKey | null;
  /** What should be there; null: nothing. */
  readonly source: Uint8Array | null;
  /** Hash of the source record as a run would note it. */
  readonly sourceHash: bigint | null;
  readonly target: Uint8Array | null;
  /** Codes of the reject that keeps the source record out today. */
  readonly codes: readonly string[];
}

export interface RecordComparison {
  readonly images: RowImages;
  readonly expectation: Expectation;
  /** Only these ids of the target are meant; null: all. */
  readonly expected: IdSet | null;
  /** Whether an id is in a range that is looked at. */
  readonly wanted: (place: Place) => boolean;
  /** Text of the id of a legacy key. */
  readonly idText: (key: LegacyKey) => string;
  readonly recycle: (bytes: Uint8Array) => void;
}

/** Compares ranges record by record: the target's rows of the ranges are kept, those of the source streamed past them. */
export async function compareRecords(
  work: RecordComparison,
  target: AsyncIterable<ImageSlice>,
  source: AsyncIterable<ReadSlice>,
): Promise<RawDifference[]> {
  const rows = await keepRows(work, target);
  const differences = new Map<string, RawDifference>();
  const rejected = new Map<string, readonly string[]>();
  const seen = new KeyBitmap();
  for await (const { encoded } of source) {
    for (const { key, reasons } of encoded.rejected) if (key !== null) rejected.set(work.idText(key), codesOf(reasons));
    const judged = await work.expectation.judge(encoded, seen);
    compareSlice(work, judged, rows, differences);
    work.recycle(encoded.bytes);
  }
  for (const [id, row] of rows) {
    if (row.met) continue;
    const codes = rejected.get(id) ?? [];
    differences.set(id, { id, key: null, source: null, sourceHash: null, target: row.image, codes });
  }
  return [...differences.values()];
}

interface KeptRow {
  readonly image: Uint8Array;
  met: boolean;
}

async function keepRows(
  { images, expected }: RecordComparison,
  slices: AsyncIterable<ImageSlice>,
): Promise<Map<string, KeptRow>> {
  const rows = new Map<string, KeptRow>();
  for await (const { bytes, count, offsets } of slices) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let row = 0; row < count; row++) {
      const id = offsets[row]! + images.idOffset;
      if (expected?.has(view.getUint32(id + 8), view.getUint32(id + 12)) === false) continue;
      const image = bytes.slice(offsets[row]!, offsets[row + 1]!);
      rows.set(uuidText(image, images.idOffset), { image, met: false });
    }
  }
  return rows;
}

function compareSlice(
  { images, wanted }: RecordComparison,
  { encoded, replaced, verdicts }: Awaited<ReturnType<Expectation['judge']>>,
  rows: Map<string, KeptRow>,
  differences: Map<string, RawDifference>,
): void {
  const { bytes, count, hashes, keys, offsets } = encoded;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hashView = new DataView(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  const place: Place = { hashed: false, number: 0 };
  for (let row = 0; row < count; row++) {
    const again = verdicts[row] === EXPECTED.duplicate;
    if (verdicts[row] !== EXPECTED.yes && !again) continue;
    const start = offsets[row]!;
    placeAt(view, start + images.idOffset, place);
    if (!wanted(place)) continue;
    const image = replaced.get(row) ?? bytes.subarray(start, offsets[row + 1]!);
    const id = uuidText(image, images.idOffset);
    const found = rows.get(id);
    if (found !== undefined) {
      found.met = true;
      if (images.hash(found.image) === images.hash(image)) {
        // Of several rows with one key in different partitions, the one that a run met first is the record
        if (again) differences.delete(id);
        continue;
      }
    }
    if (again) continue;
    differences.set(id, {
      id,
      key: keyAt(keys, row),
      source: new Uint8Array(image),
      sourceHash: hashView.getBigInt64(row * 8),
      target: found?.image ?? null,
      codes: [],
    });
  }
}

const codesOf = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);

export const keyOrNull = (key: LegacyKey | null): string | null => (key === null ? null : keyText(key));

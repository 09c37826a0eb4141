import type { CorrectionUse } from './correction.ts';
import type { Finding, RecordFinding } from './finding.ts';
import type { LegacyKey, SourceRow, SourceValue } from './record.ts';

/**
 * Consecutive rows as a source hands them on: either rows, or bytes that a worker thread still has to parse (a CSV dump). A source cuts slices
 * at row boundaries, a few thousand rows or about a megabyte each.
 */
export type SourceSlice = {
  /** Where to go on after this slice; opaque to everyone but the source; JSON. */
  readonly next: SourcePosition;
  /** Number of the first row of the slice within its partition, from 0, for messages. */
  readonly firstRow: number;
  /** What the source has to say besides rows: of its containers, and of objects that it could not read. Absent: nothing. */
  readonly remarks?: readonly SourceRemark[];
} & (
  | { readonly kind: 'rows'; readonly rows: readonly SourceRow[] }
  | { readonly kind: 'raw'; readonly parser: string; readonly bytes: Uint8Array; readonly spec: RawSpec }
);

/**
 * A finding of a source on something that is no row. With effect `reject` it is an object that could not be read: counted as read and rejected, like a broken
 * line of a dump; `value` is then its place.
 */
export type SourceRemark = RecordFinding;

/** What a raw parser needs besides the bytes; plain data, understood by the source's own parser only. */
export type RawSpec = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | readonly number[]>
>;

/** Resume token of a source; JSON. `null`: from the beginning. */
export type SourcePosition = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number | null)[]>
> | null;

/**
 * What a raw parser makes of a raw slice. A line that cannot be read is not a row: it is a problem, counted as read and rejected with its raw text.
 */
export interface ParsedSlice {
  readonly rows: readonly SourceRow[];
  /** `row` is the position among the rows of the slice before which the broken line stood. */
  readonly broken: readonly BrokenLine[];
}
export interface BrokenLine {
  readonly row: number;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

/** Many keys, compact: safe integers in `ints` (NaN where the key is not one or is null), all others in `texts` by index. */
export interface KeyColumn {
  readonly ints: Float64Array;
  readonly texts: ReadonlyMap<number, string>;
}

export const keyAt = (keys: KeyColumn, index: number): LegacyKey | null => {
  const int = keys.ints[index]!;
  return Number.isNaN(int) ? (keys.texts.get(index) ?? null) : int;
};

/** References of one column to one parent entity, by legacy key; null keys are absent references. */
export interface RefColumn {
  readonly column: string;
  readonly parent: string;
  readonly required: boolean;
  readonly late: boolean;
  readonly keys: KeyColumn;
}

/**
 * A slice after transform, validate and encode: what the write path needs and no more. Row images are opaque bytes in the target's own encoding;
 * row `i` is `bytes[offsets[i] … offsets[i + 1])`.
 */
export interface EncodedSlice {
  /** Rows read from the source, broken lines and skipped ones included. read = count + rejected.length + sum(skipped) */
  readonly read: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
  readonly keys: KeyColumn;
  /** Position of each encoded row among the rows of the source slice, for `explain`. */
  readonly positions: Uint32Array;
  /** 64-bit hash of each row image, big-endian, 8 bytes a row. */
  readonly hashes: Uint8Array;
  readonly refs: readonly RefColumn[];
  readonly findings: readonly Finding[];
  readonly rejected: readonly StageReject[];
  /** Rows kept out by scope or `where`: reason → number. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What became of corrections in this slice; absent: none is about it. */
  readonly corrections?: readonly CorrectionUse[];
  /** For each encoded row: 1 when its unit works in the new system already, 2 when this is the last sync for it, else 0; absent: 0 for all. */
  readonly frozen?: Uint8Array;
  /** Keys of rows that are in the source, but belong to units outside `--unit`; absent: none. */
  readonly outside?: readonly LegacyKey[];
}

/** A record that a transform or a rule kept out. */
export interface StageReject {
  readonly key: LegacyKey | null;
  /** Position among the rows of the source slice; -1 for a broken line or a remark of the source. */
  readonly position: number;
  /** The source row whole, by column name; for a broken line `{ raw, file, line }`, `raw` null where the table holds secrets; for a remark of the source `{ place, … }`. */
  readonly source: Readonly<Record<string, SourceValue>>;
  /** At least one with effect reject. */
  readonly reasons: readonly Finding[];
}

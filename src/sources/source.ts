import type { SourceCatalogue } from '../core/catalogue.ts';
import type { ParsedSlice, RawSpec, SourcePosition, SourceSlice } from '../core/slice.ts';
import type { SourceChanges } from './changes.ts';

/** Where records come from. Implementations: `csv/` (a dump), `mssql/`, `package/`, `memory/` (tests and benchmarks). Never writes anywhere. */
export interface Source {
  readonly kind: string;

  /** Tables, columns, keys, sizes. Called once or twice a run; must not read whole tables. */
  catalogue(): Promise<SourceCatalogue>;

  /**
   * Cuts a table into at most `wanted` key ranges that can be read side by side. Called once when an entity is planned; the result is kept in the
   * ledger, so it must be JSON and mean the same after a restart. A source that cannot cut returns one partition.
   */
  partitions(table: string, key: readonly string[], wanted: number): Promise<readonly SourcePartition[]>;

  /**
   * Streams one partition. May be called again from any position a slice ended at (resume, retry) and then yields exactly the rest.
   * Must not hold more than a few slices in memory; stops reading while the consumer does not pull.
   * `request.columns` gives the order of the values. Rows come in any order, but in the same order each time the source is unchanged;
   * when it has changed so that `position` means nothing any more, throws EzdError SOURCE_CHANGED-like `SOURCE_UNREADABLE` with the hint to start the entity again.
   */
  read(request: ReadRequest, position: SourcePosition): AsyncIterable<SourceSlice>;

  /** What changed since a mark, and rows by key; absent where the source can only be read whole (dumps, packages). */
  readonly changes?: SourceChanges;

  close(): Promise<void>;
}

export interface ReadRequest {
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly partition: SourcePartition;
  /**
   * Where to end: a position that a slice of this partition ended at, its rows included; absent or null: at the end of the partition. Ends exactly there, also
   * when slices are cut elsewhere than the last time, and whatever order the keys of the position have come back in from the ledger.
   */
  readonly until?: SourcePosition;
  /** SQL condition, for SQL Server only. */
  readonly sql: string | null;
  /**
   * Only rows whose integer key lies in these stripes are wanted: key / width modulo `of` is `turn`. A hint: a source may hand over other rows too, and must hand over
   * those whose key is no whole number from 0 to 2^53.
   */
  readonly stripes?: KeyStripes;
  /** Rows a slice should have; fewer when they are wide (about 1 MiB). */
  readonly sliceRows: number;
  readonly signal: AbortSignal;
}

/** Every `of`-th stripe of `width` keys, beginning with number `turn`. */
export interface KeyStripes {
  readonly width: number;
  readonly of: number;
  readonly turn: number;
}

/** `range` is opaque to everyone but the source. */
export interface SourcePartition {
  readonly index: number;
  readonly range: SourcePosition;
}

/** Turns raw slices into rows, in a worker thread. Pure; `spec` is what the source put into the slice. */
export type RawParser = (bytes: Uint8Array, spec: RawSpec) => ParsedSlice;

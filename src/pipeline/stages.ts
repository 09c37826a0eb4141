import type { SourceValue } from '../core/record.ts';
import type { EncodedSlice, ParsedSlice, SourceSlice } from '../core/slice.ts';
import type { CorrectionsData } from '../transform/corrections/pack-corrections.ts';
import type { FoldIndexData } from '../transform/fold-index.ts';
import type { JoinIndexData } from '../transform/join-index.ts';
import type { KeySample } from '../write/target-reader.ts';

/**
 * What a stage needs to know, as plain data: it is built from this in this thread and in every worker.
 */
export interface StageSpec {
  readonly entity: string;
  /** Fold index by entity, for this entity and every folded entity it refers to. */
  readonly folds: Readonly<Record<string, FoldIndexData>>;
  /** Join index by alias. */
  readonly joins: Readonly<Record<string, JoinIndexData>>;
  /** Units in scope as keys of `from.unit`; null: all. */
  readonly scope: readonly string[] | null;
  /** Units that work in the new system already, as keys of `from.unit`; absent: none. */
  readonly frozen?: readonly string[];
  /** Units whose last sync this is. */
  readonly leaving?: readonly string[];
  /** Milliseconds since the epoch that rules and sentinels call "now"; one value a run, so that every record is judged by the same clock. */
  readonly now: number;
  /** The office's corrections of this entity; absent: none, and rows go on as they are. */
  readonly corrections?: CorrectionsData;
  /** Only a sample of keys is wanted: rows with other integer keys are passed over before they cost anything. Absent or null: all. */
  readonly sample?: KeySample | null;
}

/** A stage, in this thread or in worker threads. */
export interface Stage {
  /** How many slices may be under way side by side. */
  readonly width: number;
  process(slice: SourceSlice): Promise<EncodedSlice>;
  /** Source rows whole, at these positions of a slice. Only called for rejects. */
  explain(slice: SourceSlice, positions: readonly number[]): Promise<readonly Readonly<Record<string, SourceValue>>[]>;
  /** Takes the bytes of a committed slice back, so that memory does not grow with the number of slices. */
  recycle(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** Opens stages. Called once an entity. */
export interface Stages {
  open(spec: StageSpec): Promise<Stage>;
  /** Parses a slice in this thread; for the passes that build fold and join indexes. */
  parse(slice: SourceSlice): ParsedSlice;
  close(): Promise<void>;
}

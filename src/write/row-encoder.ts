import type { TargetValue } from '../core/record.ts';

/** Row images of a slice, in the target's own encoding. */
export interface EncodedRows {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Row `i` is `bytes[offsets[i] … offsets[i + 1])`. */
  readonly offsets: Uint32Array;
  /** 64-bit hash of each row image, big-endian. */
  readonly hashes: Uint8Array;
}

/** Turns records of one entity into row images. Lives in a stage (this thread or a worker); pure but for its buffer. */
export interface RowEncoder {
  /** Values in the order of `EntityPlan.fields`. Called once a record. */
  append(values: readonly TargetValue[]): void;
  /** Hands over what was appended and starts anew, in another buffer. Called once a slice. */
  take(): EncodedRows;
  /** Gives the bytes of a slice back when its batch is committed, so that the next one is written into the same memory. Optional for the caller. */
  recycle(bytes: Uint8Array): void;
}

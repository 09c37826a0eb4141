/**
 * What is looked at to recognise a file: all of a small one, beginning and end of a big one.
 * `tail` is the same array as `head` when `whole`.
 */
export interface FileView {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly whole: boolean;
  /** Size of the whole file in bytes. */
  readonly size: number;
}

/** Bytes kept of the beginning and of the end of a big file. */
export const VIEW_BYTES = 1 << 20;

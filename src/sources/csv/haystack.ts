/**
 * What the row scanner looks through: bytes of an ASCII-compatible encoding or decoded text. Offsets are bytes or UTF-16 units.
 * The characters that matter (quote, delimiter, CR, LF) are ASCII, so both give the same answers.
 */
export interface Haystack {
  readonly length: number;
  /** Offset of the next character with that code at or after `from`; -1 when there is none. */
  find(code: number, from: number): number;
  /** Code at an offset, NaN or undefined-like outside. */
  at(offset: number): number;
}

export const inBytes = (bytes: Uint8Array): Haystack => ({
  length: bytes.length,
  find: (code, from) => bytes.indexOf(code, from),
  at: (offset) => bytes[offset] ?? Number.NaN,
});

export const inText = (text: string): Haystack => ({
  length: text.length,
  find: (code, from) => text.indexOf(code === 10 ? '\n' : String.fromCharCode(code), from),
  at: (offset) => text.charCodeAt(offset),
});

/** A growing little-endian byte buffer: the parts of TDS that are written one after another. */
export interface ByteWriter {
  readonly length: () => number;
  u8: (n: number) => void;
  u16: (n: number) => void;
  u32: (n: number) => void;
  i32: (n: number) => void;
  u64: (n: bigint) => void;
  f32: (n: number) => void;
  f64: (n: number) => void;
  /** The lowest `size` bytes of a non-negative integer below 2^48. */
  uint: (n: number, size: number) => void;
  bytes: (b: Uint8Array) => void;
  ucs2: (text: string) => void;
  /** Length of one byte, counted in characters, then UCS-2. */
  bVarChar: (text: string) => void;
  /** Length of two bytes, counted in characters, then UCS-2. */
  usVarChar: (text: string) => void;
  /** Forgets everything behind the first `length` bytes. */
  truncate: (length: number) => void;
  /** Everything so far; the writer is empty afterwards. The bytes are valid until the next write. */
  take: () => Buffer;
}

export function byteWriter(initial = 64 * 1024): ByteWriter {
  let buffer = Buffer.allocUnsafe(initial);
  let at = 0;
  const room = (size: number): void => {
    if (at + size <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + size));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  };
  const ucs2 = (text: string): void => {
    room(text.length * 2);
    at += buffer.write(text, at, 'utf16le');
  };
  return {
    length: () => at,
    u8: (n) => {
      room(1);
      at = buffer.writeUInt8(n, at);
    },
    u16: (n) => {
      room(2);
      at = buffer.writeUInt16LE(n, at);
    },
    u32: (n) => {
      room(4);
      at = buffer.writeUInt32LE(n, at);
    },
    i32: (n) => {
      room(4);
      at = buffer.writeInt32LE(n, at);
    },
    u64: (n) => {
      room(8);
      at = buffer.writeBigUInt64LE(BigInt.asUintN(64, n), at);
    },
    f32: (n) => {
      room(4);
      at = buffer.writeFloatLE(n, at);
    },
    f64: (n) => {
      room(8);
      at = buffer.writeDoubleLE(n, at);
    },
    uint: (n, size) => {
      room(size);
      at = buffer.writeUIntLE(n, at, size);
    },
    bytes: (b) => {
      room(b.length);
      buffer.set(b, at);
      at += b.length;
    },
    ucs2,
    bVarChar: (text) => {
      room(1);
      at = buffer.writeUInt8(text.length, at);
      ucs2(text);
    },
    usVarChar: (text) => {
      room(2);
      at = buffer.writeUInt16LE(text.length, at);
      ucs2(text);
    },
    truncate: (length) => {
      at = length;
    },
    take: () => {
      const all = buffer.subarray(0, at);
      at = 0;
      buffer = Buffer.allocUnsafe(buffer.length);
      return all;
    },
  };
}

/** A growing buffer and the place to write next. */
export interface Out {
  bytes: Buffer;
  view: DataView;
  at: number;
}

export function newOut(size: number): Out {
  const bytes = Buffer.allocUnsafeSlow(size);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
}

/** Goes on in another buffer, from its start. */
export function useBuffer(out: Out, bytes: Buffer): void {
  out.bytes = bytes;
  out.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  out.at = 0;
}

export function ensure(out: Out, more: number): void {
  if (out.at + more <= out.bytes.length) return;
  const bytes = Buffer.allocUnsafeSlow(Math.max(out.bytes.length * 2, out.at + more));
  out.bytes.copy(bytes, 0, 0, out.at);
  out.bytes = bytes;
  out.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function writeNull(out: Out): void {
  ensure(out, 4);
  out.view.setInt32(out.at, -1);
  out.at += 4;
}

/** Length and UTF-8 bytes of a text. */
export function writeText(out: Out, text: string): void {
  ensure(out, text.length * 3 + 4);
  const length = out.bytes.write(text, out.at + 4);
  out.view.setInt32(out.at, length);
  out.at += length + 4;
}

/** Writes the length of a value of `size` bytes and makes room for it. */
export function sized(out: Out, size: number): void {
  ensure(out, size + 4);
  out.view.setInt32(out.at, size);
  out.at += 4;
}

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);

/** Frames row images for COPY … (FORMAT binary): header, images, trailer. */
export function copyChunks(images: readonly Uint8Array[]): Uint8Array[] {
  return [HEADER, ...images.map((image) => Buffer.from(image.buffer, image.byteOffset, image.byteLength)), TRAILER];
}

import { hash } from 'node:crypto';
import type { LegacyKey } from './record.ts';

/**
 * Target ids are computed, never assigned: UUID version 8 (RFC 9562).
 * Upper 64 bits: 48 bits of SHA-256(office, entity), version 8, 12 more bits of it. Lower 64 bits: variant `10`, then
 * `0` + 61 bits holding a non-negative integer key below 2^53 itself, or `1` + 61 bits of SHA-256(office, entity, key) for any other key.
 * So a child names its parent without a look-up, ids of one entity sort by legacy key (which keeps indexes dense), and an integer key can be read back.
 */
export interface IdSpace {
  /** Writes the 16 bytes of the id of `key` at `offset`. */
  write(out: Uint8Array, offset: number, key: LegacyKey): void;
  /** Canonical text of the id of `key`. */
  text(key: LegacyKey): string;
}

export function createIdSpace(office: string, entity: string): IdSpace {
  const upper = upperHalf(office, entity);
  const write = (out: Uint8Array, offset: number, key: LegacyKey): void => {
    out.set(upper, offset);
    if (typeof key === 'number' && Number.isSafeInteger(key) && key >= 0) writeInteger(out, offset + 8, key);
    else writeHashed(out, offset + 8, office, entity, String(key));
  };
  return {
    write,
    text(key) {
      const bytes = new Uint8Array(16);
      write(bytes, 0, key);
      return uuidText(bytes, 0);
    },
  };
}

/** The integer key inside an id; null when the id was hashed. */
export function integerKeyOf(id: string): number | null {
  const lower = BigInt(`0x${id.replaceAll('-', '').slice(16)}`) & 0x3fff_ffff_ffff_ffffn;
  return lower >> 61n === 0n ? Number(lower) : null;
}

/** The 16 bytes of an id's text. */
export const uuidBytes = (id: string): Uint8Array => new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'));

/** Canonical text of the 16 bytes at `offset`. */
export function uuidText(bytes: Uint8Array, offset: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + offset, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function upperHalf(office: string, entity: string): Uint8Array {
  const upper = Buffer.from(digest(`${office}\u0000${entity}`), 'binary').subarray(0, 8);
  upper[6] = 0x80 | (upper[6]! & 0x0f);
  return upper;
}

function writeInteger(out: Uint8Array, offset: number, key: number): void {
  const high = Math.floor(key / 0x1_0000_0000);
  const low = key >>> 0;
  out[offset] = 0x80 | (high >>> 24);
  out[offset + 1] = (high >>> 16) & 255;
  out[offset + 2] = (high >>> 8) & 255;
  out[offset + 3] = high & 255;
  out[offset + 4] = low >>> 24;
  out[offset + 5] = (low >>> 16) & 255;
  out[offset + 6] = (low >>> 8) & 255;
  out[offset + 7] = low & 255;
}

function writeHashed(out: Uint8Array, offset: number, office: string, entity: string, key: string): void {
  const lower = digest(`${office}\u0000${entity}\u0000${key}`);
  out[offset] = 0xa0 | (lower.charCodeAt(0) & 0x1f);
  for (let byte = 1; byte < 8; byte++) out[offset + byte] = lower.charCodeAt(byte);
}

/** A character a byte: no buffer to be made and collected for each key. */
const digest = (text: string): string => hash('sha256', text, 'binary');

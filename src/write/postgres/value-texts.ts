import type { ColumnType } from '../../core/record.ts';
import { uuidText } from '../../core/target-id.ts';

const EPOCH_MILLISECONDS = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;

/** A value in PostgreSQL's binary format as text for people; equal values give equal texts, whatever their spelling. */
export function valueText(type: ColumnType, bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'text':
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    case 'int2':
      return String(view.getInt16(0));
    case 'int4':
      return String(view.getInt32(0));
    case 'int8':
      return String(view.getBigInt64(0));
    case 'float8':
      return String(view.getFloat64(0));
    case 'numeric':
      return numericText(bytes);
    case 'bool':
      return bytes[0] === 1 ? 'true' : 'false';
    case 'date':
      return instantText(EPOCH_MILLISECONDS + view.getInt32(0) * DAY, 10);
    case 'timestamptz':
      return timeText(view.getBigInt64(0));
    case 'uuid':
      return uuidText(bytes, 0);
    case 'jsonb':
      return canonicalJson(bytes);
    case 'bytea':
      return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
  }
}

function timeText(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const text = instantText(EPOCH_MILLISECONDS + Number((micros - rest) / 1000n), 23);
  return rest === 0n ? `${text}Z` : `${text}${String(rest).padStart(3, '0')}Z`;
}

function instantText(milliseconds: number, length: number): string {
  return Math.abs(milliseconds) <= 8.64e15
    ? new Date(milliseconds).toISOString().slice(0, length)
    : milliseconds > 0
      ? 'infinity'
      : '-infinity';
}

/** Decimal text without needless zeros, so that 1.5 and 1.50 are equal. */
export function numericText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sign = view.getUint16(4);
  if (sign !== 0 && sign !== 0x4000) return sign === 0xc000 ? 'NaN' : sign === 0xd000 ? 'Infinity' : '-Infinity';
  const count = view.getInt16(0);
  const weight = view.getInt16(2);
  const digit = (position: number): string => {
    const index = weight - position;
    return index >= 0 && index < count ? String(view.getInt16(8 + index * 2)).padStart(4, '0') : '0000';
  };
  let whole = '';
  for (let position = Math.max(weight, 0); position >= 0; position--) whole += digit(position);
  let fraction = '';
  for (let position = -1; position > weight - count; position--) fraction += digit(position);
  whole = whole.replace(/^0+(?=\d)/, '');
  fraction = fraction.replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === 0x4000 && text !== '0' ? `-${text}` : text;
}

/** JSON with sorted keys and no spaces; the first byte is the version of the format. */
export function canonicalJson(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.byteLength - 1).toString('utf8');
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

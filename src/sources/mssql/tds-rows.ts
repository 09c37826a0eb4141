import { EzdError } from '../../core/errors.ts';
import type { SourceRow, SourceValue } from '../../core/record.ts';
import type { RawParser } from '../source.ts';
import { shortReal } from './row-stream.ts';

/** Name of the parser of rows as they came over the wire. */
export const TDS_PARSER = 'tds';

/**
 * Rows of TDS (MS-TDS 2.2.7.19 ROW, 2.2.7.13 NBCROW), one behind the other, token bytes included: what the server sent, held and handed to worker threads
 * as it is. Only the types below; tables with others are read through the driver's own parser.
 */
export const TDS_ROW = 0xd1;
export const TDS_NBCROW = 0xd2;

/** How long a value is: `fixed` bytes, or behind a length of one or two bytes (0 or 0xFFFF: NULL). */
type Length = { readonly fixed: number } | { readonly prefix: 1 | 2 };

interface WireType {
  readonly length: Length;
  readonly read: (bytes: Buffer, from: number, to: number) => SourceValue;
}

const readInteger = (bytes: Buffer, from: number, to: number): SourceValue => {
  switch (to - from) {
    case 1:
      return bytes[from]!;
    case 2:
      return bytes.readInt16LE(from);
    case 4:
      return bytes.readInt32LE(from);
    default:
      return bytes.readBigInt64LE(from).toString();
  }
};
const readFloat = (bytes: Buffer, from: number, to: number): SourceValue =>
  to - from === 4 ? shortReal(bytes.readFloatLE(from)) : bytes.readDoubleLE(from);
const readBit = (bytes: Buffer, from: number): SourceValue => bytes[from] !== 0;
const readText = (bytes: Buffer, from: number, to: number): SourceValue => bytes.toString('utf16le', from, to);
const readBytes = (bytes: Buffer, from: number, to: number): SourceValue => new Uint8Array(bytes.subarray(from, to));

/** Storage order of the sixteen bytes of a GUID in its text. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());

const readGuid = (bytes: Buffer, from: number): SourceValue => {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[from + GUID_ORDER[i]!]!];
  }
  return text;
};

/** By the driver's name of the type of a column. */
const WIRE_TYPES: Readonly<Record<string, WireType>> = {
  TinyInt: { length: { fixed: 1 }, read: readInteger },
  SmallInt: { length: { fixed: 2 }, read: readInteger },
  Int: { length: { fixed: 4 }, read: readInteger },
  BigInt: { length: { fixed: 8 }, read: readInteger },
  IntN: { length: { prefix: 1 }, read: readInteger },
  Bit: { length: { fixed: 1 }, read: readBit },
  BitN: { length: { prefix: 1 }, read: readBit },
  Real: { length: { fixed: 4 }, read: readFloat },
  Float: { length: { fixed: 8 }, read: readFloat },
  FloatN: { length: { prefix: 1 }, read: readFloat },
  UniqueIdentifier: { length: { prefix: 1 }, read: readGuid },
  NVarChar: { length: { prefix: 2 }, read: readText },
  NChar: { length: { prefix: 2 }, read: readText },
  VarBinary: { length: { prefix: 2 }, read: readBytes },
  Binary: { length: { prefix: 2 }, read: readBytes },
};

/** Base types that come in one of the wire types above, by the select list of column-types.ts. */
export const RAW_TYPES: ReadonlySet<string> = new Set(
  'bit tinyint smallint int bigint decimal numeric money smallmoney float real date time datetime smalldatetime datetime2 datetimeoffset nchar nvarchar sysname uniqueidentifier binary varbinary rowversion timestamp sql_variant'.split(
    ' ',
  ),
);

function wireTypes(names: readonly string[]): WireType[] {
  return names.map((name) => {
    const type = WIRE_TYPES[name];
    if (type === undefined)
      throw new EzdError('INTERNAL', `rows with a value of wire type ${name} cannot be taken as they are`);
    return type;
  });
}

/** Finds the end of rows without reading their values: the position behind a row, or -1 when it is not there whole. */
export function rowScanner(types: readonly string[]): (bytes: Buffer, from: number) => number {
  // Positive: a fixed size. -1, -2: a length of one or two bytes.
  const steps = Int32Array.from(wireTypes(types), ({ length }) => ('fixed' in length ? length.fixed : -length.prefix));
  const bitmap = Math.ceil(steps.length / 8);
  return (bytes, from) => {
    const end = bytes.length;
    const compact = bytes[from] === TDS_NBCROW;
    const nulls = from + 1;
    let at = compact ? nulls + bitmap : nulls;
    if (at > end) return -1;
    for (let i = 0; i < steps.length; i++) {
      if (compact && (bytes[nulls + (i >> 3)]! & (1 << (i & 7))) !== 0) continue;
      const step = steps[i]!;
      if (step > 0) at += step;
      else if (step === -1) {
        if (at >= end) return -1;
        at += 1 + bytes[at]!;
      } else {
        if (at + 2 > end) return -1;
        const length = bytes[at]! | (bytes[at + 1]! << 8);
        at += length === 0xffff ? 2 : 2 + length;
      }
    }
    return at <= end ? at : -1;
  };
}

/** Reads the rows from `from` on; the first `width` values of each. */
export function readTdsRows(bytes: Uint8Array, types: readonly string[], width: number, from = 0): SourceRow[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const columns = wireTypes(types);
  const bitmap = Math.ceil(columns.length / 8);
  const rows: SourceRow[] = [];
  const place = { at: from };
  while (place.at < buffer.length) {
    const compact = buffer[place.at] === TDS_NBCROW;
    const nulls = place.at + 1;
    place.at = compact ? nulls + bitmap : nulls;
    const row: SourceValue[] = new Array(width);
    for (let i = 0; i < columns.length; i++) {
      const absent = compact && (buffer[nulls + (i >> 3)]! & (1 << (i & 7))) !== 0;
      const value = absent ? null : readValue(buffer, columns[i]!, place);
      if (i < width) row[i] = value;
    }
    rows.push(row);
  }
  return rows;
}

function readValue(bytes: Buffer, { length, read }: WireType, place: { at: number }): SourceValue {
  let size: number;
  if ('fixed' in length) size = length.fixed;
  else if (length.prefix === 1) {
    size = bytes[place.at++]!;
    if (size === 0) return null;
  } else {
    size = bytes[place.at]! | (bytes[place.at + 1]! << 8);
    place.at += 2;
    if (size === 0xffff) return null;
  }
  const from = place.at;
  place.at += size;
  return read(bytes, from, place.at);
}

/** Parses a slice of such rows; `spec` names the wire types and how many values are wanted. */
export const parseTdsRows: RawParser = (bytes, spec) => ({
  rows: readTdsRows(bytes, spec['types'] as readonly string[], Number(spec['width'])),
  broken: [],
});

import { collationOf } from '../collation.ts';
import { parseSqlType, type SqlType } from '../sql-type.ts';
import { isVariant, type SqlValue } from '../value.ts';
import type { ByteWriter } from './byte-writer.ts';
import { FIXED_TYPES, isText, LONG_TYPES } from './columns.ts';
import { shortSize, toBytes, valueWriter } from './value-writer.ts';

/** sql_variant: total length, base type, its properties, the value. */
export function writeVariant(out: ByteWriter, value: SqlValue): void {
  if (value === null) {
    out.u32(0);
    return;
  }
  if (!isVariant(value)) throw new Error('a sql_variant cell needs { variantType, value }');
  const type = parseSqlType(value.variantType);
  const long = LONG_TYPES[type.name];
  if (long !== undefined) {
    const bytes = toBytes(type, value.value);
    const text = isText(type);
    out.u32(2 + (text ? 7 : 2) + bytes.length);
    out.u8(long[0]);
    out.u8(text ? 7 : 2);
    if (text) out.bytes(collationOf(type.collation).bytes);
    out.u16(type.length * long[1]);
    out.bytes(bytes);
    return;
  }
  const fixed = FIXED_TYPES[type.name];
  const properties = variantProperties(type);
  const size = fixed?.[2] ?? shortSize(type);
  out.u32(2 + properties.length + size);
  out.u8(fixed?.[0] ?? variantCode(type));
  out.u8(properties.length);
  out.bytes(Buffer.from(properties));
  valueWriter(type)(out, value.value);
}

function variantProperties(type: SqlType): number[] {
  if (type.name === 'decimal' || type.name === 'numeric') return [type.precision, type.scale];
  return ['time', 'datetime2', 'datetimeoffset'].includes(type.name) ? [type.scale] : [];
}

function variantCode(type: SqlType): number {
  const codes: Readonly<Record<string, number>> = {
    uniqueidentifier: 0x24,
    date: 0x28,
    time: 0x29,
    datetime2: 0x2a,
    datetimeoffset: 0x2b,
    decimal: 0x6a,
    numeric: 0x6c,
  };
  const code = codes[type.name];
  if (code === undefined) throw new Error(`${type.name} cannot stand in a sql_variant`);
  return code;
}

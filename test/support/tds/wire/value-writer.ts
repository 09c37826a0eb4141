import { collationOf, encodeText } from '../collation.ts';
import type { SqlType } from '../sql-type.ts';
import { dayNumber, type SqlValue, timeUnits, unscaled } from '../value.ts';
import type { ByteWriter } from './byte-writer.ts';
import { decimalSize } from './columns.ts';

/** Writes one value. */
export type CellWriter = (out: ByteWriter, value: SqlValue) => void;

/** Bytes of a value whose length stands in one byte before it. */
export function shortSize(type: SqlType): number {
  const time = type.scale <= 2 ? 3 : type.scale <= 4 ? 4 : 5;
  switch (type.name) {
    case 'date':
      return 3;
    case 'time':
      return time;
    case 'datetime2':
      return time + 3;
    case 'datetimeoffset':
      return time + 5;
    case 'uniqueidentifier':
      return 16;
    default:
      return decimalSize(type.precision);
  }
}

/** Text in the column's encoding, binary as it is; fixed-length types padded to their length. */
export function toBytes(type: SqlType, value: SqlValue): Buffer {
  if (Buffer.isBuffer(value)) {
    if (type.name !== 'binary' || value.length >= type.length) return value;
    return Buffer.concat([value, Buffer.alloc(type.length - value.length)]);
  }
  const text = String(value);
  switch (type.name) {
    case 'nchar':
      return Buffer.from(text.padEnd(type.length), 'utf16le');
    case 'nvarchar':
    case 'ntext':
    case 'xml':
      return Buffer.from(text, 'utf16le');
    case 'char':
      return encodeText(text.padEnd(type.length), collationOf(type.collation));
    default:
      return encodeText(text, collationOf(type.collation));
  }
}

const DAY_1900 = dayNumber('1900-01-01');

/** Writes the bare bytes of a non-NULL value of a short type. */
export function valueWriter(type: SqlType): CellWriter {
  switch (type.name) {
    case 'bit':
    case 'tinyint':
      return (out, value) => out.u8(Number(value));
    case 'smallint':
      return (out, value) => out.u16(Number(value) & 0xffff);
    case 'int':
      return (out, value) => out.i32(Number(value));
    case 'bigint':
      return (out, value) => out.u64(BigInt(value as bigint));
    case 'real':
      return (out, value) => out.f32(Number(value));
    case 'float':
      return (out, value) => out.f64(Number(value));
    case 'smallmoney':
      return (out, value) => out.i32(Number(unscaled(String(value), 4)));
    case 'money':
      return writeMoney;
    case 'uniqueidentifier':
      return (out, value) => out.bytes(guidBytes(String(value)));
    case 'decimal':
    case 'numeric':
      return decimalWriter(type);
    default:
      return dateWriter(type);
  }
}

/** money: the upper half first, each half little-endian. */
function writeMoney(out: ByteWriter, value: SqlValue): void {
  const units = BigInt.asUintN(64, unscaled(String(value), 4));
  out.u32(Number(units >> 32n));
  out.u32(Number(units & 0xffff_ffffn));
}

function decimalWriter(type: SqlType): CellWriter {
  const size = decimalSize(type.precision) - 1;
  return (out, value) => {
    const units = unscaled(String(value), type.scale);
    out.u8(units < 0n ? 0 : 1);
    let rest = units < 0n ? -units : units;
    for (let i = 0; i < size; i += 4) {
      out.u32(Number(rest & 0xffff_ffffn));
      rest >>= 32n;
    }
  };
}

function dateWriter(type: SqlType): CellWriter {
  const timeSize = type.scale <= 2 ? 3 : type.scale <= 4 ? 4 : 5;
  switch (type.name) {
    case 'date':
      return (out, value) => out.uint(dayNumber(String(value)), 3);
    case 'time':
      return (out, value) => out.uint(timeUnits(String(value), type.scale), timeSize);
    case 'smalldatetime':
      return (out, value) => {
        const text = String(value);
        out.u16(dayNumber(text) - DAY_1900);
        out.u16(timeUnits(text.slice(11), 0) / 60);
      };
    case 'datetime':
      return (out, value) => {
        const text = String(value);
        out.i32(dayNumber(text) - DAY_1900);
        out.u32(Math.round((timeUnits(text.slice(11), 3) * 3) / 10));
      };
    case 'datetime2':
      return (out, value) => {
        const text = String(value);
        out.uint(timeUnits(text.slice(11), type.scale), timeSize);
        out.uint(dayNumber(text), 3);
      };
    case 'datetimeoffset':
      return (out, value) => writeOffsetTime(out, String(value), type.scale, timeSize);
    default:
      throw new Error(`no wire form for ${type.name}`);
  }
}

/** datetimeoffset: time and date in UTC, then the offset in minutes. */
function writeOffsetTime(out: ByteWriter, text: string, scale: number, timeSize: number): void {
  const [date = '', time = '', zone = '+00:00'] = text.split(' ');
  const minutes = (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const day = 86_400 * 10 ** scale;
  const local = timeUnits(time, scale) - minutes * 60 * 10 ** scale;
  const shift = Math.floor(local / day);
  out.uint(local - shift * day, timeSize);
  out.uint(dayNumber(date) + shift, 3);
  out.u16(minutes & 0xffff);
}

/** The mixed byte order of uniqueidentifier. */
function guidBytes(text: string): Buffer {
  const hex = Buffer.from(text.replaceAll('-', ''), 'hex');
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Buffer.from(order.map((i) => hex[i]!));
}

import { collationOf, encodeText } from '../collation.ts';
import { parseSqlType, type SqlType } from '../sql-type.ts';
import { dayNumber, isVariant, type SqlRow, type SqlValue, timeUnits, unscaled } from '../value.ts';
import type { ByteWriter } from './byte-writer.ts';

/** A column of a result set on the wire. */
export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

const PLP_NULL = 0xffff_ffff_ffff_ffffn;
const PLP_UNKNOWN = 0xffff_ffff_ffff_fffen;
const PLP_CHUNK = 32 * 1024;

/** Writes COLMETADATA. */
export function writeColumns(out: ByteWriter, columns: readonly ResultColumn[]): void {
  out.u8(0x81);
  out.u16(columns.length);
  for (const column of columns) {
    out.u32(column.type.name === 'rowversion' ? 80 : 0);
    out.u16((column.nullable ? 1 : 0) | 8);
    writeTypeInfo(out, column.type, column.nullable);
    if (hasTableName(column.type)) {
      out.u8(1);
      out.usVarChar('T');
    }
    out.bVarChar(column.name);
  }
}

function hasTableName(type: SqlType): boolean {
  return type.name === 'text' || type.name === 'ntext' || type.name === 'image';
}

const FIXED: Readonly<Record<string, readonly [fixed: number, nullable: number, size: number]>> = {
  bit: [0x32, 0x68, 1],
  tinyint: [0x30, 0x26, 1],
  smallint: [0x34, 0x26, 2],
  int: [0x38, 0x26, 4],
  bigint: [0x7f, 0x26, 8],
  real: [0x3b, 0x6d, 4],
  float: [0x3e, 0x6d, 8],
  smallmoney: [0x7a, 0x6e, 4],
  money: [0x3c, 0x6e, 8],
  smalldatetime: [0x3a, 0x6f, 4],
  datetime: [0x3d, 0x6f, 8],
};

function writeTypeInfo(out: ByteWriter, type: SqlType, nullable: boolean): void {
  const fixed = FIXED[type.name];
  if (fixed !== undefined) {
    out.u8(nullable ? fixed[1] : fixed[0]);
    if (nullable) out.u8(fixed[2]);
    return;
  }
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      out.u8(type.name === 'decimal' ? 0x6a : 0x6c);
      out.u8(decimalSize(type.precision));
      out.u8(type.precision);
      out.u8(type.scale);
      return;
    case 'date':
      out.u8(0x28);
      return;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      out.u8({ time: 0x29, datetime2: 0x2a, datetimeoffset: 0x2b }[type.name]);
      out.u8(type.scale);
      return;
    case 'uniqueidentifier':
      out.u8(0x24);
      out.u8(16);
      return;
    case 'sql_variant':
      out.u8(0x62);
      out.u32(8009);
      return;
    case 'xml':
      out.u8(0xf1);
      out.u8(0);
      return;
    case 'hierarchyid':
    case 'geography':
    case 'geometry':
      writeUdtInfo(out, type.name);
      return;
    default:
      writeLongTypeInfo(out, type);
  }
}

const LONG: Readonly<Record<string, readonly [code: number, unit: number]>> = {
  char: [0xaf, 1],
  varchar: [0xa7, 1],
  nchar: [0xef, 2],
  nvarchar: [0xe7, 2],
  binary: [0xad, 1],
  rowversion: [0xad, 1],
  varbinary: [0xa5, 1],
};

function writeLongTypeInfo(out: ByteWriter, type: SqlType): void {
  const long = LONG[type.name];
  if (long === undefined) {
    out.u8({ text: 0x23, ntext: 0x63, image: 0x22 }[type.name as 'text' | 'ntext' | 'image']);
    out.u32(0x7fff_ffff);
  } else {
    out.u8(long[0]);
    out.u16(type.length === -1 ? 0xffff : type.length * long[1]);
  }
  if (isText(type)) out.bytes(collationOf(type.collation).bytes);
}

function isText(type: SqlType): boolean {
  return ['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext'].includes(type.name);
}

function writeUdtInfo(out: ByteWriter, name: string): void {
  out.u8(0xf0);
  out.u16(0xffff);
  out.bVarChar('master');
  out.bVarChar('sys');
  out.bVarChar(name);
  out.usVarChar('Microsoft.SqlServer.Types');
}

function decimalSize(precision: number): number {
  return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
}

type CellWriter = (out: ByteWriter, value: SqlValue) => void;

/**
 * A writer of rows of these columns. A row with a NULL goes as NBCROW (a bitmap of its NULLs), any other as ROW, as
 * SQL Server does when it saves bytes.
 */
export function rowWriter(columns: readonly ResultColumn[]): (out: ByteWriter, row: SqlRow) => void {
  const cells = columns.map((column) => cellWriter(column.type, column.nullable));
  const bitmap = Buffer.alloc(Math.ceil(columns.length / 8));
  return (out, row) => {
    let nulls = 0;
    bitmap.fill(0);
    for (let i = 0; i < cells.length; i++) {
      if (row[i] !== null) continue;
      nulls++;
      bitmap[i >> 3]! |= 1 << (i & 7);
    }
    if (nulls > 1) {
      out.u8(0xd2);
      out.bytes(bitmap);
      for (let i = 0; i < cells.length; i++) if (row[i] !== null) cells[i]!(out, row[i]!);
      return;
    }
    out.u8(0xd1);
    for (let i = 0; i < cells.length; i++) cells[i]!(out, row[i]!);
  };
}

function cellWriter(type: SqlType, nullable: boolean): CellWriter {
  const fixed = FIXED[type.name];
  if (fixed !== undefined) {
    const plain = valueWriter(type);
    if (!nullable) {
      return (out, value) => {
        if (value === null) throw new Error(`NULL in a column of type ${type.name} that is declared NOT NULL`);
        plain(out, value);
      };
    }
    return (out, value) => {
      out.u8(value === null ? 0 : fixed[2]);
      if (value !== null) plain(out, value);
    };
  }
  if (['text', 'ntext', 'image'].includes(type.name)) return pointerWriter(type);
  if (type.length === -1 || ['xml', 'hierarchyid', 'geography', 'geometry'].includes(type.name)) return plpWriter(type);
  if (LONG[type.name] !== undefined) {
    return (out, value) => {
      const bytes = value === null ? undefined : toBytes(type, value);
      out.u16(bytes === undefined ? 0xffff : bytes.length);
      if (bytes !== undefined) out.bytes(bytes);
    };
  }
  if (type.name === 'sql_variant') return writeVariant;
  const plain = valueWriter(type);
  const size = shortSize(type);
  return (out, value) => {
    out.u8(value === null ? 0 : size);
    if (value !== null) plain(out, value);
  };
}

function shortSize(type: SqlType): number {
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
function toBytes(type: SqlType, value: SqlValue): Buffer {
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

/** MAX types and xml: partially length-prefixed chunks, of unknown length beyond one chunk. */
function plpWriter(type: SqlType): CellWriter {
  return (out, value) => {
    if (value === null) {
      out.u64(PLP_NULL);
      return;
    }
    const bytes = toBytes(type, value);
    out.u64(bytes.length > PLP_CHUNK ? PLP_UNKNOWN : BigInt(bytes.length));
    for (let at = 0; at < bytes.length; at += PLP_CHUNK) {
      const chunk = bytes.subarray(at, at + PLP_CHUNK);
      out.u32(chunk.length);
      out.bytes(chunk);
    }
    out.u32(0);
  };
}

/** text, ntext, image: a text pointer and a timestamp (of no use) before the value. */
function pointerWriter(type: SqlType): CellWriter {
  const pointer = Buffer.alloc(24, 0x64);
  return (out, value) => {
    if (value === null) {
      out.u8(0);
      return;
    }
    const bytes = toBytes(type, value);
    out.u8(16);
    out.bytes(pointer);
    out.u32(bytes.length);
    out.bytes(bytes);
  };
}

const DAY_1900 = dayNumber('1900-01-01');

/** Writes the bare bytes of a non-NULL value of a short type. */
function valueWriter(type: SqlType): CellWriter {
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
export function guidBytes(text: string): Buffer {
  const hex = Buffer.from(text.replaceAll('-', ''), 'hex');
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Buffer.from(order.map((i) => hex[i]!));
}

/** sql_variant: total length, base type, its properties, the value. */
function writeVariant(out: ByteWriter, value: SqlValue): void {
  if (value === null) {
    out.u32(0);
    return;
  }
  if (!isVariant(value)) throw new Error('a sql_variant cell needs { variantType, value }');
  const type = parseSqlType(value.variantType);
  const long = LONG[type.name];
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
  const fixed = FIXED[type.name];
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

import { collationOf } from '../collation.ts';
import type { SqlType } from '../sql-type.ts';
import type { ByteWriter } from './byte-writer.ts';

/** A column of a result set on the wire. */
export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

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

/** Types of fixed size: their code when NOT NULL, their code when nullable, their size. */
export const FIXED_TYPES: Readonly<Record<string, readonly [fixed: number, nullable: number, size: number]>> = {
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
  const fixed = FIXED_TYPES[type.name];
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

/** Types with a length of two bytes: their code, and bytes a unit of their declared length. */
export const LONG_TYPES: Readonly<Record<string, readonly [code: number, unit: number]>> = {
  char: [0xaf, 1],
  varchar: [0xa7, 1],
  nchar: [0xef, 2],
  nvarchar: [0xe7, 2],
  binary: [0xad, 1],
  rowversion: [0xad, 1],
  varbinary: [0xa5, 1],
};

function writeLongTypeInfo(out: ByteWriter, type: SqlType): void {
  const long = LONG_TYPES[type.name];
  if (long === undefined) {
    out.u8({ text: 0x23, ntext: 0x63, image: 0x22 }[type.name as 'text' | 'ntext' | 'image']);
    out.u32(0x7fff_ffff);
  } else {
    out.u8(long[0]);
    out.u16(type.length === -1 ? 0xffff : type.length * long[1]);
  }
  if (isText(type)) out.bytes(collationOf(type.collation).bytes);
}

export function isText(type: SqlType): boolean {
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

export function decimalSize(precision: number): number {
  return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
}

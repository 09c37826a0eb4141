import type { SqlType } from '../sql-type.ts';
import type { SqlRow } from '../value.ts';
import type { ByteWriter } from './byte-writer.ts';
import { FIXED_TYPES, LONG_TYPES, type ResultColumn } from './columns.ts';
import { type CellWriter, shortSize, toBytes, valueWriter } from './value-writer.ts';
import { writeVariant } from './variant.ts';

const PLP_NULL = 0xffff_ffff_ffff_ffffn;
const PLP_UNKNOWN = 0xffff_ffff_ffff_fffen;
const PLP_CHUNK = 32 * 1024;

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
  const fixed = FIXED_TYPES[type.name];
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
  if (LONG_TYPES[type.name] !== undefined) {
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

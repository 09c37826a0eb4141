import { makeSqlType, type SqlType } from '../sql-type.ts';
import { dateOfDay, decimalText, type SqlValue, timeText } from '../value.ts';

/** A remote procedure call as it came over the wire. */
export interface RpcCall {
  /** Name, or SQL Server's number of a well-known procedure. */
  readonly procedure: string | number;
  readonly parameters: readonly RpcParameter[];
}

export interface RpcParameter {
  /** With its `@`, in lower case; empty when it was passed by place. */
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

export const SP_EXECUTESQL = 10;

interface Reader {
  readonly data: Buffer;
  at: number;
}

/** Skips ALL_HEADERS, which begins each batch and call. */
export function skipHeaders(payload: Buffer): Buffer {
  return payload.subarray(payload.readUInt32LE(0));
}

export function parseRpc(payload: Buffer): RpcCall {
  const reader: Reader = { data: skipHeaders(payload), at: 0 };
  const length = u16(reader);
  const procedure = length === 0xffff ? u16(reader) : ucs2(reader, length).toLowerCase();
  reader.at += 2;
  const parameters: RpcParameter[] = [];
  while (reader.at < reader.data.length) parameters.push(parseParameter(reader));
  return { procedure, parameters };
}

function parseParameter(reader: Reader): RpcParameter {
  const name = ucs2(reader, u8(reader)).toLowerCase();
  reader.at += 1;
  const { type, value } = parseTyped(reader);
  return { name, type, value };
}

function u8(reader: Reader): number {
  return reader.data.readUInt8(reader.at++);
}

function u16(reader: Reader): number {
  reader.at += 2;
  return reader.data.readUInt16LE(reader.at - 2);
}

function u32(reader: Reader): number {
  reader.at += 4;
  return reader.data.readUInt32LE(reader.at - 4);
}

function take(reader: Reader, length: number): Buffer {
  reader.at += length;
  return reader.data.subarray(reader.at - length, reader.at);
}

function ucs2(reader: Reader, characters: number): string {
  return take(reader, characters * 2).toString('utf16le');
}

interface Typed {
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** TYPE_INFO and value of a parameter: the types that the driver sends for the values that we pass. */
function parseTyped(reader: Reader): Typed {
  const code = u8(reader);
  switch (code) {
    case 0x26:
      return parseInteger(reader);
    case 0x68: {
      reader.at += 1;
      const present = u8(reader) > 0;
      return { type: makeSqlType('bit'), value: present ? u8(reader) : null };
    }
    case 0x6d: {
      const single = u8(reader) === 4;
      const length = u8(reader);
      const bytes = take(reader, length);
      const value = length === 0 ? null : length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
      return { type: makeSqlType(single ? 'real' : 'float'), value };
    }
    case 0x6a:
    case 0x6c:
      return parseDecimal(reader);
    case 0x28:
    case 0x29:
    case 0x2a:
    case 0x2b:
      return parseDate(reader, code);
    case 0x24: {
      reader.at += 1;
      const bytes = take(reader, u8(reader));
      return { type: makeSqlType('uniqueidentifier'), value: bytes.length === 0 ? null : guidText(bytes) };
    }
    case 0xe7:
    case 0xef:
    case 0xa7:
    case 0xaf:
      return parseText(reader, code);
    case 0xa5:
    case 0xad: {
      const length = u16(reader);
      const value = parseLong(reader, length);
      return { type: makeSqlType('varbinary', length === 0xffff ? -1 : length), value };
    }
    default:
      throw new Error(`a parameter of wire type 0x${code.toString(16)} is not understood by this test server`);
  }
}

function parseInteger(reader: Reader): Typed {
  const size = u8(reader);
  const length = u8(reader);
  const bytes = take(reader, length);
  const name = ({ 1: 'tinyint', 2: 'smallint', 4: 'int', 8: 'bigint' } as const)[size as 4];
  if (length === 0) return { type: makeSqlType(name), value: null };
  if (length === 8) return { type: makeSqlType('bigint'), value: bytes.readBigInt64LE() };
  return { type: makeSqlType(name), value: length === 1 ? bytes.readUInt8() : bytes.readIntLE(0, length) };
}

function parseDecimal(reader: Reader): Typed {
  reader.at += 1;
  const precision = u8(reader);
  const scale = u8(reader);
  const bytes = take(reader, u8(reader));
  const type = makeSqlType('decimal', precision, scale);
  if (bytes.length === 0) return { type, value: null };
  let units = 0n;
  for (let i = bytes.length - 1; i > 0; i--) units = units * 256n + BigInt(bytes[i]!);
  return { type, value: decimalText(bytes[0] === 0 ? -units : units, scale) };
}

function parseDate(reader: Reader, code: number): Typed {
  const name = ({ 40: 'date', 41: 'time', 42: 'datetime2', 43: 'datetimeoffset' } as const)[code as 40];
  const scale = code === 0x28 ? 0 : u8(reader);
  const type = makeSqlType(name, scale);
  const bytes = take(reader, u8(reader));
  if (bytes.length === 0) return { type, value: null };
  const day = (at: number): string => dateOfDay(bytes.readUIntLE(at, 3));
  if (name === 'date') return { type, value: day(0) };
  const size = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
  const time = timeText(bytes.readUIntLE(0, size), scale);
  if (name === 'time') return { type, value: time };
  const text = `${day(size)} ${time}`;
  return { type, value: name === 'datetime2' ? text : `${text} +00:00` };
}

function guidText(bytes: Buffer): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = Buffer.from(order.map((i) => bytes[i]!))
    .toString('hex')
    .toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function parseText(reader: Reader, code: number): Typed {
  const wide = code === 0xe7 || code === 0xef;
  const length = u16(reader);
  reader.at += 5;
  const bytes = parseLong(reader, length);
  const size = length === 0xffff ? -1 : length / (wide ? 2 : 1);
  const type = makeSqlType(wide ? 'nvarchar' : 'varchar', size);
  if (bytes === null) return { type, value: null };
  return { type, value: wide ? bytes.toString('utf16le') : new TextDecoder('windows-1250').decode(bytes) };
}

/** A value with a length of two bytes, or in chunks when the type is MAX. */
function parseLong(reader: Reader, typeLength: number): Buffer | null {
  if (typeLength !== 0xffff) {
    const length = u16(reader);
    return length === 0xffff ? null : take(reader, length);
  }
  const total = take(reader, 8);
  if (total.readBigUInt64LE() === 0xffff_ffff_ffff_ffffn) return null;
  const chunks: Buffer[] = [];
  for (let length = u32(reader); length > 0; length = u32(reader)) chunks.push(take(reader, length));
  return Buffer.concat(chunks);
}

import { collationOf, encodeText } from './collation.ts';
import { SqlError } from './sql/sql-error.ts';
import { familyOf, parseSqlType, type SqlType } from './sql-type.ts';
import { decimalText, isVariant, type SqlValue, unscaled } from './value.ts';

/**
 * CONVERT(type, value, style): the conversions that a reader of data needs, with the texts that SQL Server writes.
 * What is not here is an error, never a guess.
 */
export function convertValue(value: SqlValue, from: SqlType, to: SqlType, style = 0): SqlValue {
  if (value === null) return null;
  if (isVariant(value)) return convertValue(value.value, parseSqlType(value.variantType), to, style);
  switch (familyOf(to)) {
    case 'text':
      return cut(toText(value, from, style), to);
    case 'integer':
      return toInteger(value, from, to);
    case 'float':
      return toFloat(Number(value), from, to);
    case 'decimal':
      return toDecimal(value, from, to);
    case 'date':
      return toDate(String(value), to);
    case 'binary':
      return toBinary(value, from, to, style);
    case 'guid':
      return toGuid(String(value));
    default:
      throw new SqlError(529, `Explicit conversion from data type ${from.name} to ${to.name} is not allowed.`);
  }
}

function cut(text: string, to: SqlType): string {
  return to.length > 0 && text.length > to.length ? text.slice(0, to.length) : text;
}

function toText(value: SqlValue, from: SqlType, style: number): string {
  switch (familyOf(from)) {
    case 'date':
      return dateText(String(value), from, style);
    case 'float':
      return floatText(Number(value), from, style);
    case 'decimal':
      // money without a style loses two digits: style 2 keeps all four.
      if (from.name.endsWith('money') && style !== 2) return moneyText(String(value));
      return String(value);
    case 'binary': {
      const bytes = value as Buffer;
      if (style === 1) return `0x${bytes.toString('hex').toUpperCase()}`;
      if (style === 2) return bytes.toString('hex').toUpperCase();
      return bytes.toString('latin1');
    }
    default:
      return String(value);
  }
}

function moneyText(value: string): string {
  const units = unscaled(value, 4);
  return decimalText((units + (units < 0n ? -50n : 50n)) / 100n, 2);
}

/** Style 3 of float: 17 digits, so that nothing is lost. The shortest text otherwise (SQL Server writes 6 digits there). */
function floatText(value: number, from: SqlType, style: number): string {
  if (style === 3) return value.toExponential(from.name === 'real' ? 8 : 16).replace(/e([+-])(\d)$/, 'e$100$2');
  return String(Number(value.toPrecision(6)));
}

/** Styles 23 (date), 120 and 121 (ODBC) and 126 (ISO 8601); style 0 only where it does not depend on the language. */
function dateText(value: string, from: SqlType, style: number): string {
  if (style === 126 && from.name === 'datetimeoffset') {
    const [date, time, zone] = value.split(' ');
    return `${date}T${time}${zone}`;
  }
  if (style === 126) return value.replace(' ', 'T');
  if (style === 120 && from.name !== 'datetimeoffset') return value.slice(0, 19);
  if (style === 23 && from.name !== 'time') return value.slice(0, 10);
  if (style === 121 || ['date', 'time', 'datetime2', 'datetimeoffset'].includes(from.name)) return value;
  throw new SqlError(
    281,
    `${style} is not a valid style number when converting from ${from.name} to a character string.`,
  );
}

function toInteger(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  let big: bigint;
  try {
    if (Buffer.isBuffer(value)) big = BigInt(`0x${value.toString('hex') || '0'}`);
    else if (familyOf(from) === 'float') big = BigInt(Math.trunc(Number(value)));
    else big = BigInt(String(value).trim().split('.')[0] || '0');
  } catch {
    throw new SqlError(245, `Conversion failed when converting a ${from.name} value to data type ${to.name}.`);
  }
  if (to.name === 'bit') return big === 0n ? 0 : 1;
  const size = { tinyint: 8, smallint: 16, int: 32, bigint: 64 }[to.name as 'int'] ?? 32;
  const [low, high] = to.name === 'tinyint' ? [0n, 255n] : [-(2n ** BigInt(size - 1)), 2n ** BigInt(size - 1) - 1n];
  if (Buffer.isBuffer(value)) big = BigInt.asIntN(size, big);
  if (big < low! || big > high!)
    throw new SqlError(8115, `Arithmetic overflow error converting expression to data type ${to.name}.`);
  return to.name === 'bigint' ? big : Number(big);
}

function toGuid(text: string): SqlValue {
  const bare = text
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toUpperCase();
  if (/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/.test(bare)) return bare;
  throw new SqlError(8169, 'Conversion failed when converting from a character string to uniqueidentifier.');
}

function toFloat(value: number, from: SqlType, to: SqlType): SqlValue {
  if (!Number.isFinite(value)) throw new SqlError(8114, `Error converting data type ${from.name} to ${to.name}.`);
  return to.name === 'real' ? Math.fround(value) : value;
}

function toDecimal(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  const text = familyOf(from) === 'float' ? Number(value).toFixed(Math.min(to.scale, 20)) : String(value);
  if (!/^\s*[+-]?\d*\.?\d*\s*$/.test(text)) {
    throw new SqlError(8114, `Error converting data type ${from.name} to ${to.name}.`);
  }
  return decimalText(unscaled(text.trim(), to.scale), to.scale);
}

const DATE_TEXT = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,7}))?)?(?: ?([+-]\d\d:\d\d)|Z)?$/;
const TIME_TEXT = /^(\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,7}))?$/;

function toDate(text: string, to: SqlType): SqlValue {
  const clock = TIME_TEXT.exec(text);
  const match = clock === null ? DATE_TEXT.exec(text) : ['', '1900', '01', '01', clock[1], clock[2], undefined];
  if (match === null) {
    throw new SqlError(241, 'Conversion failed when converting date and/or time from character string.');
  }
  const [, year, month, day, time = '00:00:00', fraction = '', zone = '+00:00'] = match;
  const date = `${year}-${month}-${day}`;
  const seconds = time.length === 5 ? `${time}:00` : time;
  const digits = (scale: number): string => (scale === 0 ? '' : `.${fraction.padEnd(7, '0').slice(0, scale)}`);
  switch (to.name) {
    case 'date':
      return date;
    case 'time':
      return seconds + digits(to.scale);
    case 'smalldatetime':
      return `${date} ${seconds.slice(0, 5)}:00`;
    case 'datetime':
      return `${date} ${seconds}.${datetimeMillis(fraction)}`;
    case 'datetimeoffset':
      return `${date} ${seconds}${digits(to.scale)} ${zone}`;
    default:
      return `${date} ${seconds}${digits(to.scale)}`;
  }
}

/** datetime keeps thirds of a hundredth of a second: milliseconds end in 0, 3 or 7. */
export function datetimeMillis(fraction: string): string {
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const units = Math.min(299, Math.round((millis * 3) / 10));
  return String(Math.round((units * 10) / 3)).padStart(3, '0');
}

function toBinary(value: SqlValue, from: SqlType, to: SqlType, style: number): SqlValue {
  if (Buffer.isBuffer(value)) return to.length > 0 ? value.subarray(0, to.length) : value;
  if (familyOf(from) === 'integer') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value as number | bigint));
    const size = from.name === 'bigint' ? 8 : 4;
    const own = bytes.subarray(8 - size);
    return to.length > 0 && to.length > size ? Buffer.concat([Buffer.alloc(to.length - size), own]) : own;
  }
  if (style === 1) return Buffer.from(String(value).slice(2), 'hex');
  if (from.name.startsWith('n')) return Buffer.from(String(value), 'utf16le');
  return encodeText(String(value), collationOf(from.collation));
}

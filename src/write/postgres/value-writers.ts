import type { ColumnType, TargetValue } from '../../core/record.ts';
import { ensure, type Out, sized, writeText } from './binary-out.ts';
import { writeNumeric } from './numeric.ts';

/** Days from 1970-01-01 to PostgreSQL's epoch 2000-01-01, and the same in microseconds. */
const EPOCH_DAYS = 10_957;
const EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000;

/** Writes a value that is not NULL: its length, then its bytes. */
export type WriteValue = (out: Out, value: Exclude<TargetValue, null>) => void;

/** One writer for each column type: length, then the value in PostgreSQL's binary format. */
export const VALUE_WRITERS: Readonly<Record<ColumnType, WriteValue>> = {
  text: (out, value) => writeText(out, value as string),
  int2: (out, value) => {
    sized(out, 2);
    out.view.setInt16(out.at, Number(value));
    out.at += 2;
  },
  int4: (out, value) => {
    sized(out, 4);
    out.view.setInt32(out.at, Number(value));
    out.at += 4;
  },
  int8: (out, value) => {
    sized(out, 8);
    if (typeof value === 'bigint') out.view.setBigInt64(out.at, value);
    else setSafeInteger(out.view, out.at, value as number);
    out.at += 8;
  },
  float8: (out, value) => {
    sized(out, 8);
    out.view.setFloat64(out.at, Number(value));
    out.at += 8;
  },
  numeric: (out, value) => writeNumeric(out, String(value)),
  bool: (out, value) => {
    sized(out, 1);
    out.bytes[out.at] = value === true ? 1 : 0;
    out.at += 1;
  },
  date: (out, value) => {
    sized(out, 4);
    out.view.setInt32(out.at, (value as number) - EPOCH_DAYS);
    out.at += 4;
  },
  timestamptz: (out, value) => {
    sized(out, 8);
    setSafeInteger(out.view, out.at, (value as number) - EPOCH_MICROS);
    out.at += 8;
  },
  uuid: (out, value) => {
    sized(out, 16);
    out.at += out.bytes.write((value as string).replaceAll('-', ''), out.at, 'hex');
  },
  jsonb: (out, value) => {
    const text = value as string;
    ensure(out, text.length * 3 + 5);
    const length = out.bytes.write(text, out.at + 5);
    out.view.setInt32(out.at, length + 1);
    out.bytes[out.at + 4] = 1;
    out.at += length + 5;
  },
  bytea: (out, value) => {
    const bytes = value as Uint8Array;
    sized(out, bytes.length);
    out.bytes.set(bytes, out.at);
    out.at += bytes.length;
  },
};

function setSafeInteger(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  view.setInt32(at, high);
  view.setUint32(at + 4, value - high * 0x1_0000_0000);
}

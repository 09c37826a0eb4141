import type { EntityPlan, FieldPlan } from '../../core/plan.ts';
import { integerKeyOf, uuidText } from '../../core/target-id.ts';
import type { RowImages, RowMeter } from '../target-reader.ts';
import { numericText } from './value-texts.ts';

type Kind = RowMeter['columns'][number]['kind'];

const KINDS: Readonly<Partial<Record<string, Kind>>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'decimal',
  date: 'date',
  timestamptz: 'time',
};

/** Entity and columns by which sets of records are told apart. */
const UNITS = new Set(['jednostka', 'unit']);
const YEAR_COLUMNS = ['rok', 'year'];
const DATE_COLUMNS = ['data_rejestracji', 'data_wplyniecia', 'data_utworzenia', 'utworzono', 'data_dokumentu'];

/** Reads what sets are compared by out of row images: unit, year, numbers, dates. */
export function createRowMeter(entity: EntityPlan): Pick<RowImages, 'meter' | 'measure'> {
  const { fields } = entity;
  const slots = new Int32Array(fields.length).fill(-1);
  const columns: { column: string; kind: Kind }[] = [];
  for (const [i, field] of fields.entries()) {
    const kind = field.kind === 'value' ? KINDS[field.type] : undefined;
    if (kind === undefined) continue;
    slots[i] = columns.length;
    columns.push({ column: field.column, kind });
  }
  const unit = fields.findIndex((field) => field.kind === 'ref' && UNITS.has(field.entity));
  const year = yearField(fields);
  const yearKind = year < 0 ? 'number' : columns[slots[year]!]!.kind;
  const last =
    1 +
    Math.max(
      unit,
      fields.findLastIndex((_, i) => slots[i]! >= 0),
    );
  const meter = {
    columns,
    values: new Float64Array(columns.length),
    unit: null as RowMeter['unit'],
    year: null as number | null,
  };

  const measure = (bytes: Uint8Array, start: number): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    meter.unit = null;
    let at = start + 2;
    for (let i = 0; i < last; i++) {
      const length = view.getInt32(at);
      at += 4;
      const slot = slots[i]!;
      if (slot >= 0)
        meter.values[slot] = length < 0 ? Number.NaN : number(view, bytes, at, length, columns[slot]!.kind);
      else if (i === unit && length === 16) meter.unit = unitKey(view, bytes, at);
      if (length > 0) at += length;
    }
    meter.year = year < 0 ? null : yearOf(meter.values[slots[year]!]!, yearKind);
  };
  return { meter, measure };
}

function yearField(fields: readonly FieldPlan[]): number {
  const named = (names: readonly string[], kinds: readonly Kind[]): number => {
    for (const name of names) {
      const found = fields.findIndex(
        (field) => field.column === name && field.kind === 'value' && kinds.includes(KINDS[field.type]!),
      );
      if (found >= 0) return found;
    }
    return -1;
  };
  const byNumber = named(YEAR_COLUMNS, ['number']);
  if (byNumber >= 0) return byNumber;
  const byDate = named(DATE_COLUMNS, ['date', 'time']);
  return byDate >= 0
    ? byDate
    : fields.findIndex((field) => field.kind === 'value' && (field.type === 'date' || field.type === 'timestamptz'));
}

function number(view: DataView, bytes: Uint8Array, at: number, length: number, kind: Kind): number {
  switch (kind) {
    case 'number':
      return length === 2 ? view.getInt16(at) : length === 4 ? view.getInt32(at) : wide(view, at);
    case 'date':
      return view.getInt32(at);
    case 'time':
      return wide(view, at);
    case 'decimal':
      return Math.round(Number(numericText(bytes.subarray(at, at + length))) * 10_000);
  }
}

/** A 64-bit integer as a number; exact up to 2^53. */
const wide = (view: DataView, at: number): number => view.getInt32(at) * 0x1_0000_0000 + view.getUint32(at + 4);

function unitKey(view: DataView, bytes: Uint8Array, at: number): RowMeter['unit'] {
  const high = view.getUint32(at + 8);
  if ((high & 0x2000_0000) === 0) return (high & 0x1fff_ffff) * 0x1_0000_0000 + view.getUint32(at + 12);
  const id = uuidText(bytes, at);
  return integerKeyOf(id) ?? id;
}

const DAY = 86_400_000_000;
/** Day 0 is 2000-01-01. */
function yearOf(value: number, kind: Kind): number | null {
  if (Number.isNaN(value)) return null;
  if (kind === 'number') return value;
  const day = kind === 'date' ? value : Math.floor(value / DAY);
  const date = new Date(Date.UTC(2000, 0, 1) + day * 86_400_000);
  const year = date.getUTCFullYear();
  return Number.isNaN(year) ? null : year;
}

import type { EntityPlan, FieldPlan } from '../../core/plan.ts';
import type { ColumnType } from '../../core/record.ts';
import type { RowImages } from '../target-reader.ts';
import { withNulls } from './batch-rows.ts';
import { fieldsOf } from './read-tuples.ts';
import { hashImage } from './row-hash.ts';
import { createRowMeter } from './row-meter.ts';
import { canonicalJson, valueText } from './value-texts.ts';

/** Bytes from the start of a row image to the id: field count and length of the first field. */
const ID_OFFSET = 6;

export const typeOf = (field: FieldPlan): ColumnType => (field.kind === 'value' ? field.type : 'uuid');

/** Row images of COPY … (FORMAT binary), which the row encoder writes and the server gives back: equal values, equal bytes, but for numeric and jsonb. */
export function createRowImages(entity: EntityPlan): RowImages {
  const types = entity.fields.map(typeOf);
  const exact = !types.some((type) => type === 'numeric' || type === 'jsonb');
  const { meter, measure } = createRowMeter(entity);
  return {
    idOffset: ID_OFFSET,
    exact,
    hash: exact ? hashImage : (image) => hashImage(canonical(image, types)),
    writtenHash: hashImage,
    withNulls,
    fieldAt(bytes, start, field) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let at = start + 2;
      for (let i = 0; i < field; i++) at += 4 + Math.max(view.getInt32(at), 0);
      return view.getInt32(at) < 0 ? -1 : at + 4;
    },
    texts: (image) => fieldsOf(image).map((bytes, i) => (bytes === null ? null : valueText(types[i]!, bytes))),
    measure,
    meter,
  };
}

/** A copy in which decimals have no number of shown digits and JSON is sorted: only for hashing. */
function canonical(image: Uint8Array, types: readonly ColumnType[]): Uint8Array {
  const parts = fieldsOf(image).map((bytes, i) => {
    if (bytes === null) return null;
    if (types[i] === 'jsonb') return Buffer.from(canonicalJson(bytes));
    if (types[i] !== 'numeric') return bytes;
    const copy = new Uint8Array(bytes);
    copy[6] = 0;
    copy[7] = 0;
    return copy;
  });
  const out = Buffer.alloc(parts.reduce((sum, part) => sum + 4 + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    at = out.writeInt32BE(part?.length ?? -1, at);
    if (part !== null) out.set(part, at);
    at += part?.length ?? 0;
  }
  return out;
}

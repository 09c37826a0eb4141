import type { EntityPlan, FieldPlan } from '../../core/plan.ts';
import type { LegacyKey } from '../../core/record.ts';
import { createIdSpace } from '../../core/target-id.ts';
import type { EncodedRows, RowEncoder } from '../row-encoder.ts';
import { ensure, newOut, sized, useBuffer, writeNull } from './binary-out.ts';
import { hashImage } from './row-hash.ts';
import { VALUE_WRITERS, type WriteValue } from './value-writers.ts';

/**
 * Encodes records of one entity as rows of COPY … (FORMAT binary): half the server's work of text, and no quoting. The 64-bit hash of a row's
 * image is what tells "unchanged" later, so the encoding must not depend on anything but the values.
 */
export function createPostgresRowEncoder(entity: EntityPlan, office: string): RowEncoder {
  const writers = entity.fields.map((field) => fieldWriter(field, office));
  const columns = writers.length;
  const free: Buffer[] = [];
  const out = newOut(1 << 20);
  let offsets = new Uint32Array(4096);
  let hashes = Buffer.alloc(8 * 4096);
  let hashView = new DataView(hashes.buffer, hashes.byteOffset);
  let count = 0;

  const grow = (): void => {
    offsets = enlarged(offsets, new Uint32Array(offsets.length * 2));
    hashes = enlarged(hashes, Buffer.alloc(hashes.length * 2));
    hashView = new DataView(hashes.buffer, hashes.byteOffset);
  };

  return {
    append(values) {
      if (count + 2 > offsets.length) grow();
      const start = out.at;
      ensure(out, 64);
      out.view.setInt16(out.at, columns);
      out.at += 2;
      for (let i = 0; i < columns; i++) {
        const value = values[i];
        if (value === null || value === undefined) writeNull(out);
        else writers[i]!(out, value);
      }
      hashView.setBigUint64(count * 8, hashImage(out.bytes.subarray(start, out.at)));
      count += 1;
      offsets[count] = out.at;
    },
    take(): EncodedRows {
      const rows = {
        count,
        bytes: new Uint8Array(out.bytes.buffer, out.bytes.byteOffset, out.at),
        offsets: offsets.slice(0, count + 1),
        hashes: Uint8Array.prototype.slice.call(hashes, 0, count * 8),
      };
      useBuffer(out, free.pop() ?? Buffer.allocUnsafeSlow(out.bytes.length));
      count = 0;
      return rows;
    },
    recycle(bytes) {
      if (free.length < FREE_BUFFERS) free.push(Buffer.from(bytes.buffer as ArrayBuffer));
    },
  };
}

/** Buffers kept for reuse: the slices of about two batches. */
const FREE_BUFFERS = 24;

function fieldWriter(field: FieldPlan, office: string): WriteValue {
  if (field.kind === 'value') return VALUE_WRITERS[field.type];
  const space = createIdSpace(office, field.entity);
  return (out, value) => {
    sized(out, 16);
    space.write(out.bytes, out.at, value as LegacyKey);
    out.at += 16;
  };
}

function enlarged<T extends Uint32Array | Buffer>(from: T, into: T): T {
  into.set(from);
  return into;
}

import type { LegacyKey } from '../../core/record.ts';
import { createIdSpace, type IdSpace } from '../../core/target-id.ts';
import type { IdRange, KeySample } from '../../write/target-reader.ts';

/**
 * Ids of one entity as numbers in their own order: ids with an integer key inside by that key, hashed ids by the first 52 bits of their hash. Ranges of ids are
 * ranges of these numbers.
 */
export interface Place {
  hashed: boolean;
  number: number;
}

const HASHED = 0x2000_0000;
const VALUE = 0x1fff_ffff;
const WORD = 0x1_0000_0000;

/** Reads the place of the id at `at` into `place`. */
export function placeAt(view: DataView, at: number, place: Place): void {
  const high = view.getUint32(at + 8);
  const low = view.getUint32(at + 12);
  place.hashed = (high & HASHED) !== 0;
  place.number = place.hashed ? (high & VALUE) * 0x80_0000 + (low >>> 9) : (high & VALUE) * WORD + low;
}

/** Numbers `from` to `to`, both included, of one kind of id. */
export interface PlaceRange {
  readonly hashed: boolean;
  readonly from: number;
  readonly to: number;
}

export const HIGHEST: Readonly<Record<'integer' | 'hashed', number>> = { integer: 2 ** 53 - 1, hashed: 2 ** 52 - 1 };

/** The ids of a range, for the target. `upper`: any id of the entity. */
export function idRange({ hashed, from, to }: PlaceRange, upper: Uint8Array): IdRange {
  return { from: idOf(upper, hashed, from, false), to: idOf(upper, hashed, to, true) };
}

function idOf(upper: Uint8Array, hashed: boolean, number: number, last: boolean): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(upper.subarray(0, 8));
  const view = new DataView(bytes.buffer);
  const unit = hashed ? 0x80_0000 : WORD;
  const high = Math.floor(number / unit);
  const low = number - high * unit;
  view.setUint32(8, (0x8000_0000 | (hashed ? HASHED : 0) | high) >>> 0);
  view.setUint32(12, hashed ? (low * 512 + (last ? 511 : 0)) >>> 0 : low);
  return bytes;
}

/** Integer keys of a stripe. */
export const STRIPE_WIDTH = 4096;

/** Stripe of keys a sample takes or leaves: 4,096 integer keys, or a 4,096th of the space of hashed ones. */
export const stripe = ({ hashed, number }: Place): number =>
  hashed ? Math.floor(number / 2 ** 40) : Math.floor(number / STRIPE_WIDTH);

export const isSampled = (place: Place, sample: KeySample | null): boolean =>
  sample === null || stripe(place) % sample.of === sample.turn;

/** Places of legacy keys of an entity. */
export function keyPlaces(space: IdSpace): (key: LegacyKey, place: Place) => void {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  return (key, place) => {
    space.write(bytes, 0, key);
    placeAt(view, 0, place);
  };
}

/** Entity whose ids the records have. */
export const spaceOf = (
  office: string,
  entity: { readonly name: string; readonly fields: readonly { readonly kind: string; readonly entity?: string }[] },
): IdSpace => createIdSpace(office, entity.fields[0]?.entity ?? entity.name);

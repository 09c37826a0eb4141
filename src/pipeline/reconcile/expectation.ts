import { KeyBitmap } from '../../core/key-bitmap.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { keyText, type LegacyKey } from '../../core/record.ts';
import { type EncodedSlice, keyAt } from '../../core/slice.ts';
import type { KeySample, RowImages, TargetReader } from '../../write/target-reader.ts';
import { isSampled, type Place, placeAt } from './id-place.ts';
import { IdSet, mixed } from './id-set.ts';

/** What is to be expected of an encoded source row: that the target has it, or why not. */
export const EXPECTED = { yes: 0, duplicate: 1, rejected: 2, outOfScope: 3, notLoaded: 4, notSampled: 5 } as const;

/** A slice of source rows with what is expected of each. */
export interface ExpectedSlice {
  readonly encoded: EncodedSlice;
  readonly verdicts: Uint8Array;
  /** Images in place of the encoded ones: references that wait for their parent are NULL. */
  readonly replaced: ReadonlyMap<number, Uint8Array>;
}

/** Keys met so far in one reading of an entity: of several rows with one key, the first is the record. */
export type SeenKeys = KeyBitmap;

export interface Expectation {
  judge(encoded: EncodedSlice, seen: SeenKeys): Promise<ExpectedSlice>;
}

export interface ExpectationOptions {
  readonly entity: EntityPlan;
  readonly entities: readonly EntityPlan[];
  readonly reader: TargetReader;
  readonly images: RowImages;
  readonly sample: KeySample | null;
  /** Only some units are in scope: a row whose required parent was not loaded is out of scope. */
  readonly scoped: boolean;
  /** No run has read the whole entity yet: only what the crosswalk holds is expected. */
  readonly partial: boolean;
  /** The newest run has not finished: references wait although their parent has arrived. */
  readonly unsettled: boolean;
}

/** Gathers from the ledger what explains that a source row is not in the target as it stands in the source. */
export async function openExpectation(options: ExpectationOptions): Promise<Expectation> {
  const { entity, reader, partial, sample, scoped } = options;
  const refused = await idsOf(reader.rejected(entity, 'database'));
  const orphans = await idsOf(reader.rejected(entity, 'parent'));
  const known = partial ? await idsOf(reader.known(entity)) : null;
  const pending = await pendingOf(options);
  const withoutParent = scoped || orphans.size > 0 ? parentQuestion(entity, reader) : null;
  const { idOffset } = options.images;

  return {
    async judge(encoded, seen) {
      const { bytes, count, offsets } = encoded;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const asks = (row: number): boolean => scoped || orphans.hasAt(view, offsets[row]! + idOffset + 8);
      const alone = (await withoutParent?.(encoded, asks)) ?? null;
      const verdicts = new Uint8Array(count);
      const place: Place = { hashed: false, number: 0 };
      for (let row = 0; row < count; row++) {
        if (isAgain(encoded, row, seen)) {
          verdicts[row] = EXPECTED.duplicate;
          continue;
        }
        const at = offsets[row]! + idOffset;
        if (sample !== null) {
          placeAt(view, at, place);
          if (!isSampled(place, sample)) {
            verdicts[row] = EXPECTED.notSampled;
            continue;
          }
        }
        const high = view.getUint32(at + 8);
        const low = view.getUint32(at + 12);
        if (refused.has(high, low)) verdicts[row] = EXPECTED.rejected;
        else if (alone?.has(row) === true)
          verdicts[row] = orphans.has(high, low) ? EXPECTED.rejected : EXPECTED.outOfScope;
        else if (known !== null && !known.has(high, low)) verdicts[row] = EXPECTED.notLoaded;
      }
      return { encoded, verdicts, replaced: pending?.(encoded, view, verdicts) ?? NOTHING };
    },
  };
}

const NOTHING: ReadonlyMap<number, Uint8Array> = new Map();

function isAgain({ keys }: EncodedSlice, row: number, seen: SeenKeys): boolean {
  const int = keys.ints[row]!;
  return Number.isNaN(int) ? seen.addText(String(keyAt(keys, row))) : seen.addInteger(int);
}

async function idsOf(pieces: AsyncIterable<Uint8Array>): Promise<IdSet> {
  const set = new IdSet();
  for await (const piece of pieces) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = 0; at < piece.length; at += 16) set.add(view.getUint32(at + 8), view.getUint32(at + 12));
  }
  return set;
}

type ReplacePending = (encoded: EncodedSlice, view: DataView, verdicts: Uint8Array) => ReadonlyMap<number, Uint8Array>;

/**
 * References that the ledger keeps waiting, each as child, column and parent: so a reference that names another parent today is not excused. null: none wait.
 */
async function pendingOf({
  entity,
  entities,
  reader,
  images,
  unsettled,
}: ExpectationOptions): Promise<ReplacePending | null> {
  const waiting = new IdSet();
  const columns = new Set<number>();
  for await (const { child, parent, column } of reader.pending(entity, entities, unsettled)) {
    const field = entity.fields.findIndex((each) => each.column === column);
    if (field < 0) continue;
    columns.add(field);
    const words = [...wordsOf(child), ...wordsOf(parent)] as const;
    waiting.add(...waitingName(words[0], words[1], words[2], words[3], field));
  }
  if (waiting.size === 0) return null;
  return ({ bytes, offsets }, view, verdicts) => {
    const replaced = new Map<number, Uint8Array>();
    for (let row = 0; row < verdicts.length; row++) {
      if (verdicts[row] !== EXPECTED.yes) continue;
      const start = offsets[row]!;
      const id = start + images.idOffset;
      const empty: number[] = [];
      for (const field of columns) {
        const at = images.fieldAt(bytes, start, field);
        if (at < 0) continue;
        const name = waitingName(
          view.getUint32(id + 8),
          view.getUint32(id + 12),
          view.getUint32(at + 8),
          view.getUint32(at + 12),
          field,
        );
        if (waiting.has(...name)) empty.push(field);
      }
      if (empty.length > 0)
        replaced.set(row, images.withNulls(bytes.subarray(start, offsets[row + 1]!), new Set(empty)));
    }
    return replaced;
  };
}

const wordsOf = (id: Uint8Array): readonly [number, number] => {
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  return [view.getUint32(8), view.getUint32(12)];
};

const waitingName = (
  childHigh: number,
  childLow: number,
  parentHigh: number,
  parentLow: number,
  field: number,
): readonly [number, number] => [
  mixed(mixed(childHigh, childLow), mixed(parentHigh ^ field, parentLow)),
  mixed(mixed(parentLow, childLow) ^ field, mixed(parentHigh, childHigh)),
];

/**
 * Rows whose required parent is not in the target, of those that are asked about. A run rejects them, or skips them under `--unit`; once the parent is there, a
 * run must have loaded them.
 */
function parentQuestion(
  entity: EntityPlan,
  reader: TargetReader,
): ((encoded: EncodedSlice, asks: (row: number) => boolean) => Promise<ReadonlySet<number>>) | null {
  if (!entity.fields.some((field) => field.kind === 'ref' && field.required)) return null;
  const there = new Map<string, KeyBitmap>();
  return async ({ refs, count }, asks) => {
    const alone = new Set<number>();
    for (const { parent, required, keys } of refs) {
      if (!required) continue;
      const known = there.get(parent) ?? new KeyBitmap();
      there.set(parent, known);
      const asked = new Map<string, LegacyKey>();
      for (let row = 0; row < count; row++) {
        const key = keyAt(keys, row);
        if (key !== null && asks(row) && !isIn(known, key)) asked.set(keyText(key), key);
      }
      if (asked.size === 0) continue;
      const missing = new Set((await reader.missingParents(parent, [...asked.values()])).map(keyText));
      for (const [text, key] of asked) if (!missing.has(text)) remember(known, key);
      if (missing.size === 0) continue;
      for (let row = 0; row < count; row++) {
        const key = keyAt(keys, row);
        if (key !== null && missing.has(keyText(key)) && asks(row)) alone.add(row);
      }
    }
    return alone;
  };
}

const isIn = (known: KeyBitmap, key: LegacyKey): boolean =>
  typeof key === 'number' ? known.hasInteger(key) : known.hasText(key);
const remember = (known: KeyBitmap, key: LegacyKey): boolean =>
  typeof key === 'number' ? known.addInteger(key) : known.addText(key);

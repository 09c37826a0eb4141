import { fieldKind, maskValue } from '../../core/mask.ts';
import type { EntityPlan, FieldPlan } from '../../core/plan.ts';
import { integerKeyOf } from '../../core/target-id.ts';
import type { RecordHistory, RowImages, TargetReader } from '../../write/target-reader.ts';
import { keyOrNull, type RawDifference } from './compare-records.ts';
import type { Cause, Difference, FieldDifference } from './difference.ts';
import { setName } from './set-fold.ts';

/** Takes records that differ, some at a time, and keeps what is to be told of them. */
export interface Explainer {
  take(raw: readonly RawDifference[]): Promise<void>;
  /** Real differences. */
  readonly differences: readonly Difference[];
  /** Records that a sync left as they are, counted by the code of its finding: accounted for. */
  readonly left: ReadonlyMap<string, number>;
  /** Sets that such records belong to. */
  readonly setsLeft: ReadonlySet<string>;
}

/** Says of each difference its kind, its fields (masked) and, from the ledger, where it comes from; sets those apart that a sync has told already. */
export function openExplainer(entity: EntityPlan, images: RowImages, reader: TargetReader): Explainer {
  const left = new Map<string, number>();
  const setsLeft = new Set<string>();
  const differences: Difference[] = [];
  return {
    differences,
    left,
    setsLeft,
    take: async (raw) => {
      const ids = raw.map(({ id }) => id);
      const history = await reader.history(entity, ids);
      for (const difference of raw) {
        const known = history.get(difference.id) ?? NO_HISTORY;
        const code = leftBy(difference, known);
        if (code === null) {
          differences.push(explain(entity, images, difference, known));
          continue;
        }
        left.set(code, (left.get(code) ?? 0) + 1);
        for (const image of [difference.source, difference.target]) {
          if (image === null) continue;
          images.measure(image, 0);
          setsLeft.add(setName(images.meter.unit, images.meter.year));
        }
      }
    },
  };
}

/**
 * The unit of the record works in the new system: whatever differs, differs by right. Otherwise only a record whose source is gone or would be rejected may stay as it was.
 */
function leftBy({ source, target }: RawDifference, { left }: RecordHistory): string | null {
  return left === 'UNIT_LIVE' || (source === null && target !== null) ? left : null;
}

const NO_HISTORY: RecordHistory = { written: null, rejected: null, key: null, left: null };

function explain(entity: EntityPlan, images: RowImages, raw: RawDifference, history: RecordHistory): Difference {
  const { id, key, source, target } = raw;
  const fields = source === null || target === null ? [] : fieldsThatDiffer(entity, images, source, target);
  const kind =
    target === null ? 'missing' : source === null ? 'extra' : fields.some(({ moves }) => moves) ? 'moved' : 'value';
  const integer = integerKeyOf(id);
  return {
    kind,
    cause: causeOf(images, raw, history),
    entity: entity.name,
    key: keyOrNull(key) ?? history.key ?? (integer === null ? null : String(integer)),
    id,
    run: history.written?.run ?? history.rejected?.run ?? null,
    fields: fields.map(({ field, source: left, target: right }) => ({ field, source: left, target: right })),
    codes: raw.codes.length > 0 || history.written !== null ? raw.codes : (history.rejected?.codes ?? []),
  };
}

function causeOf(images: RowImages, raw: RawDifference, { rejected, written }: RecordHistory): Cause {
  const { codes, source, sourceHash, target } = raw;
  if (codes.length > 0) return 'rejected';
  // A run kept it out, today nothing does: source, rules or its parent were put right since
  if (written === null) return rejected !== null && target === null ? 'source' : 'unknown';
  const targetIsAsWritten = target !== null && BigInt.asIntN(64, images.writtenHash(target)) === written.hash;
  // The run wrote the row, and the source has no such record (any more)
  if (source === null) return targetIsAsWritten ? 'source' : 'both';
  if (sourceHash === written.hash) return 'target';
  return targetIsAsWritten ? 'source' : 'both';
}

interface MovingField extends FieldDifference {
  readonly moves: boolean;
}

function fieldsThatDiffer(
  entity: EntityPlan,
  images: RowImages,
  source: Uint8Array,
  target: Uint8Array,
): MovingField[] {
  const left = images.texts(source);
  const right = images.texts(target);
  return entity.fields.flatMap((field, i) => {
    const [a = null, b = null] = [left[i], right[i]];
    if (a === b) return [];
    return [{ field: field.column, source: shown(field, a), target: shown(field, b), moves: places(entity, field) }];
  });
}

/** A reference says where a record belongs when the record cannot be without it, or when it is what `--unit` filters on. */
function places({ from }: EntityPlan, field: FieldPlan): boolean {
  if (field.kind !== 'ref') return false;
  return field.required || PLACING.has(field.entity) || (from.unit !== null && same(field.of, [from.unit]));
}

/** Entities that others lie in. */
const PLACING: ReadonlySet<string> = new Set(['koszulka', 'sprawa', 'jednostka', 'unit']);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** References by the parent's key where the id holds it; everything else masked. */
function shown(field: FieldPlan, value: string | null): string | null {
  if (value === null) return null;
  if (field.kind !== 'value') {
    const key = integerKeyOf(value);
    return key === null ? value : `${field.entity} ${key}`;
  }
  return cut(maskValue(fieldKind(field.column), value));
}

const cut = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`);

import type { Finding } from '../../core/finding.ts';
import { KeyBitmap } from '../../core/key-bitmap.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { keyText, type LegacyKey } from '../../core/record.ts';
import { keyAt, type RefColumn } from '../../core/slice.ts';
import { createIdSpace, type IdSpace } from '../../core/target-id.ts';
import type { SqlSession } from '../session.ts';
import type { RunRef } from '../target.ts';
import { type BatchRows, VERDICT, withNulls } from './batch-rows.ts';
import type { LedgerNames } from './ledger-names.ts';

/** An optional reference whose parent is not there yet. */
export interface PendingRef {
  readonly row: number;
  readonly column: string;
  readonly parent: string;
  readonly key: LegacyKey;
}

/** Parents that are known to be in the target, by entity; only ever grows while an entity is read. */
export type KnownParents = Map<string, KeyBitmap>;

export interface ParentCheck {
  readonly run: RunRef;
  readonly entity: EntityPlan;
  readonly names: LedgerNames;
  readonly known: KnownParents;
}

/**
 * Looks up, set by set, the parents that the rows of a batch name. Rows whose required parent is missing are rejected (or skipped, when only some
 * units are in scope); optional references without a parent are set to NULL and returned. References to the entity itself come last, since a parent
 * in the same batch counts as there.
 */
export async function checkParents(session: SqlSession, rows: BatchRows, check: ParentCheck): Promise<PendingRef[]> {
  const pending: PendingRef[] = [];
  const parents = [...new Set(rows.slices.flatMap((slice) => slice.refs.map((ref) => ref.parent)))];
  const others = parents.filter((parent) => parent !== check.entity.name);
  for (const parent of others) await checkParent(session, rows, check, parent, pending);
  if (others.length < parents.length) await checkParent(session, rows, check, check.entity.name, pending);
  nullPending(rows, check.entity, pending);
  return pending;
}

async function checkParent(
  session: SqlSession,
  rows: BatchRows,
  check: ParentCheck,
  parent: string,
  pending: PendingRef[],
): Promise<void> {
  const space = createIdSpace(check.run.office, parent);
  const known = knownOf(check.known, parent);
  const wanted = distinctUnknown(rows, parent, known);
  if (wanted.length === 0) return;
  let missing = await missingParents(session, check, parent, wanted, space);
  const missed = new Set(missing.map(keyText));
  for (const key of wanted) if (!missed.has(keyText(key))) remember(known, key);
  if (parent === check.entity.name) missing = missing.filter((key) => !isInBatch(rows, key));
  if (missing.length > 0) await judge(session, rows, check, parent, missing, space, pending);
}

function knownOf(known: KnownParents, parent: string): KeyBitmap {
  let bitmap = known.get(parent);
  if (bitmap === undefined) {
    bitmap = new KeyBitmap();
    known.set(parent, bitmap);
  }
  return bitmap;
}

const remember = (known: KeyBitmap, key: LegacyKey): boolean =>
  typeof key === 'number' ? known.addInteger(key) : known.addText(key);
const isKnown = (known: KeyBitmap, key: LegacyKey): boolean =>
  typeof key === 'number' ? known.hasInteger(key) : known.hasText(key);

/** Distinct keys of one parent entity that the batch's live rows name and that are not known to be there. */
function distinctUnknown(rows: BatchRows, parent: string, known: KeyBitmap): LegacyKey[] {
  const batch = new KeyBitmap();
  const wanted: LegacyKey[] = [];
  eachRef(rows, parent, (_row, _ref, key) => {
    if (!isKnown(known, key) && !remember(batch, key)) wanted.push(key);
  });
  return wanted;
}

function eachRef(rows: BatchRows, parent: string, visit: (row: number, ref: RefColumn, key: LegacyKey) => void): void {
  for (let slice = 0; slice < rows.slices.length; slice++) {
    const start = rows.startOf(slice);
    for (const ref of rows.slices[slice]!.refs) {
      if (ref.parent !== parent) continue;
      const { ints } = ref.keys;
      for (let i = 0; i < ints.length; i++) {
        if (rows.verdicts[start + i]! >= VERDICT.reject) continue;
        const key = keyAt(ref.keys, i);
        if (key !== null) visit(start + i, ref, key);
      }
    }
  }
}

async function missingParents(
  session: SqlSession,
  { run, names }: ParentCheck,
  parent: string,
  keys: readonly LegacyKey[],
  space: IdSpace,
): Promise<LegacyKey[]> {
  const ids = idArray(keys, space);
  // A parent that leaves the target at the end of a sync is missing already.
  const leaving =
    run.sync === undefined
      ? ''
      : ` OR EXISTS (SELECT 1 FROM ${names.schema}.sync_gone g WHERE g.entity_id = ${names.id(parent)} AND g.target_id = t.id)`;
  const found = await session.query<{ i: number }>(
    `SELECT t.i::int4 AS i FROM unnest($1::uuid[]) WITH ORDINALITY AS t(id, i)
     WHERE NOT EXISTS (SELECT 1 FROM ${names.crosswalk(parent)} x WHERE x.target_id = t.id)${leaving}`,
    [ids],
  );
  return found.map(({ i }) => keys[i - 1]!);
}

export function idArray(
  keys: readonly LegacyKey[],
  space: IdSpace,
): { readonly kind: 'uuid[]'; readonly bytes: Uint8Array } {
  const bytes = new Uint8Array(keys.length * 16);
  for (let i = 0; i < keys.length; i++) space.write(bytes, i * 16, keys[i]!);
  return { kind: 'uuid[]', bytes };
}

function isInBatch(rows: BatchRows, key: LegacyKey): boolean {
  for (let slice = 0; slice < rows.slices.length; slice++) {
    const { keys } = rows.slices[slice]!;
    const at =
      typeof key === 'number' ? keys.ints.indexOf(key) : ([...keys.texts].find(([, text]) => text === key)?.[0] ?? -1);
    if (at >= 0 && rows.verdicts[rows.startOf(slice) + at]! < VERDICT.reject) return true;
  }
  return false;
}

/** Passes judgement on every row that names a missing parent. */
async function judge(
  session: SqlSession,
  rows: BatchRows,
  check: ParentCheck,
  parent: string,
  missing: readonly LegacyKey[],
  space: IdSpace,
  pending: PendingRef[],
): Promise<void> {
  const rejected = await rejectedParents(session, check, parent, missing, space);
  const gone = new Set(missing.map(keyText));
  eachRef(rows, parent, (row, ref, key) => {
    if (!gone.has(keyText(key))) return;
    if (!ref.required) {
      pending.push({ row, column: ref.column, parent, key });
      return;
    }
    const because = rejected.get(keyText(key));
    rows.wait(row, parent, key);
    if (because === undefined && check.run.scoped) rows.skip(row, 'parent-out-of-scope');
    else rows.reject(row, parentFinding(rows, row, check.entity.name, ref, key, because));
  });
}

function parentFinding(
  rows: BatchRows,
  row: number,
  entity: string,
  ref: RefColumn,
  key: LegacyKey,
  because: string | undefined,
): Finding {
  const params = { parent: ref.parent, parentKey: keyText(key) };
  const base = {
    severity: 'error',
    effect: 'reject',
    entity,
    key: rows.key(row),
    field: ref.column,
    value: keyText(key),
  } as const;
  if (because === undefined) return { ...base, code: 'PARENT_MISSING', params };
  return {
    ...base,
    code: 'PARENT_REJECTED',
    params: { ...params, because: `${ref.parent} ${keyText(key)}: ${because}` },
  };
}

/** Of the missing parents, those that were rejected, with the chain of codes that led there. */
async function rejectedParents(
  session: SqlSession,
  check: ParentCheck,
  parent: string,
  missing: readonly LegacyKey[],
  space: IdSpace,
): Promise<Map<string, string>> {
  const ids = idArray(missing, space);
  const found = await session.query<{ i: number; reasons: unknown }>(
    `SELECT DISTINCT ON (t.i) t.i::int4 AS i, r.reasons
     FROM unnest($2::uuid[]) WITH ORDINALITY AS t(id, i) JOIN ${check.names.schema}.reject r ON r.entity_id = $1 AND r.target_id = t.id
     ORDER BY t.i, r.run_id DESC`,
    [check.names.id(parent), ids],
  );
  return new Map(found.map(({ i, reasons }) => [keyText(missing[i - 1]!), chainOf(reasons)]));
}

function chainOf(reasons: unknown): string {
  const list = (typeof reasons === 'string' ? JSON.parse(reasons) : reasons) as readonly Finding[];
  return list
    .map(({ code, params }) => (params?.['because'] === undefined ? code : `${code} (${params['because']})`))
    .join(', ');
}

/** Sets the columns of pending references to NULL in the images of their rows. */
function nullPending(rows: BatchRows, entity: EntityPlan, pending: PendingRef[]): void {
  const columns = new Map(entity.fields.map((field, index) => [field.column, index]));
  const byRow = new Map<number, Set<number>>();
  for (const { row, column } of pending) {
    const set = byRow.get(row) ?? new Set<number>();
    set.add(columns.get(column)!);
    byRow.set(row, set);
  }
  for (const [row, set] of byRow) rows.replaced.set(row, withNulls(rows.image(row), set));
}

import { KeyBitmap } from '../../core/key-bitmap.ts';
import { keyFromText, type SourceRow, type SourceValue } from '../../core/record.ts';
import { ASKED_AT_ONCE, type ChangeMark, seesDeletes } from '../../sources/changes.ts';
import type { MirrorRow } from '../../write/sync-store.ts';
import type { ChangeFeeds, TableWay } from './change-feeds.ts';
import type { SyncPorts } from './sync-request.ts';

/** One mirror: some columns of a legacy table, by row. */
export interface Mirror {
  /** Entity and name under which it is kept. */
  readonly owner: string;
  readonly name: string;
  readonly table: string;
  /** How the table is followed; null: it is read whole each time. */
  readonly way: TableWay | null;
  /** Columns that are read, and what a row of them is in the mirror; null: it is not kept. */
  readonly columns: readonly string[];
  readonly row: (row: SourceRow) => MirrorRow | null;
  /** Key columns in whose order the table is read. */
  readonly order: readonly string[];
}

export interface MirrorPorts {
  readonly ports: SyncPorts;
  readonly feeds: ChangeFeeds;
  readonly run: number;
}

/** A row that may not be what it was (other columns than the mirror's may have changed): cells before and now, null where it was not or is not. */
export interface MirrorChange {
  readonly key: string;
  readonly before: MirrorRow['cells'];
  readonly now: MirrorRow['cells'];
}

/** How a value is kept in a mirror. */
export function cellOf(value: SourceValue): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : String(value);
}

/**
 * Brings a mirror up to the source, as rows of this run over those of the last one, and tells what may be different. `since`: mark of the last sync; null, or a table that
 * cannot be followed: everything is read.
 */
export async function refreshMirror(
  mirror: Mirror,
  since: ChangeMark | null,
  lookForDeleted: boolean,
  work: MirrorPorts,
  told: (changes: readonly MirrorChange[]) => void,
): Promise<void> {
  const { ports, run } = work;
  await ports.store.mirror.reset(run, mirror.owner, mirror.name);
  if (mirror.way === null || since === null) return refreshByReading(mirror, work, told);
  const keys = new Set(await work.feeds.changed(mirror.table, mirror.way, since));
  if (lookForDeleted && !seesDeletes(mirror.way.wish)) {
    const present = await work.feeds.present(mirror.table, mirror.way.key);
    for await (const page of ports.store.mirror.rows(mirror.owner, mirror.name, null))
      for (const { key } of page) if (!present.has(keyFromText(key))) keys.add(key);
  }
  const all = [...keys];
  for (let from = 0; from < all.length; from += ASKED_AT_ONCE)
    await refreshKeys(mirror, mirror.way, all.slice(from, from + ASKED_AT_ONCE), work, told);
}

async function refreshKeys(
  mirror: Mirror,
  way: TableWay,
  keys: readonly string[],
  { ports, run }: MirrorPorts,
  told: (changes: readonly MirrorChange[]) => void,
): Promise<void> {
  const now = new Map<string, MirrorRow>();
  for await (const row of rowsWith(mirror.table, mirror.columns, way.key, way.key, keys, ports)) {
    const kept = mirror.row(row);
    if (kept !== null) now.set(kept.key, kept);
  }
  const before = await beforeOf(mirror, keys, ports);
  const all = keys.map((key) => ({ key, before: before.get(key) ?? null, now: now.get(key)?.cells ?? null }));
  await keep(mirror, run, all.filter(differs), ports);
  told(all);
}

async function refreshByReading(
  mirror: Mirror,
  { ports, run }: MirrorPorts,
  told: (changes: readonly MirrorChange[]) => void,
): Promise<void> {
  const seen = new KeyBitmap();
  for (const partition of await ports.source.partitions(mirror.table, mirror.order, 1)) {
    const { table, columns, order: key } = mirror;
    const request = { table, columns, key, partition, sql: null, sliceRows: 5000, signal: ports.signal };
    for await (const slice of ports.source.read(request, null)) {
      const rows = ports.stages.parse(slice).rows.flatMap((row) => {
        const kept = mirror.row(row);
        return kept === null || seen.add(keyFromText(kept.key)) ? [] : [kept];
      });
      const before = await beforeOf(
        mirror,
        rows.map((row) => row.key),
        ports,
      );
      const changes = rows
        .map(({ key, cells }) => ({ key, before: before.get(key) ?? null, now: cells }))
        .filter(differs);
      await keep(mirror, run, changes, ports);
      told(changes);
    }
  }
  for await (const page of ports.store.mirror.rows(mirror.owner, mirror.name, null)) {
    const changes = page
      .filter(({ key }) => !seen.has(keyFromText(key)))
      .map(({ key, cells }) => ({ key, before: cells, now: null }));
    await keep(mirror, run, changes, ports);
    told(changes);
  }
}

const differs = ({ before, now }: MirrorChange): boolean => JSON.stringify(before) !== JSON.stringify(now);

async function beforeOf(
  { owner, name }: Mirror,
  keys: readonly string[],
  { store }: SyncPorts,
): Promise<Map<string, MirrorRow['cells']>> {
  const rows = keys.length === 0 ? [] : await store.mirror.before(owner, name, keys);
  return new Map(rows.map(({ key, cells }) => [key, cells]));
}

const keep = (
  { owner, name }: Mirror,
  run: number,
  changes: readonly MirrorChange[],
  { store }: SyncPorts,
): Promise<void> =>
  store.mirror.put(
    run,
    owner,
    name,
    changes.map(({ key, now }) => ({ key, cells: now })),
  );

/** Rows of a table whose columns `by` have one of these values; any number of values. */
export async function* rowsWith(
  table: string,
  columns: readonly string[],
  key: readonly string[],
  by: readonly string[],
  values: readonly string[],
  { source, stages, signal }: Pick<SyncPorts, 'source' | 'stages' | 'signal'>,
): AsyncIterable<SourceRow> {
  const partition = { index: 0, range: null };
  for (let from = 0; from < values.length; from += ASKED_AT_ONCE) {
    const request = { table, columns, key, partition, sql: null, sliceRows: 5000, signal };
    const part = values.slice(from, from + ASKED_AT_ONCE);
    for await (const slice of source.changes!.rowsWith(request, by, part)) yield* stages.parse(slice).rows;
  }
}

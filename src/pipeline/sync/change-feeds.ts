import { KeyBitmap } from '../../core/key-bitmap.ts';
import type { ChangesPlan, EntityPlan, Plan } from '../../core/plan.ts';
import { keyText, type SourceRow } from '../../core/record.ts';
import type { ChangeMark, SourceChanges } from '../../sources/changes.ts';
import { joinKeys, keyOf } from '../../transform/legacy-key.ts';
import type { SyncPorts, SyncRequest } from './sync-request.ts';

/** What changed in legacy tables since the last sync; asked once a table and run. */
export interface ChangeFeeds {
  /** How a table can be followed: as the entity that maps it wishes, else as the source suggests; null: only by reading it whole. */
  wayOf(table: string): Promise<TableWay | null>;
  /** Where the table stands in this run. */
  mark(table: string, way: TableWay): Promise<ChangeMark>;
  expired(table: string, way: TableWay, since: ChangeMark): Promise<boolean>;
  /** Legacy keys that changed between two marks. */
  changed(table: string, way: TableWay, since: ChangeMark): Promise<readonly string[]>;
  /** Legacy keys that the table has now. */
  present(table: string, key: readonly string[]): Promise<KeyBitmap>;
}

/** Key and strategy of a table. */
export interface TableWay {
  readonly key: readonly string[];
  readonly wish: ChangesPlan;
}

export function createChangeFeeds(
  request: SyncRequest,
  ports: SyncPorts,
  changes: SourceChanges | undefined,
  run: number,
): ChangeFeeds {
  const ways = new Map<string, Promise<TableWay | null>>();
  const keys = new Map<string, Promise<readonly string[]>>();
  const bitmaps = new Map<string, Promise<KeyBitmap>>();
  const mark = (table: string, way: TableWay): Promise<ChangeMark> =>
    ports.store.mark(run, table.toLowerCase(), way.wish.kind, (last) =>
      changes!.mark(table, way.wish, last as ChangeMark | null),
    ) as Promise<ChangeMark>;
  return {
    mark,
    wayOf: (table) => once(ways, table.toLowerCase(), () => findWay(request, changes, table)),
    expired: (table, way, since) => changes!.expired(table, way.wish, since),
    changed: (table, way, since) =>
      once(keys, `${table.toLowerCase()} ${JSON.stringify(since)}`, async () => {
        const until = await mark(table, way);
        const found = new Set<string>();
        const asked = { table, key: way.key, wish: way.wish, since, until, signal: ports.signal };
        for await (const rows of changes!.changed(asked)) for (const row of rows) addKey(found, row);
        return [...found];
      }),
    present: (table, key) => once(bitmaps, `${table.toLowerCase()} ${key.join()}`, () => readKeys(table, key, ports)),
  };
}

function addKey(into: Set<string>, row: SourceRow): void {
  const key = rowKey(row);
  if (key !== null) into.add(key);
}

/** Legacy key of a row that holds nothing but its key columns. */
export function rowKey(row: SourceRow): string | null {
  const key = row.length === 1 ? keyOf(row[0]!) : joinKeys(row.map(keyOf));
  return key === null ? null : keyText(key);
}

/** What an entity wishes: its mapping's word, else the project's. */
export const wishOf = (entity: EntityPlan, { sync }: SyncRequest): ChangesPlan =>
  entity.from.changes.kind === 'compare' ? sync.changes : entity.from.changes;

async function findWay(
  request: SyncRequest,
  changes: SourceChanges | undefined,
  table: string,
): Promise<TableWay | null> {
  if (changes === undefined) return null;
  const mapped = entitiesOf(request.plan, table);
  for (const entity of mapped) {
    const wish = wishOf(entity, request);
    const { key } = entity.from;
    if (wish.kind !== 'compare' && (await changes.obstacle(table, key, wish)) === null) return { key, wish };
  }
  const suggested = await changes.suggest(table);
  return suggested === null ? null : { key: suggested.key, wish: suggested.wish };
}

const entitiesOf = (plan: Plan, table: string): readonly EntityPlan[] =>
  plan.entities.filter(({ from }) => from.table.toLowerCase() === table.toLowerCase());

async function readKeys(table: string, key: readonly string[], ports: SyncPorts): Promise<KeyBitmap> {
  const bitmap = new KeyBitmap();
  for (const partition of await ports.source.partitions(table, key, 1)) {
    const request = { table, columns: key, key, partition, sql: null, sliceRows: 5000, signal: ports.signal };
    for await (const slice of ports.source.read(request, null)) {
      for (const row of ports.stages.parse(slice).rows) {
        const found = row.length === 1 ? keyOf(row[0]!) : joinKeys(row.map(keyOf));
        if (found !== null) bitmap.add(found);
      }
    }
  }
  return bitmap;
}

function once<T>(known: Map<string, Promise<T>>, name: string, work: () => Promise<T>): Promise<T> {
  const found = known.get(name);
  if (found !== undefined) return found;
  const started = work();
  known.set(name, started);
  return started;
}

import type { EntityPlan } from '../../core/plan.ts';
import { keyFromText, keyText } from '../../core/record.ts';
import type { ChangeMark } from '../../sources/changes.ts';
import { createFoldIndexBuilder, type FoldIndexData, openFoldIndex } from '../../transform/fold-index.ts';
import type { FoldIndex } from '../../transform/transformer.ts';
import { rowKey } from './change-feeds.ts';
import { cellOf, type Mirror, type MirrorPorts, refreshMirror } from './mirrors.ts';

/** Lineages as the ledger remembers them: brought up to date once a run, whatever number of entities refers to them. */
export interface FoldMirrors {
  /** Brings the mirror of a folded entity up to the source, once a run. */
  refresh(entity: EntityPlan): Promise<void>;
  /** Mirror of a folded entity, as a path for `PlannedEntity.mirrors`. */
  path(entity: EntityPlan): string;
  /** Whether the mirror was left by that run, so that what changed since then can be told. */
  isOf(entity: EntityPlan, run: number): Promise<boolean>;
  index(entity: EntityPlan): Promise<FoldIndexData>;
  /** Versions that came or went, whose head changed, or that do or do not stand for their lineage any more. */
  changed(entity: EntityPlan): Promise<readonly string[]>;
  /** Versions that belong to another lineage than before: who refers to them means another record now. */
  moved(entity: EntityPlan): Promise<readonly string[]>;
  /** All versions that must be read so that the lineages of these are known again: themselves and the winners of their lineages, before and now. */
  closure(entity: EntityPlan, versions: readonly string[]): Promise<readonly string[]>;
  /** Heads of versions, before and now. */
  heads(entity: EntityPlan, versions: readonly string[]): Promise<readonly string[]>;
}

interface Lineages {
  readonly keys: readonly string[];
  readonly data: FoldIndexData;
  readonly index: FoldIndex;
}

const NAME = 'fold';

export function createFoldMirrors(work: MirrorPorts): FoldMirrors {
  const { ports, run, feeds } = work;
  const { store } = ports;
  const states = new Map<string, Promise<void>>();
  const loaded = new Map<string, Promise<Lineages>>();

  const load = (entity: EntityPlan, of: number | null): Promise<Lineages> => {
    const name = `${entity.name} ${of}`;
    const found = loaded.get(name) ?? lineages(entity, of, work);
    loaded.set(name, found);
    return found;
  };
  const now = (entity: EntityPlan): Promise<Lineages> => load(entity, run);
  const before = async (entity: EntityPlan): Promise<Lineages> =>
    (await store.mirror.touched(run, entity.name, NAME)) ? load(entity, null) : now(entity);

  const self: FoldMirrors = {
    path: (entity) => `${entity.name}/${NAME}/${entity.from.table.toLowerCase()}`,
    isOf: async (entity, other) => (await store.mirror.state(entity.name, NAME))?.run === other,
    refresh(entity) {
      const started = states.get(entity.name) ?? refresh(entity);
      states.set(entity.name, started);
      return started;
    },
    index: async (entity) => (await now(entity)).data,
    async changed(entity) {
      if (!(await store.mirror.touched(run, entity.name, NAME))) return [];
      const [old, fresh] = [await before(entity), await now(entity)];
      const [was, is] = [new Set(old.keys), new Set(fresh.keys)];
      const moved = (key: string): boolean => state(old.index, key) !== state(fresh.index, key);
      return [...new Set([...was, ...is])].filter((key) => moved(key) || was.has(key) !== is.has(key));
    },
    async moved(entity) {
      const [old, fresh] = [await before(entity), await now(entity)];
      const changed = await self.changed(entity);
      const head = (index: FoldIndex, key: string): string => keyText(index.head(keyFromText(key)));
      return changed.filter((key) => head(old.index, key) !== head(fresh.index, key));
    },
    async closure(entity, versions) {
      const heads = new Set(await self.heads(entity, versions));
      const wanted = new Set(versions);
      const { keys, index } = await now(entity);
      for (const key of keys) {
        const legacy = keyFromText(key);
        if (index.isWinner(legacy) && heads.has(keyText(index.head(legacy)))) wanted.add(key);
      }
      return [...wanted];
    },
    async heads(entity, versions) {
      const [old, fresh] = [await before(entity), await now(entity)];
      const both = versions.flatMap((key) => [old.index.head(keyFromText(key)), fresh.index.head(keyFromText(key))]);
      return [...new Set(both.map(keyText))];
    },
  };

  async function refresh(entity: EntityPlan): Promise<void> {
    const done = `${entity.name}/${NAME}`;
    if (await store.marked(run, done)) return;
    const mirror = await foldMirror(entity, work);
    const known = await store.mirror.state(entity.name, NAME);
    const since = await usable(mirror, (known?.mark ?? null) as ChangeMark | null, work);
    if (mirror.way !== null) await feeds.mark(mirror.table, mirror.way);
    await refreshMirror(mirror, since, true, work, () => undefined);
    await store.mark(run, done, 'done', () => Promise.resolve({}));
  }
  return self;
}

/** The mark of the last sync, when what happened since can still be told. */
export async function usable(
  mirror: Mirror,
  mark: ChangeMark | null,
  { feeds }: MirrorPorts,
): Promise<ChangeMark | null> {
  if (mirror.way === null || mark === null) return null;
  return (await feeds.expired(mirror.table, mirror.way, mark)) ? null : mark;
}

const state = (index: FoldIndex, key: string): string => {
  const legacy = keyFromText(key);
  return `${keyText(index.head(legacy))} ${index.isWinner(legacy)} ${index.isCyclic(legacy)}`;
};

async function foldMirror(entity: EntityPlan, { feeds }: MirrorPorts): Promise<Mirror> {
  const { table, key } = entity.from;
  const { columns } = createFoldIndexBuilder(entity);
  const way = await feeds.wayOf(table);
  const own = way !== null && way.key.join() === key.join();
  const places = key.map((name) => columns.indexOf(name));
  return {
    owner: entity.name,
    name: NAME,
    table,
    way: own ? way : null,
    columns,
    order: key,
    row: (row) => {
      const found = rowKey(places.map((at) => row[at] ?? null));
      return found === null ? null : { key: found, cells: row.map(cellOf) };
    },
  };
}

async function lineages(entity: EntityPlan, of: number | null, { ports }: MirrorPorts): Promise<Lineages> {
  const builder = createFoldIndexBuilder(entity);
  const keys: string[] = [];
  for await (const page of ports.store.mirror.rows(entity.name, NAME, of)) {
    for (const { key, cells } of page) {
      keys.push(key);
      builder.addRow(cells ?? []);
    }
  }
  const data = builder.build();
  return { keys, data, index: openFoldIndex(data) };
}

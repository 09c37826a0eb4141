import type { EntityPlan, FoldPlan } from '../core/plan.ts';
import type { LegacyKey, SourceRow, SourceValue } from '../core/record.ts';
import { createKeyTable, findKey, type KeyTable, type KeyTableData } from './key-table.ts';
import { joinKeys, keyOf } from './legacy-key.ts';
import { trimText } from './text/normalise.ts';
import { textOf } from './text/text-of.ts';
import type { FoldIndex } from './transformer.ts';

const OLDER = 1;
const CYCLIC = 2;

/**
 * Lineages as plain data on shared memory. Only rows that are not a lineage of their own are in it, so an entity with few edits costs little however
 * many rows it has.
 */
export interface FoldIndexData {
  readonly table: KeyTableData;
  /** Head of the lineage by row number; NaN: it is a text, see `textHeads`. */
  readonly heads: Float64Array;
  readonly textHeads: ReadonlyMap<number, string>;
  /** Bits by row number: 1 not the winner, 2 cyclic. */
  readonly flags: Uint8Array;
}

/** A row version as the builder needs it. */
export interface FoldVersion {
  readonly key: LegacyKey;
  /** Values of `FoldPlan.head`, in order. */
  readonly heads: readonly (LegacyKey | null)[];
  /** Value of `FoldPlan.previous`. */
  readonly previous: LegacyKey | null;
  readonly live: boolean;
}

export interface FoldIndexBuilder {
  /** Columns that `addRow` wants, in this order. Read the whole table with them, once, before the entity and everything that refers to it. */
  readonly columns: readonly string[];
  addRow(row: SourceRow): void;
  add(version: FoldVersion): void;
  /** Call once; the builder is empty afterwards. */
  build(): FoldIndexData;
}

/** The row that this one is a later version of: an explicit head, else the previous version; null for a first one. 0 means none. */
const earlierOf = (version: FoldVersion): LegacyKey | null => {
  for (const head of version.heads) if (head !== null && head !== 0 && head !== version.key) return head;
  const { previous } = version;
  return previous === null || previous === 0 || previous === version.key ? null : previous;
};

/** All versions while they are collected; arrays by row number. */
interface Versions {
  readonly table: KeyTable;
  readonly keys: LegacyKey[];
  readonly earlier: (LegacyKey | null)[];
  /** True where `earlier` is a lineage id: it names the lineage even when its first row is gone. A previous version that is gone names nothing. */
  readonly named: boolean[];
  readonly live: boolean[];
}

interface Lineages {
  readonly heads: LegacyKey[];
  readonly cyclic: Uint8Array;
}

/** Gives every row of a finished path its head. A path that ran into itself is cut: each row of the circle is a head of its own. */
const closePath = (path: readonly number[], head: LegacyKey, circleFrom: number, versions: Versions, out: Lineages) => {
  for (let i = 0; i < path.length; i++) {
    const row = path[i]!;
    const inCircle = circleFrom >= 0 && i >= circleFrom;
    out.heads[row] = inCircle ? versions.keys[row]! : head;
    if (inCircle) out.cyclic[row] = 1;
  }
};

const traceLineages = (versions: Versions): Lineages => {
  const count = versions.keys.length;
  const out: Lineages = { heads: new Array<LegacyKey>(count), cyclic: new Uint8Array(count) };
  const path: number[] = [];
  /** Position in the path by row, so that a circle is seen at once; -1 outside the path. */
  const onPath = new Int32Array(count).fill(-1);
  for (let first = 0; first < count; first++) {
    if (out.heads[first] !== undefined) continue;
    path.length = 0;
    let row = first;
    for (;;) {
      onPath[row] = path.length;
      path.push(row);
      const earlier = versions.earlier[row]!;
      const next = earlier === null ? -1 : versions.table.find(earlier);
      if (next < 0) {
        closePath(path, versions.named[row]! ? earlier! : versions.keys[row]!, -1, versions, out);
        break;
      }
      if (out.heads[next] !== undefined) {
        closePath(path, out.heads[next]!, -1, versions, out);
        break;
      }
      if (onPath[next]! >= 0) {
        closePath(path, versions.keys[next]!, onPath[next]!, versions, out);
        break;
      }
      row = next;
    }
    for (const done of path) onPath[done] = -1;
  }
  return out;
};

/** Integers by value, then texts by their characters. */
const isGreater = (a: LegacyKey, b: LegacyKey): boolean => {
  if (typeof a === typeof b) return a > b;
  return typeof a === 'string';
};

/** Row number of the version that stands for each lineage, by row: is it this one? */
const findWinners = (versions: Versions, lineages: Lineages): Uint8Array => {
  const groups = createKeyTable();
  const best: number[] = [];
  for (let row = 0; row < versions.keys.length; row++) {
    const group = groups.add(lineages.heads[row]!);
    const other = best[group];
    if (other === undefined) best[group] = row;
    else if (
      (versions.live[row]! && !versions.live[other]!) ||
      (versions.live[row] === versions.live[other] && isGreater(versions.keys[row]!, versions.keys[other]!))
    )
      best[group] = row;
  }
  const winners = new Uint8Array(versions.keys.length);
  for (const row of best) winners[row] = 1;
  return winners;
};

const pack = (versions: Versions, lineages: Lineages, winners: Uint8Array): FoldIndexData => {
  const table = createKeyTable();
  const heads: number[] = [];
  const flags: number[] = [];
  const textHeads = new Map<number, string>();
  for (let row = 0; row < versions.keys.length; row++) {
    const key = versions.keys[row]!;
    const head = lineages.heads[row]!;
    const flag = (winners[row] === 1 ? 0 : OLDER) | (lineages.cyclic[row] === 1 ? CYCLIC : 0);
    if (flag === 0 && head === key) continue;
    const at = table.add(key);
    heads[at] = typeof head === 'number' ? head : Number.NaN;
    if (typeof head === 'string') textHeads.set(at, head);
    flags[at] = flag;
  }
  const sharedHeads = new Float64Array(new SharedArrayBuffer(heads.length * 8));
  sharedHeads.set(heads);
  const sharedFlags = new Uint8Array(new SharedArrayBuffer(flags.length));
  sharedFlags.set(flags);
  return { table: table.build(), heads: sharedHeads, textHeads, flags: sharedFlags };
};

/** The live row of a lineage: a bit that is set, or a date (of deletion, of blocking) that is not. */
const isLive = (value: SourceValue): boolean => {
  const text = trimText(textOf(value)).toLowerCase();
  return text === '' || text === '1' || text === 'true';
};

/** Position of a column among those that are read; adds it when it is new. */
const position = (columns: string[], name: string): number => {
  const at = columns.indexOf(name);
  return at >= 0 ? at : columns.push(name) - 1;
};

/** How a row of `columns` is read as a version. */
const versionReader = (entity: EntityPlan, fold: FoldPlan) => {
  const columns: string[] = [];
  const key = entity.from.key.map((name) => position(columns, name));
  const heads = fold.head.map((name) => position(columns, name));
  const previous = fold.previous === null ? -1 : position(columns, fold.previous);
  const live = fold.live === null ? -1 : position(columns, fold.live);
  const keyAt = (row: SourceRow, at: number): LegacyKey | null => keyOf(row[at] ?? null);
  const read = (row: SourceRow): FoldVersion | null => {
    const own = key.length === 1 ? keyAt(row, key[0]!) : joinKeys(key.map((at) => keyAt(row, at)));
    if (own === null) return null;
    return {
      key: own,
      heads: heads.map((at) => keyAt(row, at)),
      previous: previous < 0 ? null : keyAt(row, previous),
      live: live >= 0 && isLive(row[live] ?? null),
    };
  };
  return { columns, read };
};

/**
 * Collects the rows of a folded entity and finds its lineages. All rows count, also those that `where` keeps out: when the live version is one of them, its lineage is
 * kept out with it. Memory: about 100 bytes a row until `build`.
 * Throws for an entity without `fold`.
 */
export const createFoldIndexBuilder = (entity: EntityPlan): FoldIndexBuilder => {
  const { fold } = entity.from;
  if (fold === null) throw new Error(`entity ${entity.name} is not folded`);
  const { columns, read } = versionReader(entity, fold);
  let versions: Versions = { table: createKeyTable(), keys: [], earlier: [], named: [], live: [] };
  const add = (version: FoldVersion): void => {
    // A key that comes twice is a duplicate for the write path; its first row counts here too.
    if (versions.table.add(version.key) < versions.keys.length) return;
    versions.keys.push(version.key);
    versions.earlier.push(earlierOf(version));
    versions.named.push(version.heads.some((head) => head !== null && head !== 0 && head !== version.key));
    versions.live.push(version.live);
  };
  return {
    columns,
    add,
    addRow(row) {
      const version = read(row);
      if (version !== null) add(version);
    },
    build() {
      const lineages = traceLineages(versions);
      const data = pack(versions, lineages, findWinners(versions, lineages));
      versions = { table: createKeyTable(), keys: [], earlier: [], named: [], live: [] };
      return data;
    },
  };
};

/** Opens the data in any thread. */
export const openFoldIndex = (data: FoldIndexData): FoldIndex => {
  const { table, heads, textHeads, flags } = data;
  return {
    head(key) {
      const row = findKey(table, key);
      if (row < 0) return key;
      const head = heads[row]!;
      return Number.isNaN(head) ? textHeads.get(row)! : head;
    },
    isWinner(key) {
      const row = findKey(table, key);
      return row < 0 || (flags[row]! & OLDER) === 0;
    },
    isCyclic(key) {
      const row = findKey(table, key);
      return row >= 0 && (flags[row]! & CYCLIC) !== 0;
    },
  };
};

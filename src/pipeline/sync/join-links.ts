import type { EntityPlan, JoinPlan } from '../../core/plan.ts';
import { keyText } from '../../core/record.ts';
import { type ChangeMark, seesDeletes } from '../../sources/changes.ts';
import { keyOf } from '../../transform/legacy-key.ts';
import { rowKey, type TableWay } from './change-feeds.ts';
import { usable } from './fold-mirrors.ts';
import { cellOf, type Mirror, type MirrorPorts, refreshMirror, rowsWith } from './mirrors.ts';

/** How the rows that a join looks at are followed. */
export interface JoinLink {
  readonly join: JoinPlan;
  readonly way: TableWay | null;
  /** null: the joined column is the key itself and deleted rows are told, so that nothing need be remembered. */
  readonly mirror: Mirror | null;
}

/** The joins of an entity; null where one cannot be followed, with its alias. */
export async function joinLinks(
  entity: EntityPlan,
  work: MirrorPorts,
): Promise<{ readonly links: readonly JoinLink[]; readonly stuck: string | null }> {
  const { source } = work.ports;
  const links: JoinLink[] = [];
  for (const join of entity.from.joins) {
    const way = await work.feeds.wayOf(join.table);
    const of = entity.from.columns[join.of]!;
    const askable =
      (await source.changes!.canAskBy(join.table, [join.on])) &&
      (await source.changes!.canAskBy(entity.from.table, [of]));
    if (!askable) return { links, stuck: join.as };
    links.push({ join, way, mirror: mirrorOf(entity, join, way) });
  }
  return { links, stuck: null };
}

function mirrorOf(entity: EntityPlan, join: JoinPlan, way: TableWay | null): Mirror | null {
  const isKey = way !== null && way.key.length === 1 && way.key[0]!.toLowerCase() === join.on.toLowerCase();
  if (way !== null && isKey && seesDeletes(way.wish)) return null;
  const common = { owner: entity.name, name: `join:${join.as}`, table: join.table, way };
  if (way === null) {
    const columns = [...new Set([join.on, ...join.columns])];
    return {
      ...common,
      columns,
      order: [join.on],
      row: (row) => {
        const cells = row.map(cellOf);
        return cells[0] === null ? null : { key: JSON.stringify(cells).replaceAll('\u0000', ''), cells: [cells[0]!] };
      },
    };
  }
  const width = way.key.length;
  return {
    ...common,
    columns: [...way.key, join.on],
    order: way.key,
    row: (row) => {
      const key = rowKey(row.slice(0, width));
      return key === null ? null : { key, cells: [cellOf(row[width] ?? null)] };
    },
  };
}

/** Path of a link's mirror for `PlannedEntity.mirrors`. */
export const linkPath = ({ owner, name, table }: Mirror): string => `${owner}/${name}/${table.toLowerCase()}`;

/** Brings the mirror of a link up to date without asking what it means: when the whole entity is read anyway. */
export async function rebuildLink({ mirror }: JoinLink, work: MirrorPorts): Promise<void> {
  if (mirror === null) return;
  if (mirror.way !== null) await work.feeds.mark(mirror.table, mirror.way);
  await refreshMirror(mirror, null, false, work, () => undefined);
}

/** Legacy keys of the entity whose joined row changed, came or went. `since`: mark of the joined table at the last sync. */
export async function followLink(
  entity: EntityPlan,
  link: JoinLink,
  since: ChangeMark | null,
  lookForDeleted: boolean,
  work: MirrorPorts,
): Promise<readonly string[]> {
  const values = new Set<string>();
  if (link.mirror === null) {
    for (const key of await work.feeds.changed(link.join.table, link.way!, since!)) values.add(key);
  } else {
    const { owner, name } = link.mirror;
    const known = await work.ports.store.mirror.state(owner, name);
    const from = await usable(link.mirror, (known?.mark ?? null) as ChangeMark | null, work);
    if (link.mirror.way !== null) await work.feeds.mark(link.mirror.table, link.mirror.way);
    await changedValues(link.mirror, from, lookForDeleted, work, values);
  }
  return ownersOf(entity, entity.from.columns[link.join.of]!, [...values], work);
}

/** Values of the joined column in rows that changed, before and now. */
async function changedValues(
  mirror: Mirror,
  since: ChangeMark | null,
  lookForDeleted: boolean,
  work: MirrorPorts,
  values: Set<string>,
): Promise<void> {
  const note = (cells: readonly (string | null)[] | null): void => {
    const value = keyOf(cells?.[0] ?? null);
    if (value !== null) values.add(keyText(value));
  };
  await refreshMirror(mirror, since, lookForDeleted, work, (changes) => {
    for (const { before, now } of changes) {
      note(before);
      note(now);
    }
  });
}

/** Legacy keys of the rows whose column has one of these values. */
export async function ownersOf(
  { from }: EntityPlan,
  column: string,
  values: readonly string[],
  { ports }: MirrorPorts,
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const row of rowsWith(from.table, from.key, from.key, [column], values, ports)) {
    const key = rowKey(row);
    if (key !== null) keys.add(key);
  }
  return [...keys];
}

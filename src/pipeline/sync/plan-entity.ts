import { NO_CORRECTIONS } from '../../core/correction.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { keyFromText, keyText, type LegacyKey } from '../../core/record.ts';
import type { SourcePosition } from '../../core/slice.ts';
import { type ChangeMark, seesDeletes } from '../../sources/changes.ts';
import { joinKeys, keyOf } from '../../transform/legacy-key.ts';
import type { PlannedEntity, Watermark } from '../../write/sync-store.ts';
import type { RunRef } from '../../write/target.ts';
import { type ChangeFeeds, type TableWay, wishOf } from './change-feeds.ts';
import type { FoldMirrors } from './fold-mirrors.ts';
import { type FoldedReference, foldedReferences } from './follow-references.ts';
import { followLink, type JoinLink, joinLinks, linkPath, ownersOf, rebuildLink } from './join-links.ts';
import { settingsOf } from './settings.ts';
import { type SyncPorts, type SyncRequest, WORTH_ASKING } from './sync-request.ts';

/** What all entities of a sync are planned with. */
export interface SyncWork {
  readonly request: SyncRequest;
  readonly ports: SyncPorts;
  readonly ref: RunRef;
  readonly run: number;
  readonly scope: string;
  readonly feeds: ChangeFeeds;
  readonly folds: FoldMirrors;
}

export interface EntityDecision {
  readonly planned: PlannedEntity;
  /** Keys to read in mode `keys`. */
  readonly todo: readonly string[];
}

const DAY = 86_400_000;
/** A night that begins a little earlier than the one before still counts as a day later. */
const EARLIER = DAY / 4;

/** Decides how an entity is read in this run: everything, or the keys that changed and those that depend on something that changed. */
export async function decideEntity(work: SyncWork, entity: EntityPlan): Promise<EntityDecision> {
  const { request, ports } = work;
  const wish = wishOf(entity, request);
  const base = { strategy: wish.kind, settings: settingsOf(entity, request), keysAt: request.now, fullAt: request.now };
  const whole = (reason: string, extra: Partial<PlannedEntity> = {}): EntityDecision => ({
    planned: { ...base, mode: 'full', reason, position: {}, mirrors: [], changed: 0, ...extra },
    todo: [],
  });
  const obstacle = await obstacleOf(work, entity);
  const watermark = await ports.store.watermark(entity.name, work.scope);
  if (obstacle !== null) return whole(request.sync.full ? 'asked' : obstacle, { strategy: 'compare' });
  const ways = await waysOf(work, entity);
  if (ways.stuck !== null) return whole(ways.stuck, { strategy: 'compare' });
  const position = await marksOf(work, entity, ways);
  const why = await whyWhole(work, entity, watermark, base.settings, ways);
  const mirrors = mirrorPaths(work, entity, ways);
  if (why !== null) {
    await rebuild(work, entity, ways);
    return whole(why, { position, mirrors });
  }
  const keys = await changedKeys(work, entity, watermark!, ways);
  if (await isMany(work, entity, keys.todo.length)) return whole(`many:${keys.todo.length}`, { position, mirrors });
  const { keysAt, changed, todo } = keys;
  const planned = {
    ...base,
    mode: 'keys',
    reason: 'changes',
    position,
    mirrors,
    changed,
    keysAt,
    fullAt: watermark!.fullAt,
  } as const;
  return { planned, todo };
}

/** So many keys that reading everything is faster than asking for each. Few keys are few whatever the entity holds, which need not be counted then. */
async function isMany({ ports }: SyncWork, entity: EntityPlan, keys: number): Promise<boolean> {
  return keys > FEW && keys > (await ports.store.countRecords(entity)) * WORTH_ASKING;
}

const FEW = 2000;

/** Why the changes of an entity cannot be followed at all; null: they can. */
async function obstacleOf({ request, ports }: SyncWork, entity: EntityPlan): Promise<string | null> {
  const wish = wishOf(entity, request);
  if (wish.kind === 'compare') return 'compare';
  const { changes } = ports.source;
  if (changes === undefined) return 'no-changes';
  const obstacle = await changes.obstacle(entity.from.table, entity.from.key, wish);
  return obstacle === null ? null : `obstacle:${obstacle}`;
}

/** Everything an entity depends on, and how it is followed. */
interface Ways {
  readonly own: TableWay;
  readonly links: readonly JoinLink[];
  readonly references: readonly FoldedReference[];
  readonly stuck: string | null;
}

async function waysOf(work: SyncWork, entity: EntityPlan): Promise<Ways> {
  const { request, ports, feeds, run } = work;
  const own = { key: entity.from.key, wish: wishOf(entity, request) };
  const joined = await joinLinks(entity, { ports, feeds, run });
  const corrected = correctedLink(entity, request);
  const referred = await foldedReferences(entity, request.plan, ports);
  const stuck =
    corrected !== null
      ? `corrected:${corrected}`
      : joined.stuck !== null
        ? `joined:${joined.stuck}`
        : referred.stuck !== null
          ? `reference:${referred.stuck}`
          : null;
  return { own, links: joined.links, references: referred.references, stuck };
}

/** A column that names joined rows and that corrections change: which joined rows are meant is known only row by row. */
function correctedLink({ name, from }: EntityPlan, { corrections = NO_CORRECTIONS }: SyncRequest): string | null {
  const columns = from.joins.map(({ of }) => from.columns[of]!);
  for (const each of corrections.corrections) {
    if (each.entity !== name) continue;
    const changed = each.kind === 'rule' ? Object.keys(each.set) : [each.column];
    const found = columns.find((column) => changed.includes(column));
    if (found !== undefined) return found;
  }
  return null;
}

async function marksOf({ feeds }: SyncWork, entity: EntityPlan, ways: Ways): Promise<Record<string, SourcePosition>> {
  const position: Record<string, SourcePosition> = {};
  const tables: [string, TableWay | null][] = [
    [entity.from.table, ways.own],
    ...ways.links.map(({ join, way }): [string, TableWay | null] => [join.table, way]),
  ];
  for (const [table, way] of tables) if (way !== null) position[table.toLowerCase()] = await feeds.mark(table, way);
  return position;
}

/** Folded entities that this one needs to know: itself and those it refers to. */
const foldedOf = ({ references }: Ways, entity: EntityPlan): readonly EntityPlan[] => {
  const all = [...(entity.from.fold === null ? [] : [entity]), ...references.map(({ parent }) => parent)];
  return [...new Map(all.map((each) => [each.name, each])).values()];
};

const mirrorPaths = ({ folds }: SyncWork, entity: EntityPlan, ways: Ways): readonly string[] => [
  ...foldedOf(ways, entity).map((each) => folds.path(each)),
  ...ways.links.flatMap(({ mirror }) => (mirror === null ? [] : [linkPath(mirror)])),
];

/** Why everything is read although changes can be followed; null: only what changed. */
async function whyWhole(
  work: SyncWork,
  entity: EntityPlan,
  watermark: Watermark | null,
  settings: string,
  ways: Ways,
): Promise<string | null> {
  const { request, ports, feeds, folds } = work;
  const { full, fullEvery } = request.sync;
  if (full) return 'asked';
  if (watermark === null) return 'first';
  if ((await ports.store.lastRollback()) > watermark.run) return 'rolled-back';
  if (watermark.settings !== settings) return 'settings';
  if (watermark.strategy !== ways.own.wish.kind) return 'strategy';
  if (fullEvery !== null && isDue(watermark.fullAt, fullEvery, request.now)) return 'due';
  const tables: [string, TableWay][] = [[entity.from.table, ways.own]];
  for (const { join, way, mirror } of ways.links) if (way !== null && mirror === null) tables.push([join.table, way]);
  for (const [table, way] of tables) {
    const since = watermark.position[table.toLowerCase()] ?? null;
    if (since === null || (await feeds.expired(table, way, since))) return `expired:${table}`;
  }
  for (const folded of foldedOf(ways, entity))
    if (!(await folds.isOf(folded, watermark.run))) return `mirror:${folded.name}`;
  for (const { mirror } of ways.links) {
    if (mirror === null) continue;
    const state = await ports.store.mirror.state(mirror.owner, mirror.name);
    if (state?.run !== watermark.run) return `mirror:${mirror.name}`;
    const mark = state.mark as ChangeMark | null;
    if (mirror.way !== null && (mark === null || (await feeds.expired(mirror.table, mirror.way, mark))))
      return `expired:${mirror.table}`;
  }
  return null;
}

const isDue = (last: number | null, days: number, now: number): boolean =>
  last === null || now - last >= days * DAY - EARLIER;

/** Mirrors of an entity that is read whole: they must hold what was there before it is read. */
async function rebuild(work: SyncWork, entity: EntityPlan, ways: Ways): Promise<void> {
  for (const folded of foldedOf(ways, entity)) await work.folds.refresh(folded);
  for (const link of ways.links) await rebuildLink(link, work);
}

interface ChangedKeys {
  readonly todo: readonly string[];
  readonly changed: number;
  readonly keysAt: number | null;
}

async function changedKeys(work: SyncWork, entity: EntityPlan, watermark: Watermark, ways: Ways): Promise<ChangedKeys> {
  const { request, ports, feeds, folds, ref } = work;
  const { table, key } = entity.from;
  const mark = (name: string): ChangeMark => watermark.position[name.toLowerCase()] as ChangeMark;
  const keys = new Set(await feeds.changed(table, ways.own, mark(table)));
  const due = !seesDeletes(ways.own.wish) && isDue(watermark.keysAt, request.sync.deletesEvery, request.now);
  for (const folded of foldedOf(ways, entity)) await folds.refresh(folded);
  if (due) for (const gone of await lostKeys(work, entity, key)) keys.add(gone);
  if (due && ways.own.wish.kind === 'updatedAt') for (const fresh of await newKeys(work, entity)) keys.add(fresh);
  const changed = keys.size;
  for (const link of ways.links) {
    const since = link.mirror === null ? mark(link.join.table) : null;
    for (const owner of await followLink(entity, link, since, due, work)) keys.add(owner);
  }
  for (const { parent, columns } of ways.references) {
    const versions = await folds.moved(parent);
    if (versions.length === 0) continue;
    for (const column of columns) for (const owner of await ownersOf(entity, column, versions, work)) keys.add(owner);
  }
  for (const standing of await ports.store.standing(entity)) keys.add(standing);
  for (const affected of await ports.store.affected(ref, entity)) keys.add(affected);
  const todo = await readable(work, entity, [...keys], true);
  return { todo, changed, keysAt: due ? request.now : watermark.keysAt };
}

/** Versions to read so that these keys are known again; without lineages the keys themselves. */
export async function readable(
  { folds }: SyncWork,
  entity: EntityPlan,
  keys: readonly string[],
  withChanged: boolean,
): Promise<readonly string[]> {
  if (entity.from.fold === null) return keys;
  return folds.closure(entity, withChanged ? [...new Set([...keys, ...(await folds.changed(entity))])] : keys);
}

/** Keys of records in the target whose row is gone from the source. */
async function lostKeys({ ports, feeds }: SyncWork, entity: EntityPlan, key: readonly string[]): Promise<string[]> {
  const present = await feeds.present(entity.from.table, key);
  const lost: string[] = [];
  // Lineages know their own versions: the mirror has told already which are gone.
  if (entity.from.fold !== null) return lost;
  for await (const page of ports.store.recordKeys(entity))
    for (const text of page) if (!present.has(keyFromText(text))) lost.push(text);
  return lost;
}

/** Keys that are in the source and that neither target nor rejects know: rows whose date is empty or was set back. */
async function newKeys({ ports }: SyncWork, entity: EntityPlan): Promise<string[]> {
  const { table, key } = entity.from;
  const fresh: string[] = [];
  for (const partition of await ports.source.partitions(table, key, 1)) {
    const request = { table, columns: key, key, partition, sql: null, sliceRows: 5000, signal: ports.signal };
    for await (const slice of ports.source.read(request, null)) {
      const keys = ports.stages.parse(slice).rows.flatMap((row) => {
        const found: LegacyKey | null = row.length === 1 ? keyOf(row[0]!) : joinKeys(row.map(keyOf));
        return found === null ? [] : [keyText(found)];
      });
      fresh.push(...(await ports.store.unknownKeys(entity, keys)));
    }
  }
  return fresh;
}

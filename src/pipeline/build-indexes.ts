import { NO_CORRECTIONS } from '../core/correction.ts';
import type { EntityPlan, JoinPlan, Plan } from '../core/plan.ts';
import type { SourceRow } from '../core/record.ts';
import { packCorrections } from '../transform/corrections/pack-corrections.ts';
import { createFoldIndexBuilder, type FoldIndexData } from '../transform/fold-index.ts';
import { createJoinIndexBuilder, type JoinIndexData } from '../transform/join-index.ts';
import type { RunPorts, RunRequest } from './run-plan.ts';
import type { StageSpec } from './stages.ts';

/** What the indexes are made from. */
export type IndexPorts = Pick<RunPorts, 'source' | 'stages' | 'signal' | 'resolveUnits'>;
/** What of a run they depend on. */
export type IndexRequest = Pick<RunRequest, 'corrections' | 'now' | 'frozenUnits' | 'leavingUnits'> & {
  readonly options: Pick<RunRequest['options'], 'units'>;
};

/** What must be known of other tables before an entity is read: lineages, joined rows, units in scope, expected numbers. Made once a run, kept compactly. */
export interface Indexes {
  stageSpec(entity: EntityPlan, request: IndexRequest): Promise<StageSpec>;
  /** Rows of the entity's table, when the source knows them without reading it. */
  expectedRows(entity: EntityPlan): Promise<number | null>;
  /** Units in scope as keys of `from.unit`; null: all. */
  scope(entity: EntityPlan, request: IndexRequest): Promise<readonly string[] | null>;
}

export function createIndexes(plan: Plan, ports: IndexPorts): Indexes {
  const folds = new Map<string, Promise<FoldIndexData>>();
  const entities = new Map(plan.entities.map((entity) => [entity.name, entity]));
  let scope: Promise<readonly string[]> | null = null;
  let rows: Promise<ReadonlyMap<string, number | null>> | null = null;

  const foldOf = (entity: EntityPlan): Promise<FoldIndexData> => {
    const known = folds.get(entity.name) ?? buildFold(entity, ports);
    folds.set(entity.name, known);
    return known;
  };

  /** Key of a joined table as the entity that maps it has it, so that "the row with the greatest key" means the same everywhere. */
  const tableKey = (join: JoinPlan): readonly string[] =>
    plan.entities.find(({ from }) => from.table.toLowerCase() === join.table.toLowerCase())?.from.key ?? [];

  const scopeOf = async (
    entity: EntityPlan,
    { options: { units } }: IndexRequest,
  ): Promise<readonly string[] | null> => {
    if (units === null || entity.from.unit === null) return null;
    scope ??= ports.resolveUnits(units);
    return scope;
  };

  return {
    scope: scopeOf,
    async stageSpec(entity, request) {
      const folded = foldedEntities(entity, entities);
      const corrections = packCorrections(request.corrections ?? NO_CORRECTIONS, entity);
      return {
        entity: entity.name,
        folds: Object.fromEntries(
          await Promise.all(folded.map(async (other) => [other.name, await foldOf(other)] as const)),
        ),
        joins: Object.fromEntries(
          await Promise.all(
            entity.from.joins.map(async (join) => [join.as, await buildJoin(join, tableKey(join), ports)] as const),
          ),
        ),
        scope: await scopeOf(entity, request),
        now: request.now,
        ...(corrections === null ? {} : { corrections }),
        ...(request.frozenUnits === undefined ? {} : { frozen: request.frozenUnits }),
        ...(request.leavingUnits === undefined ? {} : { leaving: request.leavingUnits }),
      };
    },
    async expectedRows(entity) {
      rows ??= ports.source
        .catalogue()
        .then(({ tables }) => new Map(tables.map((table) => [table.name.toLowerCase(), table.rows?.count ?? null])));
      return (await rows).get(entity.from.table.toLowerCase()) ?? null;
    },
  };
}

/** The entity itself and every entity it refers to, as far as they are folded. */
function foldedEntities(entity: EntityPlan, entities: ReadonlyMap<string, EntityPlan>): EntityPlan[] {
  const names = new Set([
    entity.name,
    ...entity.fields.flatMap((field) => (field.kind === 'value' ? [] : [field.entity])),
  ]);
  return [...names].flatMap((name) => entities.get(name) ?? []).filter(({ from }) => from.fold !== null);
}

async function buildFold(entity: EntityPlan, ports: IndexPorts): Promise<FoldIndexData> {
  const builder = createFoldIndexBuilder(entity);
  for await (const row of rowsOf(entity.from.table, builder.columns, entity.from.key, ports)) builder.addRow(row);
  return builder.build();
}

async function buildJoin(join: JoinPlan, tableKey: readonly string[], ports: IndexPorts): Promise<JoinIndexData> {
  const builder = createJoinIndexBuilder(join, tableKey);
  for await (const row of rowsOf(join.table, builder.columns, [join.on], ports)) builder.addRow(row);
  return builder.build();
}

/** All rows of a table, some columns of it. Broken lines are passed over here: they are reported when the table is read as an entity. */
async function* rowsOf(
  table: string,
  columns: readonly string[],
  key: readonly string[],
  { source, stages, signal }: IndexPorts,
): AsyncIterable<SourceRow> {
  for (const partition of await source.partitions(table, key, 1)) {
    const request = { table, columns, key, partition, sql: null, sliceRows: 5000, signal };
    for await (const slice of source.read(request, null)) yield* stages.parse(slice).rows;
  }
}

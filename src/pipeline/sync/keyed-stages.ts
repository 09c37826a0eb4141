import { NO_CORRECTIONS } from '../../core/correction.ts';
import type { EntityPlan, JoinPlan, Plan } from '../../core/plan.ts';
import { keyText, type SourceRow } from '../../core/record.ts';
import { packCorrections } from '../../transform/corrections/pack-corrections.ts';
import { createJoinIndexBuilder, type JoinIndexData } from '../../transform/join-index.ts';
import { keyOf } from '../../transform/legacy-key.ts';
import type { Indexes } from '../build-indexes.ts';
import type { Stage, Stages } from '../stages.ts';
import type { FoldMirrors } from './fold-mirrors.ts';
import { rowsWith } from './mirrors.ts';
import type { SyncPorts } from './sync-request.ts';

/** What must be known of other tables when only some rows of an entity are read: lineages from the ledger; joined rows are asked for page by page. */
export function createKeyedIndexes(plan: Plan, folds: FoldMirrors, whole: Indexes, expected: number): Indexes {
  return {
    async stageSpec(entity, request) {
      const names = new Set([
        entity.name,
        ...entity.fields.flatMap((field) => (field.kind === 'value' ? [] : [field.entity])),
      ]);
      const folded = plan.entities.filter(({ name, from }) => names.has(name) && from.fold !== null);
      const corrections = packCorrections(request.corrections ?? NO_CORRECTIONS, entity);
      const data = await Promise.all(folded.map(async (each) => [each.name, await folds.index(each)] as const));
      return {
        entity: entity.name,
        folds: Object.fromEntries(data),
        joins: {},
        scope: await whole.scope(entity, request),
        now: request.now,
        ...(corrections === null ? {} : { corrections }),
        ...(request.frozenUnits === undefined ? {} : { frozen: request.frozenUnits }),
        ...(request.leavingUnits === undefined ? {} : { leaving: request.leavingUnits }),
      };
    },
    scope: whole.scope,
    expectedRows: () => Promise.resolve(expected),
  };
}

/** Stages whose joined rows are fetched for each page of rows: only those that the page names. */
export function createKeyedStages(entity: EntityPlan, plan: Plan, ports: SyncPorts): Stages {
  const { stages } = ports;
  if (entity.from.joins.length === 0) return stages;
  return {
    ...stages,
    async open(spec) {
      let inner: Stage = await stages.open({ ...spec, joins: emptyJoins(entity, plan) });
      return {
        width: 0,
        async process(slice) {
          const joins = await joinsOf(entity, plan, stages.parse(slice).rows, ports);
          inner = await stages.open({ ...spec, joins });
          return inner.process(slice);
        },
        explain: (slice, positions) => inner.explain(slice, positions),
        recycle: (bytes) => inner.recycle(bytes),
        close: () => inner.close(),
      };
    },
  };
}

/** Key of a joined table as the entity that maps it has it: which of several rows stays must not depend on how they were read. */
const tableKey = (plan: Plan, join: JoinPlan): readonly string[] =>
  plan.entities.find(({ from }) => from.table.toLowerCase() === join.table.toLowerCase())?.from.key ?? [];

const emptyJoins = (entity: EntityPlan, plan: Plan): Record<string, JoinIndexData> =>
  Object.fromEntries(
    entity.from.joins.map((join) => [join.as, createJoinIndexBuilder(join, tableKey(plan, join)).build()]),
  );

async function joinsOf(
  entity: EntityPlan,
  plan: Plan,
  rows: readonly SourceRow[],
  ports: SyncPorts,
): Promise<Record<string, JoinIndexData>> {
  const joins: Record<string, JoinIndexData> = {};
  for (const join of entity.from.joins) {
    const builder = createJoinIndexBuilder(join, tableKey(plan, join));
    const values = new Set<string>();
    for (const row of rows) {
      const value = keyOf(row[join.of] ?? null);
      if (value !== null) values.add(keyText(value));
    }
    for await (const row of rowsWith(join.table, builder.columns, [join.on], [join.on], [...values], ports))
      builder.addRow(row);
    joins[join.as] = builder.build();
  }
  return joins;
}

import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config/config.ts';
import type { Plan } from '../../core/plan.ts';
import { integerKeyOf } from '../../core/target-id.ts';
import type { ReconciledDifference, ReconciledSet, ReconcileRecord } from '../../ledger/reconcile-record.ts';
import type { EntityReconcile } from '../../pipeline/reconcile/compare-entity.ts';
import { allDifferences, type Reconciliation } from '../../pipeline/reconcile/reconcile.ts';
import type { Cli } from '../cli.ts';
import type { Store } from '../open-store.ts';
import { programVersion } from '../program-version.ts';
import type { ContentsComparison } from './compare-contents.ts';
import { keySample } from './key-sample.ts';
import type { LoadedSoFar } from './loaded-so-far.ts';
import type { ReconcileChoice } from './reconcile-project.ts';

/** What a record is made from besides what was found. */
export interface Making {
  readonly cli: Cli;
  readonly config: Config;
  readonly choice: ReconcileChoice;
  readonly plan: Plan;
  readonly loaded: LoadedSoFar;
  readonly startedAt: Date;
  readonly store: Store;
}

/** A comparison as the ledger keeps it. */
export async function recordOf(
  { cli, config, choice, plan, loaded, startedAt, store }: Making,
  compared: Reconciliation,
  contents: ContentsComparison | null,
): Promise<ReconcileRecord> {
  const symbols = await unitSymbols(store, plan);
  const differences = [...allDifferences(compared), ...foreignOf(plan, compared), ...(contents?.differences ?? [])];
  return {
    office: config.office,
    startedAt,
    finishedAt: new Date(cli.io.now()),
    toolVersion: programVersion(),
    planHash: plan.hash,
    host: hostname(),
    user: userInfo().username,
    options: {
      entities: choice.entities,
      units: loaded.units,
      sample: choice.percent === null ? null : keySample(choice.percent, startedAt.getTime()),
      contents: choice.contents,
    },
    lastRun: loaded.last?.id ?? null,
    equal:
      compared.equal && (contents === null || (contents.differences.length === 0 && contents.numbers.waiting === 0)),
    entities: compared.entities.map((entity) => entityOf(entity, differences)),
    contents: contents?.numbers ?? null,
    sets: compared.entities.flatMap(({ entity, sets }) => sets.map((set) => setOf(entity, set, symbols))),
    differences,
  };
}

function entityOf(
  { entity, counts, left, rows, unexamined, milliseconds }: EntityReconcile,
  differences: readonly ReconciledDifference[],
): ReconcileRecord['entities'][number] {
  const own = differences.filter((difference) => difference.entity === entity);
  const count = (kind: string): number => own.filter((difference) => difference.kind === kind).length;
  return {
    entity,
    ...counts,
    rows,
    ...(Object.keys(left).length === 0 ? {} : { left }),
    missing: count('missing'),
    extra: count('extra'),
    value: count('value'),
    moved: count('moved'),
    content: count('content'),
    unexamined,
    milliseconds,
  };
}

/** Rows of other hands, told on the first entity of their table. */
const foreignOf = (plan: Plan, { foreign }: Reconciliation): ReconciledDifference[] =>
  foreign.map(({ table, id }) => ({
    entity: plan.entities.find(({ to }) => `${to.schema}.${to.table}` === table)?.name ?? table,
    kind: 'extra',
    cause: 'unknown',
    key: null,
    id,
    run: null,
    fields: [],
    codes: [],
  }));

const setOf = (
  entity: string,
  set: EntityReconcile['sets'][number],
  symbols: ReadonlyMap<string, string>,
): ReconciledSet => ({
  entity,
  ...set,
  symbol: set.unit === null ? null : (symbols.get(set.unit) ?? null),
});

/** Symbols of units by legacy key, as the store has them. */
async function unitSymbols(store: Store, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const unit = plan.entities.find(({ name }) => name === 'jednostka');
  if (unit === undefined || !unit.fields.some(({ column }) => column === 'symbol')) return new Map();
  const session = await store.pool.session();
  try {
    const rows = await session.query<{ id: string; symbol: string }>(
      `SELECT t.id::text AS id, t.symbol FROM "${unit.to.schema}"."${unit.to.table}" t WHERE t.symbol IS NOT NULL`,
    );
    return new Map(rows.map(({ id, symbol }) => [String(integerKeyOf(id) ?? id), symbol]));
  } finally {
    await session.release();
  }
}

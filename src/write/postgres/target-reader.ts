import type { EntityPlan } from '../../core/plan.ts';
import { createIdSpace, uuidBytes, uuidText } from '../../core/target-id.ts';
import type { SqlPool, SqlSession } from '../session.ts';
import type { IdRange, ImageSlice, KeySample, PendingReference, TargetReader } from '../target-reader.ts';
import { idArray } from './check-parents.ts';
import { highestInteger, idEntity, lowerHalf, spaceBounds } from './id-bounds.ts';
import { createLedgerNames, type LedgerNames, quoted } from './ledger-names.ts';
import { runsOfOtherSources } from './other-source.ts';
import { withSession } from './postgres-target.ts';
import { readHistory } from './read-history.ts';
import { fieldsOf, readTuples, type Tuples } from './read-tuples.ts';
import { createRowImages } from './row-images.ts';
import { tableOf } from './table-of.ts';

export interface TargetReaderOptions {
  readonly pool: SqlPool;
  readonly office: string;
  readonly ledgerSchema: string;
  /** Kind of the source: rows that another family of sources loaded are not read. Absent: a database. */
  readonly source?: string;
}

/** Rows the embedded database hands over at once, since it answers in one piece. */
const EMBEDDED_PAGE = 5000;

/** Reads the store back in the binary form in which it was written: no second idea of what equal means, and half the work of text. */
export async function openTargetReader(
  { pool, office, ledgerSchema, source }: TargetReaderOptions,
  entities: readonly EntityPlan[],
): Promise<TargetReader> {
  const names = createLedgerNames(office, ledgerSchema);
  const within = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => withSession(pool, work);
  await within((session) =>
    names.ensure(
      session,
      entities.flatMap((entity) => [entity.name, ...referenced(entity)]),
    ),
  );
  const others = runsOfOtherSources(names.schema, office, source);
  const alone = (await within((session) => session.query(`SELECT 1 FROM ${others} o LIMIT 1`))).length === 0;
  const own = (entity: EntityPlan): string =>
    alone
      ? ''
      : ` AND NOT EXISTS (SELECT 1 FROM ${names.crosswalk(entity.name)} x WHERE x.target_id = t.${quoted(entity.fields[0]!.column)} AND x.run_id IN ${others})`;
  const boundsOf = (entity: EntityPlan) => spaceBounds(office, idEntity(entity));
  return {
    images: createRowImages,
    bounds: (entity) => within((session) => integerBounds(session, entity, office)),
    rows: (entity, sample) => {
      const { low, high } = boundsOf(entity);
      return rowsBetween(pool, entity, low, high, `${sampled(entity, sample)}${own(entity)}`);
    },
    rowsIn: (entity, ranges, sample) => rowsIn(pool, entity, ranges, `${sampled(entity, sample)}${own(entity)}`),
    rejected: (entity, why) =>
      ids(
        pool,
        `SELECT DISTINCT r.target_id FROM ${names.schema}.reject r WHERE r.entity_id = ${names.id(entity.name)} AND r.target_id IS NOT NULL
           AND (${KEPT_OUT[why]}) AND NOT EXISTS (SELECT 1 FROM ${names.crosswalk(entity.name)} x WHERE x.target_id = r.target_id)
           AND NOT EXISTS (SELECT 1 FROM ${names.schema}.reject l WHERE l.entity_id = r.entity_id AND l.target_id = r.target_id AND l.run_id > r.run_id)`,
      ),
    pending: (entity, all, arrived) => pendingOf(pool, names, entity, all, arrived),
    known: (entity) => ids(pool, `SELECT target_id FROM ${names.crosswalk(entity.name)}`),
    history: (entity, wanted) => within((session) => readHistory(session, names, entity, wanted)),
    missingParents: async (parent, keys) => {
      const found = await within((session) =>
        session.query<{ i: number }>(
          `SELECT t.i::int4 AS i FROM unnest($1::uuid[]) WITH ORDINALITY AS t(id, i)
           WHERE NOT EXISTS (SELECT 1 FROM ${names.crosswalk(parent)} x WHERE x.target_id = t.id)`,
          [idArray(keys, createIdSpace(office, parent))],
        ),
      );
      return found.map(({ i }) => keys[i - 1]!);
    },
    unknownRows: (entity, limit) =>
      within(async (session) => {
        const { low, high } = boundsOf(entity);
        const id = quoted(entity.fields[0]!.column);
        const rows = await session.query<{ id: string }>(
          `SELECT t.${id}::text AS id FROM ${tableOf(entity)} t WHERE t.${id} BETWEEN '${low}' AND '${high}'
             AND NOT EXISTS (SELECT 1 FROM ${names.crosswalk(entity.name)} x WHERE x.target_id = t.${id}) LIMIT ${limit}`,
        );
        return rows.map((row) => row.id);
      }),
    foreignRows: async (wanted, all, limit) => {
      const found: { table: string; id: string }[] = [];
      for (const entity of onePerTable(wanted)) {
        const rows = await within((session) => foreignIn(session, names, entity, all, office, limit));
        found.push(...rows.map(({ id }) => ({ table: `${entity.to.schema}.${entity.to.table}`, id })));
      }
      return found;
    },
  };
}

/** Reasons of the write path; only those of the newest run that rejected the record count. */
const KEPT_OUT = {
  database: `r.reasons @> '[{"code":"DB_REFUSED"}]'`,
  parent: `r.reasons @> '[{"code":"PARENT_MISSING"}]' OR r.reasons @> '[{"code":"PARENT_REJECTED"}]'`,
} as const;

const referenced = (entity: EntityPlan): string[] =>
  entity.fields.flatMap((field) => (field.kind === 'ref' ? [field.entity] : []));

const onePerTable = (entities: readonly EntityPlan[]): EntityPlan[] => [
  ...new Map(entities.map((entity) => [tableOf(entity), entity])).values(),
];

async function integerBounds(session: SqlSession, entity: EntityPlan, office: string): Promise<IdRange | null> {
  const space = spaceBounds(office, idEntity(entity));
  const id = quoted(entity.fields[0]!.column);
  const edge = (order: 'ASC' | 'DESC'): string =>
    `(SELECT ${id}::text FROM ${tableOf(entity)} WHERE ${id} BETWEEN '${space.low}' AND '${highestInteger(space)}' ORDER BY ${id} ${order} LIMIT 1)`;
  const [row] = await session.query<{ low: string | null; high: string | null }>(
    `SELECT ${edge('ASC')} AS low, ${edge('DESC')} AS high`,
  );
  return row?.low == null || row.high === null ? null : { from: uuidBytes(row.low), to: uuidBytes(row.high) };
}

const columnsOf = (entity: EntityPlan): string => entity.fields.map(({ column }) => `t.${quoted(column)}`).join(', ');

/** Stripes of 4,096 integer keys; of hashed keys, of a 4,096th of their space. The same as `stripe` of the pipeline. */
function sampled(entity: EntityPlan, sample: KeySample | null): string {
  if (sample === null) return '';
  const half = lowerHalf(`t.${quoted(entity.fields[0]!.column)}`);
  const stripe = `CASE WHEN ${half} >= 2305843009213693952 THEN (${half} & 2305843009213693951) >> 49 ELSE ${half} >> 12 END`;
  return ` AND (${stripe}) % ${sample.of} = ${sample.turn}`;
}

/** A server streams them in the order of the table; the embedded database gives pages in order of id. */
async function* rowsBetween(
  pool: SqlPool,
  entity: EntityPlan,
  low: string,
  high: string,
  only: string,
): AsyncGenerator<ImageSlice> {
  const id = quoted(entity.fields[0]!.column);
  const base = `SELECT ${columnsOf(entity)} FROM ${tableOf(entity)} t WHERE t.${id}`;
  const end = `AND t.${id} <= '${high}'${only}`;
  if (pool.kind !== 'embedded') {
    yield* tuples(pool, `${base} >= '${low}' ${end}`);
    return;
  }
  for (let after = ''; ; ) {
    let count = 0;
    const from = after === '' ? `>= '${low}'` : `> '${after}'`;
    for await (const slice of tuples(pool, `${base} ${from} ${end} ORDER BY t.${id} LIMIT ${EMBEDDED_PAGE}`)) {
      count += slice.count;
      after = uuidText(slice.bytes, slice.offsets[slice.count - 1]! + 6);
      yield slice;
    }
    if (count < EMBEDDED_PAGE) return;
  }
}

/** Ranges a statement asks for at once. */
const RANGES = 500;

async function* rowsIn(
  pool: SqlPool,
  entity: EntityPlan,
  ranges: readonly IdRange[],
  only: string,
): AsyncGenerator<ImageSlice> {
  const id = quoted(entity.fields[0]!.column);
  for (let at = 0; at < ranges.length; at += RANGES) {
    const values = ranges
      .slice(at, at + RANGES)
      .map(({ from, to }) => `('${uuidText(from, 0)}'::uuid, '${uuidText(to, 0)}'::uuid)`);
    yield* tuples(
      pool,
      `SELECT ${columnsOf(entity)} FROM (VALUES ${values.join(', ')}) r(lo, hi) JOIN ${tableOf(entity)} t ON t.${id} BETWEEN r.lo AND r.hi${only}`,
    );
  }
}

/** One session for one stream; given back as broken when the reader stops early, since the rest is still on the wire. */
async function* tuples(pool: SqlPool, query: string): AsyncGenerator<Tuples> {
  if (pool.kind === 'embedded') {
    // Its one connection must be free while the reader works
    const pieces = await withSession(pool, async (session) => {
      const all: Tuples[] = [];
      for await (const piece of readTuples(session, query)) all.push(piece);
      return all;
    });
    yield* pieces;
    return;
  }
  const session = await pool.session();
  let broken = true;
  try {
    yield* readTuples(session, query);
    broken = false;
  } finally {
    await session.release(broken);
  }
}

/** First column of a query as pieces of 16 bytes. */
async function* ids(pool: SqlPool, query: string): AsyncGenerator<Uint8Array> {
  for await (const { count, bytes, offsets } of tuples(pool, query)) {
    const out = new Uint8Array(count * 16);
    for (let i = 0; i < count; i++) out.set(bytes.subarray(offsets[i]! + 6, offsets[i]! + 22), i * 16);
    yield out;
  }
}

async function* pendingOf(
  pool: SqlPool,
  names: LedgerNames,
  entity: EntityPlan,
  all: readonly EntityPlan[],
  arrived: boolean,
): AsyncGenerator<PendingReference> {
  const parents = new Set(referenced(entity));
  for (const name of parents) {
    const parent = all.find((other) => other.name === name);
    const absent = arrived
      ? 'true'
      : parent === undefined
        ? `NOT EXISTS (SELECT 1 FROM ${names.crosswalk(name)} x WHERE x.target_id = p.parent_id)`
        : `NOT EXISTS (SELECT 1 FROM ${tableOf(parent)} t WHERE t.${quoted(parent.fields[0]!.column)} = p.parent_id)`;
    const query = `SELECT p.target_id, p.parent_id, p.column_name FROM ${names.schema}.pending_ref p
      WHERE p.entity_id = ${names.id(entity.name)} AND p.parent_entity_id = ${names.id(name)} AND ${absent}`;
    for await (const { count, bytes, offsets } of tuples(pool, query)) {
      for (let i = 0; i < count; i++) {
        const [child, target, column] = fieldsOf(bytes.subarray(offsets[i]!, offsets[i + 1]!));
        yield { child: child!, parent: target!, column: Buffer.from(column!).toString('utf8') };
      }
    }
  }
}

/** Ids outside every space that may have rows in this table: those of this office's entities that go there, and all of other offices. */
async function foreignIn(
  session: SqlSession,
  names: LedgerNames,
  entity: EntityPlan,
  all: readonly EntityPlan[],
  office: string,
  limit: number,
): Promise<{ id: string }[]> {
  const others = await session.query<{ office: string; name: string }>(
    `SELECT office, name FROM ${names.schema}.entity WHERE office <> $1`,
    [office],
  );
  const own = all
    .filter((other) => tableOf(other) === tableOf(entity))
    .map((other) => spaceBounds(office, idEntity(other)));
  const spaces = [...own, ...others.map((other) => spaceBounds(other.office, other.name))];
  const id = `t.${quoted(entity.fields[0]!.column)}`;
  const inside = spaces.map(({ low, high }) => `${id} BETWEEN '${low}' AND '${high}'`).join(' OR ');
  return session.query<{ id: string }>(
    `SELECT ${id}::text AS id FROM ${tableOf(entity)} t WHERE NOT (${inside}) LIMIT ${limit}`,
  );
}

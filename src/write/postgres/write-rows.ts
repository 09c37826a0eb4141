import type { Finding } from '../../core/finding.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { keyAt } from '../../core/slice.ts';
import { isAboutARow, type SqlError, type SqlSession } from '../session.ts';
import { type BatchRows, withNulls } from './batch-rows.ts';
import type { PendingRef } from './check-parents.ts';
import { type LedgerNames, quoted } from './ledger-names.ts';
import { rememberRows } from './remember-rows.ts';
import { tableOf } from './table-of.ts';

export interface RowWriting {
  readonly session: SqlSession;
  readonly rows: BatchRows;
  readonly entity: EntityPlan;
  readonly names: LedgerNames;
  readonly run: number;
}

const columnsOf = (entity: EntityPlan): string => entity.fields.map(({ column }) => quoted(column)).join(', ');

/** Writes new rows with COPY straight into the target table. Returns those that the database took. */
export async function insertRows(
  writing: RowWriting,
  candidates: readonly number[],
  pending: PendingRef[],
): Promise<number[]> {
  const { session, rows, entity } = writing;
  const target = `${tableOf(entity)} (${columnsOf(entity)})`;
  return bisect(writing, candidates, pending, (part) => session.copy(target, rows.images(part)));
}

/**
 * Replaces changed rows: COPY into a temporary table, previous rows into `undo`, one UPDATE. A row that somebody deleted from the target by hand is
 * inserted again.
 */
export async function updateRows(
  writing: RowWriting,
  candidates: readonly number[],
  pending: PendingRef[],
): Promise<number[]> {
  if (candidates.length === 0) return [];
  const { session, rows, entity } = writing;
  const temporary = quoted(`ezd_stage_${writing.names.id(entity.name)}`);
  await session.query(
    `CREATE TEMP TABLE IF NOT EXISTS ${temporary} ON COMMIT DELETE ROWS AS SELECT ${columnsOf(entity)} FROM ${tableOf(entity)} WITH NO DATA`,
  );
  const statements = updateStatements(writing, temporary);
  return bisect(writing, candidates, pending, async (part) => {
    await session.query(`TRUNCATE ${temporary}`);
    await session.copy(`${temporary} (${columnsOf(entity)})`, rows.images(part));
    for (const statement of statements) await session.query(statement);
  });
}

function updateStatements({ entity, names, run }: RowWriting, temporary: string): string[] {
  const table = tableOf(entity);
  const crosswalk = names.crosswalk(entity.name);
  const assignments = entity.fields.slice(1).map(({ column }) => `${quoted(column)} = s.${quoted(column)}`);
  const id = quoted(entity.fields[0]!.column);
  const columns = columnsOf(entity);
  const { gone } = entity.from;
  // A record that was marked as gone and came back.
  if (gone?.kind === 'mark' && !entity.fields.some(({ column }) => column === gone.column))
    assignments.push(`${quoted(gone.column)} = NULL`);
  return [
    rememberRows({
      names,
      run,
      entity,
      action: 'update',
      from: `${temporary} s JOIN ${crosswalk} x ON x.target_id = s.${id} LEFT JOIN ${table} t ON t.${id} = s.${id}`,
    }),
    ...(assignments.length === 0
      ? []
      : [`UPDATE ${table} t SET ${assignments.join(', ')} FROM ${temporary} s WHERE t.${id} = s.${id}`]),
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${temporary} s WHERE NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.${id} = s.${id})`,
  ];
}

/** Records the new hashes of updated rows. */
export async function updateCrosswalk(
  { session, rows, entity, names, run }: RowWriting,
  written: readonly number[],
): Promise<void> {
  if (written.length === 0) return;
  await session.query(
    `UPDATE ${names.crosswalk(entity.name)} x SET row_hash = t.hash, run_id = ${run}
     FROM unnest($1::uuid[], $2::int8[]) AS t(id, hash) WHERE x.target_id = t.id`,
    [rows.ids(written), rows.hashes(written)],
  );
}

/**
 * Applies a step to many rows inside a savepoint. When the database refuses, halves until the bad rows stand alone: these are rejected with the
 * database's words, all others are written.
 */
async function bisect(
  writing: RowWriting,
  part: readonly number[],
  pending: PendingRef[],
  apply: (part: readonly number[]) => Promise<void>,
): Promise<number[]> {
  if (part.length === 0) return [];
  const { session } = writing;
  await session.query('SAVEPOINT part');
  try {
    await apply(part);
    await session.query('RELEASE SAVEPOINT part');
    return [...part];
  } catch (error) {
    if (!isAboutARow(error)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT part');
    await session.query('RELEASE SAVEPOINT part');
    if (part.length === 1) return refused(writing, part[0]!, error, pending, apply);
    const middle = part.length >>> 1;
    const first = await bisect(writing, part.slice(0, middle), pending, apply);
    return [...first, ...(await bisect(writing, part.slice(middle), pending, apply))];
  }
}

/** One row that the database refused: tried once more without its references to rows of the same batch, then rejected. */
async function refused(
  writing: RowWriting,
  row: number,
  error: SqlError,
  pending: PendingRef[],
  apply: (part: readonly number[]) => Promise<void>,
): Promise<number[]> {
  const self = error.sqlState === '23503' ? selfReferences(writing, row, pending) : [];
  if (self.length === 0) {
    writing.rows.reject(row, refusal(writing, row, error));
    return [];
  }
  const positions = self.map(({ column }) => writing.entity.fields.findIndex((field) => field.column === column));
  writing.rows.replaced.set(row, withNulls(writing.rows.image(row), new Set(positions)));
  pending.push(...self);
  return bisect(writing, [row], pending, apply);
}

/** Its optional references to the own entity that are still there: a row may wait for other parents already. */
function selfReferences({ rows, entity }: RowWriting, row: number, pending: readonly PendingRef[]): PendingRef[] {
  const { slice } = rows.position(row);
  const local = row - rows.startOf(slice);
  return rows.slices[slice]!.refs.flatMap(({ column, parent, required, keys }) => {
    const key = keyAt(keys, local);
    if (parent !== entity.name || required || key === null) return [];
    return pending.some((each) => each.row === row && each.column === column) ? [] : [{ row, column, parent, key }];
  });
}

function refusal({ rows, entity }: RowWriting, row: number, error: SqlError): Finding {
  return {
    code: 'DB_REFUSED',
    severity: 'error',
    effect: 'reject',
    entity: entity.name,
    key: rows.key(row),
    ...(error.column === undefined ? {} : { field: error.column }),
    params: {
      sqlState: error.sqlState,
      message: withoutValues(error.message),
      ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
    },
  };
}

/** The database quotes values in double quotes after the colon; they may be personal data. */
const withoutValues = (message: string): string => message.replace(/: ".*$/s, '');

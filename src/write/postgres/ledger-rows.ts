import type { CorrectionUse } from '../../core/correction.ts';
import type { Finding } from '../../core/finding.ts';
import { VALUE_LIMIT } from '../../core/finding.ts';
import { keyText, type LegacyKey, type SourceValue } from '../../core/record.ts';
import { createIdSpace } from '../../core/target-id.ts';
import type { SqlSession } from '../session.ts';
import type { RunRef } from '../target.ts';
import type { BatchRows } from './batch-rows.ts';
import { ensure, newOut, type Out, sized, writeNull } from './binary-out.ts';
import type { PendingRef } from './check-parents.ts';
import type { LedgerNames } from './ledger-names.ts';
import { VALUE_WRITERS } from './value-writers.ts';

/** A record kept out, as the ledger stores it. */
export interface Reject {
  readonly key: LegacyKey | null;
  readonly source: Readonly<Record<string, SourceValue>>;
  readonly reasons: readonly Finding[];
}

/** Crosswalk rows of newly written records. An integer key is inside the id, so its text stays NULL. */
export async function copyCrosswalk(
  session: SqlSession,
  rows: BatchRows,
  written: readonly number[],
  entity: number,
  run: number,
  table: string,
): Promise<void> {
  if (written.length === 0) return;
  const out = newOut(written.length * 56 + 1024);
  for (const row of written) {
    startRow(out, 5);
    VALUE_WRITERS.int2(out, entity);
    writeFixed(out, 16, (bytes, at) => rows.writeId(row, bytes, at));
    writeFixed(out, 8, (bytes, at) => rows.writeHash(row, bytes, at));
    VALUE_WRITERS.int4(out, run);
    const key = rows.key(row);
    if (typeof key === 'number') writeNull(out);
    else VALUE_WRITERS.text(out, key);
  }
  await session.copy(`${table} (entity_id, target_id, row_hash, run_id, legacy_key)`, [out.bytes.subarray(0, out.at)]);
}

export async function copyFindings(
  session: SqlSession,
  names: LedgerNames,
  run: number,
  entity: number,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  const out = newOut(findings.length * 160 + 1024);
  for (const finding of findings) {
    startRow(out, 9);
    VALUE_WRITERS.int4(out, run);
    VALUE_WRITERS.int2(out, entity);
    writeOptional(out, finding.key === null ? null : keyText(finding.key));
    VALUE_WRITERS.text(out, finding.code);
    VALUE_WRITERS.text(out, finding.severity);
    VALUE_WRITERS.text(out, finding.effect);
    writeOptional(out, finding.field ?? null);
    writeOptional(out, finding.value ?? null);
    if (finding.params === undefined) writeNull(out);
    else VALUE_WRITERS.jsonb(out, JSON.stringify(storable(finding.params)));
  }
  const columns = 'run_id, entity_id, legacy_key, code, severity, effect, field, value, params';
  await session.copy(`${names.schema}.finding (${columns})`, [out.bytes.subarray(0, out.at)]);
}

export async function copyRejects(
  session: SqlSession,
  names: LedgerNames,
  run: RunRef,
  entity: string,
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const space = createIdSpace(run.office, entity);
  const id = new Uint8Array(16);
  const out = newOut(rejects.length * 1024);
  for (const { key, source, reasons } of rejects) {
    startRow(out, 6);
    VALUE_WRITERS.int4(out, run.id);
    VALUE_WRITERS.int2(out, names.id(entity));
    writeOptional(out, key === null ? null : keyText(key));
    if (key === null) writeNull(out);
    else {
      space.write(id, 0, key);
      VALUE_WRITERS.bytea(out, id);
    }
    VALUE_WRITERS.text(out, sourceJson(source));
    VALUE_WRITERS.jsonb(out, JSON.stringify(reasons.map(storable)));
  }
  await session.copy(`${names.schema}.reject (run_id, entity_id, legacy_key, target_id, source, reasons)`, [
    out.bytes.subarray(0, out.at),
  ]);
}

/** What became of corrections in a batch. */
export async function copyCorrections(
  session: SqlSession,
  names: LedgerNames,
  run: number,
  entity: number,
  uses: readonly CorrectionUse[],
): Promise<void> {
  if (uses.length === 0) return;
  const out = newOut(uses.length * 160 + 1024);
  for (const use of uses) {
    startRow(out, 8);
    VALUE_WRITERS.int4(out, run);
    VALUE_WRITERS.int2(out, entity);
    VALUE_WRITERS.int4(out, use.number);
    VALUE_WRITERS.text(out, withoutNul(keyText(use.key)));
    VALUE_WRITERS.text(out, use.column);
    writeOptional(out, use.old);
    writeOptional(out, use.new);
    VALUE_WRITERS.text(out, use.outcome);
  }
  const columns = 'run_id, entity_id, number, legacy_key, field, old_value, new_value, outcome';
  await session.copy(`${names.schema}.correction_use (${columns})`, [out.bytes.subarray(0, out.at)]);
}

/** Remembers optional references that were written as NULL. */
export async function copyPendingRefs(
  session: SqlSession,
  names: LedgerNames,
  run: RunRef,
  entity: string,
  rows: BatchRows,
  pending: readonly PendingRef[],
): Promise<void> {
  if (pending.length === 0) return;
  const spaces = new Map(
    [...new Set(pending.map(({ parent }) => parent))].map((parent) => [parent, createIdSpace(run.office, parent)]),
  );
  const out = newOut(pending.length * 120 + 1024);
  for (const { row, column, parent, key } of pending) {
    startRow(out, 7);
    VALUE_WRITERS.int2(out, names.id(entity));
    writeFixed(out, 16, (bytes, at) => rows.writeId(row, bytes, at));
    VALUE_WRITERS.text(out, column);
    VALUE_WRITERS.int2(out, names.id(parent));
    writeFixed(out, 16, (bytes, at) => spaces.get(parent)!.write(bytes, at, key));
    VALUE_WRITERS.text(out, keyText(key));
    VALUE_WRITERS.int4(out, run.id);
  }
  const columns = 'entity_id, target_id, column_name, parent_entity_id, parent_id, parent_key, run_id';
  await session.copy(`${names.schema}.pending_ref (${columns})`, [out.bytes.subarray(0, out.at)]);
}

function startRow(out: Out, columns: number): void {
  ensure(out, 80);
  out.view.setInt16(out.at, columns);
  out.at += 2;
}

function writeFixed(out: Out, size: number, write: (bytes: Uint8Array, at: number) => void): void {
  sized(out, size);
  write(out.bytes, out.at);
  out.at += size;
}

function writeOptional(out: Out, text: string | null): void {
  if (text === null) writeNull(out);
  else VALUE_WRITERS.text(out, withoutNul(text).slice(0, VALUE_LIMIT));
}

/** PostgreSQL cannot hold NUL in a text: shown as its symbol. */
const withoutNul = (text: string): string =>
  (text.includes('\u0000') ? text.replaceAll('\u0000', '\u2400') : text).toWellFormed();

/** The same for every text inside a JSON value. */
function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? withoutNul(part) : part,
  ) as T;
}

/** The source row as JSON text; NUL stays an escape, bytes become `0x…`, big integers text. */
function sourceJson(source: Readonly<Record<string, SourceValue>>): string {
  return JSON.stringify(source, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
    return value;
  });
}

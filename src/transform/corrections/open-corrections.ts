import type { CorrectionUse } from '../../core/correction.ts';
import { type RecordFinding, VALUE_LIMIT } from '../../core/finding.ts';
import type { EntityPlan } from '../../core/plan.ts';
import type { LegacyKey, SourceRow, SourceValue } from '../../core/record.ts';
import { keyReader } from '../create-transformer.ts';
import { findKey } from '../key-table.ts';
import { type FindingSink, reporter } from '../report.ts';
import { isMissing, textOf } from '../text/text-of.ts';
import type { TransformEnvironment } from '../transformer.ts';
import { type BulkChange, compileBulk } from './compile-bulk.ts';
import { BECOMES_NOTHING, type CorrectionsData, EXPECTS_NOTHING } from './pack-corrections.ts';
import { sameValue } from './same-value.ts';

/** A row that a correction is about. Reused from row to row: take what you need before the next one. */
export interface Corrected {
  /** The row as it goes on; the very same one when nothing was applied. */
  row: SourceRow;
  /** The record that the row stands for. */
  key: LegacyKey;
  /** Those of the single record first. */
  readonly uses: CorrectionUse[];
  /** How many of `uses` are about the single record. */
  singles: number;
  /** What is to be said about it: CORRECTION_STALE, CORRECTION_NEEDLESS, EXPR_FAILED. */
  readonly findings: RecordFinding[];
}

/** Corrects a source row; null when no correction is about it. Pure; one a thread. */
export type Corrector = (row: SourceRow) => Corrected | null;

/**
 * Opens the corrections of an entity in any thread. A record is meant by its legacy key, for a folded entity that of the lineage; the row that stands for it is
 * corrected. Conditions and look-ups see the row as the source has it. Of several corrections of one value the one of the single record wins, then the first.
 */
export function openCorrections(data: CorrectionsData, entity: EntityPlan, env: TransformEnvironment): Corrector {
  const recordOf = recordReader(entity, env);
  const result: Corrected = { row: [], key: 0, uses: [], singles: 0, findings: [] };
  const sink: FindingSink = { findings: result.findings, raw: null, rejected: false };
  const bulk = data.bulk.map(({ number, correction }) => ({
    number,
    change: compileBulk(correction, { entity, env, report: reporter(sink, 'when') }),
  }));
  return (row) => {
    const key = recordOf(row);
    if (key === null) return null;
    const record = findKey(data.table, key);
    if (record < 0 && bulk.length === 0) return null;
    result.row = row;
    result.key = key;
    result.uses.length = 0;
    result.findings.length = 0;
    if (record >= 0) correctRecord(data, record, entity, row, result);
    result.singles = result.uses.length;
    for (const { number, change } of bulk) applyBulk(change, number, entity, row, result);
    return result.uses.length === 0 && result.findings.length === 0 ? null : result;
  };
}

/** The record that a row stands for; null for none (no key, an older version). */
export function recordReader(
  entity: EntityPlan,
  env: Pick<TransformEnvironment, 'folds'>,
): (row: SourceRow) => LegacyKey | null {
  const readKey = keyReader(entity);
  const fold = entity.from.fold === null ? undefined : env.folds.get(entity.name);
  if (fold === undefined) return readKey;
  return (row) => {
    const key = readKey(row);
    return key === null || !fold.isWinner(key) ? null : fold.head(key);
  };
}

function correctRecord(
  data: CorrectionsData,
  record: number,
  entity: EntityPlan,
  row: SourceRow,
  result: Corrected,
): void {
  for (let at = data.first[record]!; at >= 0; at = data.next[at]!) {
    const column = data.columns[at]!;
    const nothing = data.nothing[at]!;
    const expected = (nothing & EXPECTS_NOTHING) === 0 ? textAt(data, 2 * at) : null;
    const wanted = (nothing & BECOMES_NOTHING) === 0 ? textAt(data, 2 * at + 1) : null;
    const name = entity.from.columns[column]!;
    const found = row[column] ?? null;
    const outcome = outcomeOf(found, expected, wanted, name);
    result.uses.push({
      number: data.numbers[at]!,
      key: result.key,
      column: name,
      old: shown(found),
      new: wanted,
      outcome,
    });
    if (outcome === 'applied') put(result, row, column, wanted);
    else result.findings.push(findingOf(outcome, name, found));
  }
}

const outcomeOf = (
  found: SourceValue,
  expected: string | null,
  wanted: string | null,
  column: string,
): 'applied' | 'needless' | 'stale' => {
  if (isThere(found, wanted)) return 'needless';
  if (sameValue(found, expected, column)) return 'applied';
  return sameValue(found, wanted, column) ? 'needless' : 'stale';
};

const findingOf = (outcome: 'needless' | 'stale', field: string, found: SourceValue): RecordFinding => ({
  code: outcome === 'stale' ? 'CORRECTION_STALE' : 'CORRECTION_NEEDLESS',
  severity: outcome === 'stale' ? 'warning' : 'info',
  effect: 'load',
  field,
  ...(isMissing(found) ? {} : { value: textOf(found).slice(0, VALUE_LIMIT) }),
});

function applyBulk(change: BulkChange, number: number, entity: EntityPlan, row: SourceRow, result: Corrected): void {
  const wanted = change(row);
  if (wanted === null) return;
  for (const { column, value } of wanted) {
    const name = entity.from.columns[column]!;
    const found = row[column] ?? null;
    if (isThere(found, value) || result.uses.some((use) => use.outcome === 'applied' && use.column === name)) continue;
    result.uses.push({ number, key: result.key, column: name, old: shown(found), new: value, outcome: 'applied' });
    put(result, row, column, value);
  }
}

/** The row of the source stays as it is: what a reject keeps is what the legacy system holds. */
function put(result: Corrected, row: SourceRow, column: number, value: string | null): void {
  const copy = result.row === row ? [...row] : (result.row as SourceValue[]);
  copy[column] = value;
  result.row = copy;
}

const isThere = (found: SourceValue, wanted: string | null): boolean =>
  wanted === null ? isMissing(found) : textOf(found) === wanted;

const shown = (value: SourceValue): string | null => (isMissing(value) ? null : textOf(value));

const textAt = ({ texts, offsets }: CorrectionsData, at: number): string =>
  Buffer.from(texts.buffer, texts.byteOffset + offsets[at]!, offsets[at + 1]! - offsets[at]!).toString('utf8');

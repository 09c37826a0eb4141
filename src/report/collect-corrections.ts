import { fieldKind, maskValue } from '../core/mask.ts';
import type { Ledger, RunState, UsedCorrection } from '../ledger/ledger.ts';
import type { ReportCorrections } from './report-model.ts';

/** Corrections that a report lists. */
const LISTED = 200;

export interface CollectedCorrections {
  /** null: the run had no corrections. */
  readonly corrections: ReportCorrections | null;
  /** Corrections that `corrections.list` does not hold. */
  readonly moreCorrections: number;
}

/** What became of the corrections of a run: those that did not fit first, since somebody has to look at them. */
export async function collectCorrections(
  ledger: Ledger,
  run: RunState,
  personal: boolean,
): Promise<CollectedCorrections> {
  if ((run.correctionsHash ?? null) === null) return { corrections: null, moreCorrections: 0 };
  const sums = { applied: 0, stale: 0, needless: 0, skipped: 0 };
  for (const { outcome, count } of await ledger.countCorrections(run.id)) sums[outcome] += count;
  const lost = (await ledger.countFindings(run.id))
    .filter(({ code }) => code === 'CORRECTION_NO_RECORD')
    .reduce((sum, { count }) => sum + count, 0);
  const list: ReportCorrections['list'] = [];
  for (const outcome of ['stale', 'applied'] as const)
    for await (const used of ledger.corrections(run.id, { outcome })) {
      if (list.length === LISTED) break;
      list.push(rowOf(used, personal));
    }
  return {
    corrections: { applied: sums.applied, notApplied: sums.stale + lost, list },
    moreCorrections: sums.applied + sums.stale - list.length,
  };
}

function rowOf(used: UsedCorrection, personal: boolean): ReportCorrections['list'][number] {
  const { entity, key, field, reason, author, date, outcome } = used;
  const shown = (value: string | null): string | null =>
    value === null || personal ? value : maskValue(fieldKind(field), value);
  const values = { old: shown(used.old), new: shown(used.new) };
  return { entity, key, field, ...values, reason, author, date: date ?? '–', applied: outcome === 'applied' };
}

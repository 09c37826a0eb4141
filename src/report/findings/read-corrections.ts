import { fieldKind, maskValue } from '../../core/mask.ts';
import type { RunState, UsedCorrection } from '../../ledger/ledger.ts';
import type { ReportCorrections } from '../report-model.ts';
import type { ReportStore } from '../report-store.ts';

/** Corrections told one by one. */
const LISTED = 200;

/** What became of the corrections of a run: sums, and the first of them; null: the run had none. `missing`: corrections of records that were not there. */
export async function readCorrectionSums(
  { ledger }: ReportStore,
  run: RunState,
  { personal, missing }: { readonly personal: boolean; readonly missing: number },
): Promise<{ readonly corrections: ReportCorrections | null; readonly more: number }> {
  const counts = await ledger.countCorrections(run.id);
  const sum = (of: readonly { readonly count: number }[]): number => of.reduce((total, { count }) => total + count, 0);
  const all = sum(counts);
  if ((run.correctionsHash ?? null) === null && all === 0) return { corrections: null, more: 0 };
  const list: ReportCorrections['list'] = [];
  for await (const used of ledger.corrections(run.id, {})) {
    if (list.length === LISTED) break;
    list.push(shown(used, personal));
  }
  const corrections = {
    applied: sum(counts.filter(({ outcome }) => outcome === 'applied')),
    notApplied: sum(counts.filter(({ outcome }) => outcome === 'stale')) + missing,
    list,
  };
  return { corrections, more: all - list.length };
}

function shown(used: UsedCorrection, personal: boolean): ReportCorrections['list'][number] {
  const { entity, key, field, old, reason, author, date, outcome } = used;
  const value = (text: string | null): string | null =>
    text === null || personal ? text : maskValue(fieldKind(field), text);
  return {
    entity,
    key,
    field,
    old: value(old),
    new: value(used.new),
    reason,
    author,
    date: date ?? '',
    applied: outcome === 'applied',
  };
}

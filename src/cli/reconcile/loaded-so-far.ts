import type { Plan } from '../../core/plan.ts';
import type { RunState } from '../../ledger/ledger.ts';

/** What the runs so far have loaded: what may be compared, and what may not be asked for yet. */
export interface LoadedSoFar {
  /** Symbols of units that were loaded; null: all. */
  readonly units: readonly string[] | null;
  /** Entities that no finished run has read whole (in that scope). */
  readonly partial: ReadonlySet<string>;
  /** The newest run, when it has not finished. */
  readonly unfinished: RunState | null;
  /** The newest run that counts; null: none. */
  readonly last: RunState | null;
}

/** Commands whose runs load; a rollback is a run too, and loads nothing. */
const LOADING: ReadonlySet<string> = new Set(['run', 'sync']);

/** Reads the books: finished runs without `--limit` count as whole; what several runs loaded unit by unit counts together. */
export function loadedSoFar(runs: readonly RunState[], plan: Plan, wanted: readonly string[] | null): LoadedSoFar {
  const loads = runs.filter(({ command }) => LOADING.has(command));
  const whole = loads.filter(({ options, status }) => status === 'finished' && options.limit === null);
  const units = wanted ?? scopeOf(whole);
  const partial = plan.entities.map(({ name }) => name).filter((name) => !isRead(name, whole, units));
  const [newest] = loads;
  const open = newest !== undefined && newest.status !== 'finished' && newest.status !== 'rolled-back';
  return {
    units,
    partial: new Set(partial),
    unfinished: open ? newest : null,
    last: whole[0] ?? newest ?? null,
  };
}

/** All units when any run read all; else those that were read. */
function scopeOf(runs: readonly RunState[]): readonly string[] | null {
  if (runs.length === 0 || runs.some(({ options }) => options.units === null)) return null;
  return [...new Set(runs.flatMap(({ options }) => options.units ?? []))].sort();
}

function isRead(entity: string, whole: readonly RunState[], units: readonly string[] | null): boolean {
  const read = whole.filter(({ options }) => options.entities === null || options.entities.includes(entity));
  if (read.some(({ options }) => options.units === null)) return true;
  const symbols = new Set(read.flatMap(({ options }) => options.units ?? []));
  return units !== null && units.length > 0 && units.every((unit) => symbols.has(unit));
}

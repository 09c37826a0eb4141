import type { BulkCorrection, LookupCorrection } from '../../core/correction.ts';
import type { SourceRow } from '../../core/record.ts';
import { compileCelCondition } from '../compile-cel.ts';
import type { ValueContext } from '../compile-value.ts';
import { textOf } from '../text/text-of.ts';
import { tidyValue } from './same-value.ts';

/** A new value of a column (index into `SourcePlan.columns`). */
export interface WantedValue {
  readonly column: number;
  readonly value: string | null;
}

/** What a bulk correction makes of a row; null: nothing. */
export type BulkChange = (row: SourceRow) => readonly WantedValue[] | null;

/** Distinct values whose answer is remembered; a dictionary-like column has far fewer. */
const REMEMBERED = 10_000;

/** Compiles a bulk correction once a thread. */
export function compileBulk(correction: BulkCorrection, context: ValueContext): BulkChange {
  const { columns } = context.entity.from;
  const holds = correction.when === null ? null : compileCelCondition(correction.when, context);
  if (correction.kind === 'rule') {
    const wanted = Object.entries(correction.set).map(([name, value]) => ({ column: columns.indexOf(name), value }));
    return (row) => (holds === null || holds(row) ? wanted : null);
  }
  const column = columns.indexOf(correction.column);
  const find = lookup(correction, column);
  return (row) => {
    const wanted = find(textOf(row[column] ?? null));
    return wanted !== null && (holds === null || holds(row)) ? wanted : null;
  };
}

/** Looks a raw text up; the same texts come again and again, so their answers are kept. */
function lookup({ values }: LookupCorrection, column: number): (text: string) => readonly [WantedValue] | null {
  const wanted = new Map(Object.entries(values).map(([old, value]) => [tidyValue(old), [{ column, value }] as const]));
  const known = new Map<string, readonly [WantedValue] | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = wanted.get(tidyValue(text)) ?? null;
    if (known.size < REMEMBERED) known.set(text, answer);
    return answer;
  };
}

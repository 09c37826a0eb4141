import type { ColumnFacts } from './column/column-profiler.ts';
import { VALUE_KINDS, type ValueKind } from './column/value-looks.ts';
import type { MeasuredType } from './picture.ts';

/** Share of values that may be of another kind: dirt. */
const DIRT = 0.02;

/** What the values of a column are, and how many rows are something else. */
export function measuredType({ filled, measures, counts }: Pick<ColumnFacts, 'filled' | 'measures' | 'counts'>): {
  readonly type: MeasuredType;
  readonly odd: number;
} {
  if (filled === 0) return { type: 'empty', odd: 0 };
  const { kinds } = measures;
  const others = filled - (counts?.get('0') ?? 0) - (counts?.get('1') ?? 0);
  if (others <= filled * DIRT) return { type: 'flag', odd: others };
  const fits: readonly (readonly [ValueKind, readonly ValueKind[]])[] = [
    ['integer', ['integer']],
    ['decimal', ['integer', 'decimal']],
    ['date', ['date']],
    ['dateTime', ['date', 'dateTime']],
    ['guid', ['guid']],
    ['binary', ['binary']],
  ];
  for (const [type, allowed] of fits) {
    const odd = VALUE_KINDS.filter((kind) => !allowed.includes(kind)).reduce((sum, kind) => sum + kinds[kind], 0);
    if (odd <= filled * DIRT && kinds[type] > 0) return { type, odd };
  }
  return { type: 'text', odd: 0 };
}

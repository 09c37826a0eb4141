import type { ColumnType } from '../../core/record.ts';
import type { ColumnPicture, MeasuredType } from '../picture.ts';
import type { TypeClash } from './comparison.ts';
import type { PlanUse } from './plan-reads.ts';

/** What values must be to go into a target column without a transform; a column that is not here takes anything. */
const FITS: Readonly<Partial<Record<ColumnType, readonly MeasuredType[]>>> = {
  int2: ['integer', 'flag'],
  int4: ['integer', 'flag'],
  int8: ['integer', 'flag'],
  float8: ['integer', 'decimal', 'flag'],
  numeric: ['integer', 'decimal', 'flag'],
  bool: ['flag'],
  date: ['date', 'dateTime'],
  timestamptz: ['date', 'dateTime'],
  uuid: ['guid'],
  bytea: ['binary'],
};

/** What no transform can make a moment of. */
const NEVER_TIME: readonly MeasuredType[] = ['decimal', 'guid', 'binary', 'flag'];

/** Fields whose source column holds values that cannot become what the target wants. A look-up or a transform may change them, so only what none could is told there. */
export function findClashes(
  uses: readonly PlanUse[],
  pictureOf: (use: PlanUse) => ColumnPicture,
): readonly TypeClash[] {
  return uses.flatMap((use) => {
    const { measured, type, notRead } = pictureOf(use);
    const { field, entity, table, column } = use;
    if (measured === 'empty' || notRead !== null || field.lookup !== null) return [];
    const time = field.type === 'date' || field.type === 'timestamptz';
    const plain = field.transforms.length === 0;
    const wrong = plain ? FITS[field.type]?.includes(measured) === false : time && NEVER_TIME.includes(measured);
    if (!wrong) return [];
    return [{ entity, table, column, to: field.column, wants: field.type, found: measured, declared: type }];
  });
}

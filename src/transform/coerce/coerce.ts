import type { ColumnType, SourceValue, TargetValue } from '../../core/record.ts';
import type { FieldContext } from '../field-context.ts';
import { coerceBool } from './coerce-bool.ts';
import { coerceBytes } from './coerce-bytes.ts';
import { coerceFloat, coerceNumeric } from './coerce-decimal.ts';
import { coerceInteger } from './coerce-integer.ts';
import { coerceJson } from './coerce-json.ts';
import { coerceText } from './coerce-text.ts';
import { coerceDate, coerceInstant } from './coerce-time.ts';
import { coerceUuid } from './coerce-uuid.ts';

/** Makes a value fit its target column; null for NULL and, with a finding, for what the type cannot take. */
export type Coercion = (value: SourceValue) => TargetValue;

/** What is known of the values before they come, so that nothing is done twice. */
export interface CoercionHints {
  /** Text was already cleaned by the transforms. */
  readonly clean: boolean;
  readonly converted: Converted;
}

/** A transform made numbers of dates (days since 1970) or times (microseconds UTC since 1970) already. */
export type Converted = 'date' | 'instant' | null;

/** The coercion to a column type. Every text that is '' is NULL, whatever the type. */
export const coercion = (type: ColumnType, context: FieldContext, hints: CoercionHints): Coercion => {
  switch (type) {
    case 'text':
      return coerceText(context, hints);
    case 'int2':
    case 'int4':
    case 'int8':
      return coerceInteger(type, context);
    case 'float8':
      return coerceFloat(context);
    case 'numeric':
      return coerceNumeric(context);
    case 'bool':
      return coerceBool(context);
    case 'date':
      return coerceDate(context, hints.converted);
    case 'timestamptz':
      return coerceInstant(context, hints.converted);
    case 'uuid':
      return coerceUuid(context);
    case 'jsonb':
      return coerceJson(context);
    case 'bytea':
      return coerceBytes(context);
  }
};

import type { SourceValue } from '../../core/record.ts';
import type { FieldContext } from '../field-context.ts';
import { cleanText } from '../text/clean-text.ts';
import { trimText } from '../text/normalise.ts';
import { scanText, UNFIT } from '../text/scan.ts';
import { textOf } from '../text/text-of.ts';

/**
 * The slow path of every coercion from text: spaces around and characters that no target takes are removed, then the value is read again. `read` answers undefined when the
 * text is not what it should be.
 */
export const secondLook = <T>(
  value: SourceValue,
  context: FieldContext,
  expected: string,
  read: (text: string) => T | undefined,
): T | null => {
  const raw = textOf(value);
  const flags = scanText(raw);
  const text = trimText(flags & UNFIT ? cleanText(raw, flags, context.report) : raw);
  if (text === '') return null;
  const result = read(text);
  return result === undefined ? context.invalid(expected) : result;
};

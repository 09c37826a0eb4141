import type { Condition, ConditionTest } from '../core/plan.ts';
import type { SourceRow, SourceValue } from '../core/record.ts';
import { trimText } from './text/normalise.ts';
import { isMissing, textOf } from './text/text-of.ts';

/** A value as conditions compare it: without regard to number or text, spaces around, or the spelling of a bit; null for NULL and ''. */
const comparable = (value: SourceValue): string | null => {
  if (isMissing(value)) return null;
  const text = trimText(textOf(value));
  const lower = text.length <= 5 ? text.toLowerCase() : text;
  if (lower === 'true') return '1';
  return lower === 'false' ? '0' : text;
};

const membership = (test: ConditionTest): ((value: SourceValue) => boolean) => {
  const texts = new Set(test.values.map(comparable));
  // Numbers are looked up as they are: no text is made of a million ids.
  const numbers = new Set([...texts].filter((text) => text !== null && String(Number(text)) === text).map(Number));
  return (value) => (typeof value === 'number' ? numbers.has(value) : texts.has(comparable(value)));
};

const compileTest = (test: ConditionTest): ((row: SourceRow) => boolean) => {
  const { column } = test;
  if (test.test === 'null') return (row) => isMissing(row[column] ?? null);
  if (test.test === 'notNull') return (row) => !isMissing(row[column] ?? null);
  const isMember = membership(test);
  return test.test === 'in' ? (row) => isMember(row[column] ?? null) : (row) => !isMember(row[column] ?? null);
};

/** A declarative condition as a predicate on rows, the same for every source. */
export const compileCondition = (condition: Condition): ((row: SourceRow) => boolean) => {
  const tests = condition.all.map(compileTest);
  if (tests.length === 1) return tests[0]!;
  return (row) => tests.every((test) => test(row));
};

import { Environment } from '@marcbachmann/cel-js';

type Comparable = number | bigint | string | boolean;

/** A text that spells a number, as a number; NaN otherwise, so that no comparison with it holds. */
const asNumber = (value: Comparable): number =>
  typeof value === 'string' ? (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : Number.NaN) : Number(value);

const asBoolean = (value: Comparable): boolean | null => {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (text === '1' || text === 'true') return true;
  return text === '0' || text === 'false' ? false : null;
};

const COMPARISONS: Readonly<Record<string, (left: Comparable, right: Comparable) => boolean>> = {
  '==': (left, right) => asNumber(left) === asNumber(right),
  '<': (left, right) => asNumber(left) < asNumber(right),
  '<=': (left, right) => asNumber(left) <= asNumber(right),
  '>': (left, right) => asNumber(left) > asNumber(right),
  '>=': (left, right) => asNumber(left) >= asNumber(right),
};
const NUMBERS = ['int', 'double'];
const ORDERED = ['int', 'double', 'string', 'bool'];

/**
 * The CEL dialect of mappings, one for the compiler that checks expressions and for the evaluator that runs them: standard CEL plus what makes
 * the same expression mean the same whatever the source. A CSV dump yields every value as text, SQL Server yields numbers and booleans, so
 * - a text compares with a number by its numeric value (`Typ == 2` holds for 2 and for "2"; a text that is no number is unequal and not ordered),
 * - a bit compares with `true`/`false` in all its spellings (true, 1, "1", "true"),
 * - an ordering with null is false, as in SQL; `== null` and `!= null` work as always,
 * - `isEmpty(x)`: null or nothing but spaces; `text(x)`: as text, null as ""; `number(x)`: as a number, null when it is none.
 */
export function celEnvironment(): Environment {
  const env = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  for (const [operator, compare] of Object.entries(COMPARISONS)) {
    for (const number of NUMBERS) {
      env.registerOperator(`string ${operator} ${number}`, compare);
      if (operator !== '==') env.registerOperator(`${number} ${operator} string`, compare);
    }
  }
  for (const other of [...NUMBERS, 'string']) {
    env.registerOperator(`${other} == bool`, (left: Comparable, right: boolean) => asBoolean(left) === right);
  }
  for (const operator of ['<', '<=', '>', '>=']) {
    env.registerOperator(`null ${operator} null`, () => false);
    for (const type of ORDERED) {
      env.registerOperator(`null ${operator} ${type}`, () => false);
      env.registerOperator(`${type} ${operator} null`, () => false);
    }
  }
  env.registerFunction('isEmpty(dyn): bool', (value: unknown) => value === null || String(value).trim() === '');
  env.registerFunction('text(dyn): string', (value: unknown) => (value === null ? '' : String(value)));
  env.registerFunction('number(dyn): dyn', (value: unknown) => {
    const number = value === null ? Number.NaN : asNumber(value as Comparable);
    return Number.isNaN(number) ? null : number;
  });
  return env;
}

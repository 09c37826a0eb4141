import type { Condition, ConditionTest } from '../../core/plan.ts';
import type { Scalar, WhereTest } from '../document/entity-schema.ts';
import type { Scope } from './scope.ts';

type Test = Pick<ConditionTest, 'test' | 'values'>;

/** Compiles `where:`. An optional column that the source lacks is NULL in every row: its test is left out (the entity itself is, where that test fails). */
export function compileWhere(scope: Scope): Condition | null {
  const all: ConditionTest[] = [];
  for (const [name, test] of Object.entries(scope.document.value.from.where ?? {})) {
    const column = scope.columns.use(name, scope.document.at(['from', 'where', name], 'key'));
    if (column !== null) all.push({ column, ...compileTest(test) });
  }
  return all.length === 0 ? null : { all };
}

function compileTest(test: WhereTest): Test {
  const negated = typeof test === 'object' && test !== null && !Array.isArray(test);
  const inner: Scalar | Scalar[] = negated ? test.not : test;
  if (inner === null) return { test: negated ? 'notNull' : 'null', values: [] };
  return { test: negated ? 'notIn' : 'in', values: [inner].flat() };
}

/** Whether NULL satisfies the test. */
export function holdsForNull(where: WhereTest): boolean {
  const { test, values } = compileTest(where);
  return test === 'null' || (test === 'in' && values.includes(null)) || (test === 'notIn' && !values.includes(null));
}

import { describe, expect, it } from 'vitest';
import { celEnvironment } from '../../src/core/cel-environment.ts';

type Row = readonly [expression: string, context: Record<string, unknown>, result: unknown];

const same: readonly Row[] = [
  ['Typ == 2', { Typ: 2 }, true],
  ['Typ == 2', { Typ: 2n }, true],
  ['Typ == 2', { Typ: '2' }, true],
  ['2 == Typ', { Typ: '2' }, true],
  ['Typ != 2', { Typ: '3' }, true],
  ['Typ == 2', { Typ: 'dwa' }, false],
  ['Typ >= 2', { Typ: '10' }, true],
  ['2 < Typ', { Typ: '10' }, true],
  ['Typ >= 2', { Typ: 'dwa' }, false],
  ['Typ == 2', { Typ: null }, false],
  ['Typ > 2', { Typ: null }, false],
  ['B >= A', { A: null, B: '2020-01-01' }, false],
  ['A == null || B >= A', { A: null, B: 5 }, true],
  ['Aktywny == true', { Aktywny: true }, true],
  ['Aktywny == true', { Aktywny: 1 }, true],
  ['Aktywny == true', { Aktywny: '1' }, true],
  ['Aktywny == false', { Aktywny: '0' }, true],
  ['Aktywny == 1', { Aktywny: true }, true],
  ['Symbol == "014"', { Symbol: '014' }, true],
  ['Symbol == "14"', { Symbol: '014' }, false],
  ['isEmpty(X)', { X: '  ' }, true],
  ['isEmpty(X)', { X: 0 }, false],
  ['text(X) + "/" + text(Y)', { X: 5, Y: null }, '5/'],
  ['number(X)', { X: 'dwa' }, null],
  ['number(X) + 1.0', { X: '2' }, 3],
];

describe('CEL means the same whether values come from a dump or from a server', () => {
  const env = celEnvironment();
  it.each(same)('%s with %o is %o', (expression, context, result) => {
    expect(env.evaluate(expression, context)).toStrictEqual(result);
  });

  it('refuses a function that does not exist when it checks an expression', () => {
    expect(env.check('upper(X)').valid).toBe(false);
  });
});

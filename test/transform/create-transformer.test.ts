import { describe, expect, test } from 'vitest';
import type { FieldPlan, LookupUse, ValuePlan } from '../../src/core/plan.ts';
import type { SourceValue } from '../../src/core/record.ts';
import { createTransformer } from '../../src/transform/create-transformer.ts';
import type { FoldIndex, JoinIndex, TransformEnvironment } from '../../src/transform/transformer.ts';
import { columnValue, entityPlan, makePlan, NO_ENV, sourcePlan, valueField } from './make-plan.ts';

const id = (of: readonly ValuePlan[], entity = 'test', required = true): FieldPlan => ({
  kind: 'id',
  column: 'id',
  type: 'uuid',
  required,
  line: 1,
  entity,
  of,
});
const ref = (of: readonly ValuePlan[], required = false, entity = 'rodzic'): FieldPlan => ({
  kind: 'ref',
  column: 'id_rodzic',
  type: 'uuid',
  required,
  line: 2,
  entity,
  of,
  transforms: [],
  late: false,
});

const transformer = (
  columns: readonly string[],
  fields: readonly FieldPlan[],
  from: Partial<Parameters<typeof sourcePlan>[0]> = {},
  env: Partial<TransformEnvironment> = {},
) => {
  const entity = entityPlan(sourcePlan({ columns, ...from }), fields);
  return createTransformer(entity, makePlan([entity]), { ...NO_ENV, ...env });
};

const codes = (result: { findings: readonly { code: string; effect: string }[] }) =>
  result.findings.map((finding) => `${finding.code} ${finding.effect}`);

describe('the legacy key of a record', () => {
  const run = transformer(['Id', 'Drugi'], [id([columnValue(0)])]);
  test.each([
    [5, 5],
    ['5', 5],
    [5n, 5],
    [' 5 ', 5],
    ['0', 0],
    ['005', '005'],
    [-5, '-5'],
    ['-5', '-5'],
    ['9007199254740993', '9007199254740993'],
    ['ABC/1', 'ABC/1'],
    ['6F9619FF-8B86-D011-B42D-00C04FC964FF', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ] as [SourceValue, number | string][])('%s is the key %s, whatever the source', (value, key) => {
    const result = run([value, null]);
    expect(result).toMatchObject({ skip: null, key, values: [key], findings: [] });
  });

  test.each([null, '', '  '])('%j is no key and rejects the record with KEY_MISSING only', (value) => {
    const result = run([value, null]);
    expect(result.key).toBeNull();
    expect(codes(result)).toEqual(['KEY_MISSING reject']);
    expect(result.findings[0]).toMatchObject({ field: 'Id', severity: 'error' });
  });

  test('parts of a composite key are joined, and never by chance equal to another key', () => {
    const composite = transformer(['A', 'B'], [id([columnValue(0), columnValue(1)])], { key: ['A', 'B'] });
    expect(composite([3, '4']).key).toBe('3|4');
    expect(composite(['a|b', 'c']).key).toBe('a\\|b|c');
    expect(composite(['a', 'b|c']).key).toBe('a|b\\|c');
    expect(composite([3, '4']).values).toEqual(['3|4']);
    expect(codes(composite([3, null]))).toEqual(['KEY_MISSING reject']);
  });
});

describe('rows out of scope', () => {
  test.each([
    [[null, 0], 'in', null, null],
    [[null, 0], 'in', '0', null],
    [[null, 0], 'in', false, null],
    [[null, 0], 'in', 1, 'usunięte'],
    [[2, 'x'], 'notIn', '2', 'usunięte'],
    [[2, 'x'], 'notIn', ' x ', 'usunięte'],
    [[2, 'x'], 'notIn', 3, null],
    [[true], 'in', 'True', null],
    [[true], 'in', 1, null],
    [[1], 'in', true, null],
  ] as const)('a condition %j (%s) over %s gives the reason %s', (values, testKind, value, reason) => {
    const run = transformer(['Id', 'Stan'], [id([columnValue(0)])], {
      where: { all: [{ column: 1, test: testKind, values }] },
      whereReason: 'usunięte',
    });
    expect(run([1, value]).skip).toBe(reason);
  });

  test('all parts of a condition must hold', () => {
    const run = transformer(['Id', 'A', 'B'], [], {
      where: {
        all: [
          { column: 1, test: 'null', values: [] },
          { column: 2, test: 'notNull', values: [] },
        ],
      },
    });
    expect(run([1, null, 'x']).skip).toBeNull();
    expect(run([1, '', 'x']).skip).toBeNull();
    expect(run([1, 'x', 'x']).skip).toBe('where');
    expect(run([1, null, '']).skip).toBe('where');
  });

  test('--unit keeps rows of the wanted units and says why the others are out', () => {
    const scope = { includes: (unit: number | string) => unit === 7 };
    const run = transformer(['Id', 'IdWydzial'], [], { unit: columnValue(1) }, { scope });
    expect(run([1, '7']).skip).toBeNull();
    expect(run([1, 8]).skip).toBe('unit');
    expect(run([1, null]).skip).toBe('unit: none');
    expect(transformer(['Id', 'IdWydzial'], [], { unit: columnValue(1) })([1, 8]).skip).toBeNull();
    expect(transformer(['Id'], [], {}, { scope })([1]).skip).toBeNull();
  });

  test('findings of one row do not stay for the next', () => {
    const run = transformer(['Id', 'A'], [valueField('a', 'int4', columnValue(1))]);
    expect(codes(run([1, 'x']))).toEqual(['TYPE_INVALID change']);
    expect(codes(run([2, '5']))).toEqual([]);
  });
});

describe('references', () => {
  test('a reference is the legacy key of its parent; 0 and NULL are no reference', () => {
    const run = transformer(['Id', 'IdRodzic'], [ref([columnValue(1)])]);
    expect(run([1, '17']).values).toEqual([17]);
    expect(run([1, 0]).values).toEqual([null]);
    expect(run([1, '0']).values).toEqual([null]);
    expect(run([1, null])).toMatchObject({ values: [null], findings: [] });
  });

  test('a required reference that is empty rejects the record', () => {
    const run = transformer(['Id', 'IdRodzic'], [ref([columnValue(1)], true)]);
    expect(codes(run([1, 0]))).toEqual(['FIELD_REQUIRED reject']);
  });

  test('a composite reference is empty as soon as one part is, and 0 is a part like any other', () => {
    const run = transformer(['Id', 'Rok', 'Nr'], [ref([columnValue(1), columnValue(2)])]);
    expect(run([1, 2020, 0]).values).toEqual(['2020|0']);
    expect(run([1, 2020, null]).values).toEqual([null]);
  });
});

const fold: FoldIndex = {
  head: (key) => (key === 12 || key === 11 ? 10 : key),
  isWinner: (key) => key !== 10 && key !== 11,
  isCyclic: (key) => key === 99,
};

describe('lineages', () => {
  const folds = new Map([
    ['test', fold],
    ['rodzic', fold],
  ]);
  const run = transformer(
    ['Id', 'IdRodzic'],
    [id([columnValue(0)]), ref([columnValue(1)])],
    { fold: { head: ['IdOrginal'], previous: null, live: null } },
    { folds },
  );

  test('older versions are skipped, the winner carries the key of the head', () => {
    expect(run([11, null]).skip).toBe('fold: older version');
    expect(run([12, null])).toMatchObject({ skip: null, key: 10, values: [10, null] });
  });

  test('a reference to any version goes to the head', () => {
    expect(run([5, 11])).toMatchObject({ key: 5, values: [5, 10] });
  });

  test('a lineage that closes on itself is loaded with LINEAGE_CYCLE', () => {
    expect(codes(run([99, null]))).toEqual(['LINEAGE_CYCLE load']);
  });
});

describe('where values come from', () => {
  const one = (value: ValuePlan, row: readonly SourceValue[], env: Partial<TransformEnvironment> = {}) => {
    const columns = ['Id', 'Imie', 'Nazwisko', 'Typ'];
    const joins = [{ as: 'osoba', table: 'dbo.Osoby', on: 'Id', of: 3, columns: ['Nazwa', 'Wiek'] }];
    const run = transformer(columns, [valueField('x', 'text', value)], { joins: env.joins ? joins : [] }, env);
    const result = run([1, ...row]);
    return { value: result.values[0], codes: codes(result) };
  };

  test('a constant, a column, the first that is not blank', () => {
    expect(one({ kind: 'const', value: 'stałe' }, []).value).toBe('stałe');
    expect(one(columnValue(1), ['Jan']).value).toBe('Jan');
    const options = [columnValue(1), columnValue(2), { kind: 'const', value: 'brak' } as const];
    expect(one({ kind: 'coalesce', options }, ['  ', 'Kot']).value).toBe('Kot');
    expect(one({ kind: 'coalesce', options }, [null, '']).value).toBe('brak');
  });

  test('a template needs all its parts, unless it may leave some out', () => {
    const parts = [columnValue(1), columnValue(2)];
    const template = (skipNull: boolean): ValuePlan => ({ kind: 'template', parts, separator: ' ', skipNull });
    expect(one(template(false), ['Jan', 'Kot']).value).toBe('Jan Kot');
    expect(one(template(false), ['Jan', null]).value).toBeNull();
    expect(one(template(true), ['Jan', null]).value).toBe('Jan');
    expect(one(template(true), [null, 'Kot']).value).toBe('Kot');
    expect(one(template(true), [null, '']).value).toBeNull();
    const sign: ValuePlan = { kind: 'template', parts: ['RPW/', columnValue(3)], separator: '', skipNull: true };
    expect(one(sign, [null, null, 17]).value).toBe('RPW/17');
    expect(one(sign, [null, null, null]).value).toBeNull();
  });

  const cel = (text: string, names: readonly string[]) => ({ text, names });
  // The linter takes an object literal with `then` for a promise.
  const THEN = 'then' as const;
  const branch = (text: string, names: readonly string[], value: ValuePlan) => ({
    if: cel(text, names),
    [THEN]: value,
  });

  test('a condition takes the first branch that holds, the same for numbers and for text of a dump', () => {
    const when: ValuePlan = {
      kind: 'when',
      branches: [branch('Typ == 1', ['Typ'], columnValue(1)), branch('Typ == 2', ['Typ'], columnValue(2))],
      otherwise: { kind: 'const', value: 'inny' },
    };
    expect(one(when, ['Jan', 'Kot', '1']).value).toBe('Jan');
    expect(one(when, ['Jan', 'Kot', 2]).value).toBe('Kot');
    expect(one(when, ['Jan', 'Kot', null]).value).toBe('inny');
  });

  test('an expression yields text, numbers and booleans', () => {
    expect(one({ kind: 'cel', cel: cel('Imie + "/" + Nazwisko', ['Imie', 'Nazwisko']) }, ['Jan', 'Kot']).value).toBe(
      'Jan/Kot',
    );
    expect(one({ kind: 'cel', cel: cel('size(Imie) * 2', ['Imie']) }, ['Jan']).value).toBe('6');
    expect(one({ kind: 'cel', cel: cel('Imie == null', ['Imie']) }, ['']).value).toBe('1');
  });

  test('an expression that fails is a finding, never a crash, and its text carries no data', () => {
    const outcome = one({ kind: 'cel', cel: cel('Imie + 1', ['Imie']) }, ['Jan']);
    expect(outcome).toEqual({ value: null, codes: ['EXPR_FAILED change'] });
    const when: ValuePlan = {
      kind: 'when',
      branches: [branch('Imie.foo', ['Imie'], columnValue(1))],
      otherwise: columnValue(2),
    };
    expect(one(when, ['Jan', 'Kot'])).toEqual({ value: 'Kot', codes: ['EXPR_FAILED load'] });
  });

  test('a joined row is found by key, also in expressions', () => {
    const index: JoinIndex = {
      get: (key, column) => (key === 5 ? ['Anna', 40][column] : undefined),
    };
    const joins = new Map([['osoba', index]]);
    expect(one({ kind: 'joined', join: 'osoba', column: 'Nazwa' }, ['', '', '5'], { joins }).value).toBe('Anna');
    expect(one({ kind: 'joined', join: 'osoba', column: 'Nazwa' }, ['', '', 6], { joins }).value).toBeNull();
    const text = 'osoba.Wiek > 18 ? osoba.Nazwa : Imie';
    const value: ValuePlan = { kind: 'cel', cel: cel(text, ['osoba.Wiek', 'osoba.Nazwa', 'Imie']) };
    expect(one(value, ['Jan', '', 5], { joins }).value).toBe('Anna');
    expect(one(value, ['Jan', '', 6], { joins }).value).toBe('Jan');
  });
});

describe('look-ups', () => {
  const lookup = {
    name: 'stany',
    file: 'lookups/stany.csv',
    entries: { '0': 'nowa', '1': 'zakończona', '9': null },
    unconfirmed: ['1', '5'],
  };
  const run = (unknown: LookupUse['unknown'], value: SourceValue, required = false) => {
    const field = valueField('stan', 'text', columnValue(1), { lookup: { lookup: 'stany', unknown }, required });
    const entity = entityPlan(sourcePlan({ columns: ['Id', 'Stan'] }), [field]);
    const result = createTransformer(entity, makePlan([entity], [lookup]), NO_ENV)([1, value]);
    return { value: result.values[0], codes: codes(result) };
  };
  const toNull: LookupUse['unknown'] = { kind: 'null' };

  test.each([0, '0', ' 0 ', 0n])('the code %s is found as trimmed text', (value) => {
    expect(run(toNull, value)).toEqual({ value: 'nowa', codes: [] });
  });

  test('an unknown code is cleared, kept, replaced or rejects the record, and always a finding', () => {
    expect(run(toNull, 7)).toEqual({ value: null, codes: ['CODE_UNKNOWN change'] });
    expect(run({ kind: 'keep' }, 7)).toEqual({ value: '7', codes: ['CODE_UNKNOWN load'] });
    expect(run({ kind: 'default', value: 'inna' }, 7)).toEqual({ value: 'inna', codes: ['CODE_UNKNOWN change'] });
    expect(run({ kind: 'reject' }, 7, true)).toEqual({ value: null, codes: ['CODE_UNKNOWN reject'] });
  });

  test('NULL is no code, a known code may stand for NULL', () => {
    expect(run({ kind: 'reject' }, null)).toEqual({ value: null, codes: [] });
    expect(run({ kind: 'reject' }, '9')).toEqual({ value: null, codes: [] });
  });

  test('a code whose meaning nobody confirmed is loaded with a warning', () => {
    expect(run(toNull, 1)).toEqual({ value: 'zakończona', codes: ['CODE_UNCONFIRMED load'] });
    expect(run(toNull, 5)).toEqual({ value: null, codes: ['CODE_UNCONFIRMED load'] });
  });
});

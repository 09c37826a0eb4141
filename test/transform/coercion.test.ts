import { describe, expect, test } from 'vitest';
import type { ColumnType, SourceValue, TargetValue } from '../../src/core/record.ts';
import { transformOne } from './make-plan.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

const TAKEN: readonly (readonly [ColumnType, SourceValue, TargetValue])[] = [
  ['int2', '32767', 32767],
  ['int2', -32768, -32768],
  ['int4', '2147483647', 2147483647],
  ['int4', ' 17 ', 17],
  ['int4', '+5', 5],
  ['int4', '-0', 0],
  ['int4', '12.00', 12],
  ['int4', true, 1],
  ['int4', 7n, 7],
  ['int8', '9007199254740991', 9007199254740991],
  ['int8', '9007199254740993', 9007199254740993n],
  ['int8', '-9223372036854775808', -9223372036854775808n],
  ['int8', 9007199254740993n, 9007199254740993n],
  ['numeric', '12.3400', '12.34'],
  ['numeric', '0012.00', '12'],
  ['numeric', '-0.00', '0'],
  ['numeric', '.5', '0.5'],
  ['numeric', '-.50', '-0.5'],
  ['numeric', '79228162514264337593543950335.1', '79228162514264337593543950335.1'],
  ['numeric', 5.9, '5.9'],
  ['numeric', 1e-7, '0.0000001'],
  ['numeric', '1.5E+3', '1500'],
  ['numeric', 100, '100'],
  ['float8', 12.5, 12.5],
  ['float8', '12.5', 12.5],
  ['float8', '1e3', 1000],
  ['bool', true, true],
  ['bool', 0, false],
  ['bool', '1', true],
  ['bool', 'True', true],
  ['bool', 'FALSE', false],
  ['bool', ' tak ', true],
  ['bool', 'Nie', false],
  ['date', '1970-01-02', 1],
  ['date', '2024-02-29 10:00:00.000', 19782],
  ['date', '1969-12-31', -1],
  ['timestamptz', '1970-01-01 01:00:00.000', 0],
  ['timestamptz', '2024-01-01T00:00:00Z', 1704067200000000],
  ['timestamptz', '2024-01-01 00:00:00.1234567 +02:00', 1704060000123456],
  ['timestamptz', '2024-01-01 00:00', 1704063600000000],
  ['uuid', '{6F9619FF-8B86-D011-B42D-00C04FC964FF}', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ['uuid', '6f9619ff8b86d011b42d00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ['text', ' zostaje jak jest ', ' zostaje jak jest '],
  ['text', 5, '5'],
  ['text', true, '1'],
  ['text', bytes(1, 171), '0x01ab'],
  ['text', 'a\tb\r\nc', 'a\tb\r\nc'],
  ['jsonb', '{"a": 1}', '{"a": 1}'],
  ['jsonb', 5, '5'],
];

const REFUSED: readonly (readonly [ColumnType, SourceValue])[] = [
  ['int2', '32768'],
  ['int4', '2147483648'],
  ['int8', '9223372036854775808'],
  ['int4', '12.5'],
  ['int4', 'abc'],
  ['int4', 1.5],
  ['numeric', '1.234,50'],
  ['numeric', 'dużo'],
  ['numeric', '--1'],
  ['float8', Number.NaN],
  ['float8', '1.2.3'],
  ['bool', 'może'],
  ['bool', 2],
  ['date', '2023-02-29'],
  ['date', '2023-13-01'],
  ['date', 'wczoraj'],
  ['timestamptz', '2023-01-01 24:00:00'],
  ['timestamptz', '2023-01-01 10:61:00'],
  ['timestamptz', '2023-01-01 10:00:00 +25:00'],
  ['timestamptz', 20230101],
  ['uuid', '6f9619ff-8b86-d011-b42d-00c04fc964f'],
  ['jsonb', '{a: 1}'],
  ['bytea', 'ab'],
];

const TYPES: readonly ColumnType[] = [
  'text',
  'int2',
  'int4',
  'int8',
  'float8',
  'numeric',
  'bool',
  'date',
  'timestamptz',
  'uuid',
  'jsonb',
  'bytea',
];

describe('coercion', () => {
  test.each(TAKEN)('%s takes %s as %s without a word', (type, value, expected) => {
    const outcome = transformOne(value, type);
    expect(outcome.codes).toEqual([]);
    expect(outcome.value).toEqual(expected);
  });

  test.each(TYPES)('an empty text and NULL are NULL in a column of type %s', (type) => {
    expect(transformOne('', type)).toMatchObject({ value: null, codes: [] });
    expect(transformOne(null, type)).toMatchObject({ value: null, codes: [] });
  });

  test.each(REFUSED)(
    'an optional %s column is cleared when %s cannot be read, and the raw value is kept',
    (type, value) => {
      const outcome = transformOne(value, type);
      expect(outcome.value).toBeNull();
      expect(outcome.result.findings).toMatchObject([
        { code: 'TYPE_INVALID', severity: 'error', effect: 'change', field: 'wartosc', value: String(value) },
      ]);
    },
  );

  test.each(REFUSED)(
    'a required %s column rejects the record when %s cannot be read, with one reason',
    (type, value) => {
      const outcome = transformOne(value, type, { required: true });
      expect(outcome.result.findings).toMatchObject([{ code: 'TYPE_INVALID', effect: 'reject' }]);
    },
  );

  test('a required column that is NULL rejects the record', () => {
    expect(transformOne(null, 'int4', { required: true }).result.findings).toEqual([
      { code: 'FIELD_REQUIRED', severity: 'error', effect: 'reject', field: 'wartosc' },
    ]);
  });

  test('binary comes as bytes or as 0x text', () => {
    expect(transformOne('0x01AB', 'bytea').value).toEqual(bytes(1, 171));
    expect(transformOne(bytes(1, 171), 'bytea').value).toEqual(bytes(1, 171));
  });

  test.each([
    ['numeric', '1 234,50', '1234.5'],
    ['numeric', '12,5', '12.5'],
    ['numeric', '1\u00a0234.5', '1234.5'],
    ['float8', '12,5', 12.5],
  ] as const)('a Polish spelling of a %s (%s) is converted with a warning', (type, value, expected) => {
    expect(transformOne(value, type)).toMatchObject({ value: expected, codes: ['NUMBER_FORMAT'] });
  });

  test.each([
    ['a\u0000b', 'ab', 'CHAR_NUL', 'change'],
    ['a\u0007b', 'ab', 'CHAR_CONTROL', 'change'],
    ['a\u007fb', 'ab', 'CHAR_CONTROL', 'change'],
    ['a\u009cb', 'a\u009cb', 'CHAR_CONTROL', 'load'],
    ['a\ud800b', 'a\ufffdb', 'CHAR_INVALID', 'change'],
    ['a\udc00', 'a\ufffd', 'CHAR_INVALID', 'change'],
    ['\uffffx', '\ufffdx', 'CHAR_INVALID', 'change'],
    ['a\ufffdb', 'a\ufffdb', 'CHAR_INVALID', 'load'],
  ])('text %j is loaded as %j with %s', (value, expected, code, effect) => {
    const outcome = transformOne(value, 'text');
    expect(outcome.value).toBe(expected);
    expect(outcome.result.findings).toMatchObject([{ code, effect, severity: 'warning' }]);
  });

  test('pairs of surrogates are no invalid characters', () => {
    expect(transformOne('dobrze \u{1f600}', 'text')).toMatchObject({ value: 'dobrze \u{1f600}', codes: [] });
  });

  test('the raw value in a finding shows what cannot be stored', () => {
    const outcome = transformOne('a\u0000b\ud800', 'text');
    expect(outcome.result.findings[0]?.value).toBe('a\\u0000b\\ud800');
  });

  test('a number with a NUL in it is read without it', () => {
    expect(transformOne('1\u00007', 'int4')).toMatchObject({ value: 17, codes: ['CHAR_NUL'] });
  });

  test('an escaped NUL in JSON is removed, an escaped backslash before u0000 is not', () => {
    expect(transformOne('{"a":"x\\u0000y"}', 'jsonb')).toMatchObject({ value: '{"a":"xy"}', codes: ['CHAR_NUL'] });
    expect(transformOne('{"a":"x\\\\u0000y"}', 'jsonb').value).toBe('{"a":"x\\\\u0000y"}');
  });
});

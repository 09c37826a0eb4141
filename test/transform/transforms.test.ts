import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { TransformCall } from '../../src/core/plan.ts';
import type { ColumnType, SourceValue } from '../../src/core/record.ts';
import { roundDecimal } from '../../src/transform/transforms/numbers.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { CODES } from '../../src/validate/catalogue.ts';
import { transformOne } from './make-plan.ts';

const run = (value: SourceValue, calls: readonly (string | TransformCall)[], type: ColumnType = 'text') =>
  transformOne(value, type, {
    transforms: calls.map((call) => (typeof call === 'string' ? { name: call, arg: null } : call)),
  });

const examples = Object.entries(TRANSFORMS).flatMap(([name, { examples: list = [] }]) =>
  list.map((example) => [name, ...example] as const),
);

/** The argument as the compiler puts it into the plan: read as YAML, options left out with their defaults. */
const compiled = (name: string, argument: string): TransformCall['arg'] => {
  const given = (argument === '' ? null : parse(argument)) as TransformCall['arg'];
  const signature = TRANSFORMS[name]!.argument;
  if (signature.kind !== 'options') return given;
  const defaults = Object.entries(signature.options).map(([option, { default: value }]) => [option, value ?? null]);
  return { ...Object.fromEntries(defaults), ...(given as object | null) };
};

/** Text columns show what any transform made; a boolean shows itself only in a column of its type. */
const shownIn = (name: string): ColumnType => (TRANSFORMS[name]?.gives === 'boolean' ? 'bool' : 'text');

describe('examples of the reference', () => {
  test.each(examples)('%s: %s turns %s into %s', (name, argument, input, output) => {
    const value = run(input, [{ name, arg: compiled(name, argument) }], shownIn(name)).value;
    expect(value === null ? 'null' : String(value)).toBe(output);
  });

  test('every transform has an example and both languages', () => {
    for (const [name, { examples: list, doc }] of Object.entries(TRANSFORMS)) {
      expect(list?.length, name).toBeGreaterThan(0);
      expect(doc.pl.length * doc.en.length, name).toBeGreaterThan(0);
    }
  });
});

describe('every transform', () => {
  test.each(Object.keys(TRANSFORMS).filter((name) => name !== 'default'))(
    '%s leaves NULL alone and says nothing',
    (name) => {
      const example = examples.find(([other]) => other === name)!;
      const kind = TRANSFORMS[name]!.argument.kind;
      const arg =
        kind === 'none' ? null : ((kind === 'string' ? example[1] : parse(example[1])) as TransformCall['arg']);
      for (const empty of [null, '']) {
        expect(run(empty, [{ name, arg }])).toMatchObject({ value: null, codes: [] });
      }
    },
  );
});

const codes = (value: SourceValue, calls: readonly (string | TransformCall)[], type?: ColumnType) =>
  run(value, calls, type).result.findings.map(({ code, severity, effect }) => [code, severity, effect].join(' '));

describe('what transforms say', () => {
  test('text that is clean already costs no finding', () => {
    expect(codes('Zażółć „gęślą” jaźń – 5 €', ['trim', 'collapseSpaces', 'nfc', 'singleLine'])).toEqual([]);
  });

  test('several normalisers that change a text say so once, with the raw text', () => {
    const outcome = run(' Zaz\u0307o\u0301łć \u00a0gęślą\r\n', ['trim', 'collapseSpaces', 'nfc', 'singleLine']);
    expect(outcome.value).toBe('Zażółć gęślą');
    expect(outcome.result.findings).toEqual([
      {
        code: 'TEXT_NORMALISED',
        severity: 'info',
        effect: 'change',
        field: 'wartosc',
        value: ' Zaz\u0307o\u0301łć \u00a0gęślą\r\n',
      },
    ]);
  });

  test('normalisers do the same in any order', () => {
    const text = ' a \u00a0\tb\r\n\r\n c\u0301 ';
    const names = ['trim', 'collapseSpaces', 'nfc', 'singleLine'];
    expect(run(text, names).value).toBe('a b ć');
    expect(run(text, [...names].reverse()).value).toBe('a b ć');
  });

  test('a text of nothing but spaces is NULL after trimming', () => {
    expect(run(' \u00a0 ', ['trim']).value).toBeNull();
  });

  test('a NUL is taken out before any transform looks at the text', () => {
    expect(run('12\u000034', ['digits'])).toMatchObject({ value: '1234', codes: ['CHAR_NUL'] });
    expect(run('a\u0000 ', ['trim'])).toMatchObject({ value: 'a', codes: ['CHAR_NUL', 'TEXT_NORMALISED'] });
  });

  test('maxLength counts characters, tells the length and never tears one apart', () => {
    const outcome = run('\u{1f600}\u{1f600}\u{1f600}', [{ name: 'maxLength', arg: 2 }]);
    expect(outcome.value).toBe('\u{1f600}\u{1f600}');
    expect(outcome.result.findings).toMatchObject([
      { code: 'TEXT_TRUNCATED', severity: 'warning', effect: 'change', params: { limit: 2, length: 3 } },
    ]);
  });

  test('placeholders are cleared with a warning', () => {
    const arg = ['brak danych o NIP', '-'];
    expect(codes('Brak danych o NIP', [{ name: 'emptyIf', arg }])).toEqual(['VALUE_PLACEHOLDER warning change']);
    expect(codes('123', [{ name: 'emptyIf', arg }])).toEqual([]);
  });

  test('several e-mail addresses are a warning, one is not', () => {
    expect(codes('a@b.pl; c@d.pl', ['firstEmail'])).toEqual(['EMAIL_SEVERAL warning change']);
    expect(codes('a@b.pl', ['firstEmail'])).toEqual([]);
  });

  test.each([
    ['2019-01-29 23:00:00', null, 'load', '2019-01-29'],
    ['2019-06-29 22:00:00', null, 'load', '2019-06-29'],
    ['2019-12-31 23:00:00', { dateShift: 'repair' }, 'change', '2020-01-01'],
  ] as const)('a date-only value at %s is DATE_SHIFT', (value, arg, effect, day) => {
    const outcome = run(value, [{ name: 'dateOnly', arg }], 'date');
    expect(outcome.value).toBe(Date.parse(day) / 86_400_000);
    expect(outcome.result.findings).toMatchObject([{ code: 'DATE_SHIFT', severity: 'warning', effect }]);
  });

  test.each(['2019-01-29 23:00:01', '2019-01-29 22:30:00', '2019-01-29 00:00:00', '2019-01-29'])(
    'a date-only value at %s is no DATE_SHIFT',
    (value) => {
      expect(codes(value, ['dateOnly'], 'date')).toEqual([]);
    },
  );

  test.each([
    [{ dateShift: 'warn' }, '2019-01-29T22:00:00Z', 'load'],
    [{ dateShift: 'repair' }, '2019-01-29T23:00:00Z', 'change'],
  ] as const)('a moment that means a date, %o, is watched for the shift too', (arg, utc, effect) => {
    const outcome = run('2019-01-29 23:00:00.000', [{ name: 'localTime', arg }], 'timestamptz');
    expect(outcome.value).toBe(Date.parse(utc) * 1000);
    expect(outcome.result.findings).toMatchObject([{ code: 'DATE_SHIFT', effect }]);
    expect(codes('2019-01-29 23:00:00.000', ['localTime'], 'timestamptz')).toEqual([]);
  });

  test('a time from localTime fits a date column as the day it had in the office', () => {
    expect(run('2023-03-15 00:30:00', ['localTime'], 'date').value).toBe(Date.parse('2023-03-15') / 86_400_000);
    expect(run('2023-07-15 00:30:00', ['localTime'], 'date').value).toBe(Date.parse('2023-07-15') / 86_400_000);
  });

  test('what localTime cannot read clears the column and says TYPE_INVALID', () => {
    expect(codes('jutro', ['localTime'], 'timestamptz')).toEqual(['TYPE_INVALID error change']);
  });

  test('every code that a transform can say is in the catalogue of codes', () => {
    const folder = join(import.meta.dirname, '../../src/transform');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const said = files.flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:report\(|code: )'([A-Z_]+)'/g),
    ]);
    const names = new Set(said.map(([, code]) => code!));
    expect(names.size).toBeGreaterThan(15);
    for (const code of names) expect(CODES.has(code), code).toBe(true);
  });
});

describe('numbers', () => {
  test.each([
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['0.004', 2, '0.00'],
    ['-0.004', 2, '0.00'],
    ['9.99', 1, '10.0'],
    ['9.99', 0, '10'],
    ['12345678901234567890.5', 0, '12345678901234567891'],
    ['7', 2, '7'],
  ])('%s rounded to %i places is %s', (text, places, expected) => {
    expect(roundDecimal(text, places)).toBe(expected);
  });

  test('a float is the same number from SQL Server and from a dump', () => {
    expect(run(5.9, ['float'], 'numeric').value).toBe(run('5.9000000000000004', ['float'], 'numeric').value);
  });
});

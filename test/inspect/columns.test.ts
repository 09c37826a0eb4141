import { describe, expect, test } from 'vitest';
import { drawColumn } from './draw-source.ts';

const repeat = (values: readonly string[], times: number): string[] =>
  Array.from({ length: times }, () => values).flat();
const numbered = (count: number, value: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => value(i));

describe('a column is measured', () => {
  test('rows without a value and empty texts are told apart; both are no values', async () => {
    expect(await drawColumn('Kod', [null, '', 'A', 'A', null])).toMatchObject({
      nulls: 2,
      empty: 1,
      filled: 2,
      distinct: { count: 1, exact: true },
    });
  });

  test.each([
    ['whole numbers', numbered(50, (i) => String(i * 7 - 3)), 'integer'],
    ['numbers with a fraction', numbered(50, (i) => `${i}.5`), 'decimal'],
    ['days, also with a midnight', numbered(50, (i) => `2023-01-${10 + (i % 20)} 00:00:00.000`), 'date'],
    ['moments', numbered(50, (i) => `2023-01-${10 + (i % 20)} 07:00:00.000`), 'dateTime'],
    ['GUIDs in any case', numbered(50, (i) => `A91FD9A5-F1A3-4E92-ADFE-8472040C7${100 + i}`), 'guid'],
    ['bytes', numbered(50, (i) => `0x00${10 + i}`), 'binary'],
    ['yes and no', repeat(['0', '1'], 30), 'flag'],
    ['codes with leading zeros, which are no numbers', numbered(50, (i) => `0${i}`), 'text'],
    ['no value', [], 'empty'],
  ])('%s are recognised whatever the declared type', async (_what, values, type) => {
    expect((await drawColumn('X', values)).measured).toBe(type);
  });

  test('a few odd values do not change what the column is, and are counted', async () => {
    const values = [...numbered(200, (i) => String(i)), 'brak', 'n/d'];
    expect(await drawColumn('X', values)).toMatchObject({ measured: 'integer', odd: 2 });
  });

  test('lengths, extremes and years are of all values, also beyond those that are counted one by one', async () => {
    const column = await drawColumn(
      'Data',
      numbered(3000, (i) => `${2015 + (i % 5)}-02-0${1 + (i % 9)} 10:00:00.${100 + (i % 900)}`),
    );
    expect(column.lengths).toEqual({ min: 23, max: 23, mean: 23 });
    expect(column.range?.min.slice(0, 4)).toBe('2015');
    expect(column.years).toEqual(['2015', '2016', '2017', '2018', '2019'].map((year) => ({ year, rows: 600 })));
  });

  test('ten numbers compare as numbers, not as texts', async () => {
    expect((await drawColumn('X', ['9', '10', '-2', '100'])).range).toEqual({ min: '-2', max: '100' });
  });

  test('different values are counted exactly while they are few or tell rows apart, else within five percent', async () => {
    const unique = await drawColumn(
      'X',
      numbered(20_000, (i) => `wartość ${i}`),
    );
    expect(unique.distinct).toEqual({ count: 20_000, exact: true });
    const many = await drawColumn(
      'X',
      numbered(60_000, (i) => `wartość ${(i * 7919) % 20_000}`),
    );
    expect(many.distinct.exact).toBe(false);
    expect(Math.abs(many.distinct.count - 20_000)).toBeLessThan(1000);
  });

  test.each([
    ['pesel', 'Dane', ['44051401359', '02070803628']],
    ['nip', 'Dane', ['5260250995', '526-025-09-95']],
    ['regon', 'Dane', ['012100784']],
    ['email', 'Dane', ['jan@przyklad.pl', 'a@b.pl; c@d.pl']],
    ['caseSign', 'Dane', ['OR-I.0123.4.2020', 'WGK.6220.12.3.2021.JK']],
    ['dateText', 'Dane', ['2020', '2020-05', '12.03.2021', '3.4.2021 r.']],
    ['path', 'Dane', ['\\\\serwer\\pliki\\1.pdf', 'C:\\ezd\\plik.docx', 'skan/2020/1.pdf']],
    ['guid', 'Dane', ['a91fd9a5-f1a3-4e92-adfe-8472040c7932', 'inny tekst']],
  ])('what looks like %s is told with its share', async (look, name, values) => {
    const column = await drawColumn(name, values);
    const share = look === 'guid' ? 0.5 : 1;
    expect(column.looks).toContainEqual({ look, share });
  });

  test('numbers that only happen to pass a checksum are not told as NIP', async () => {
    const column = await drawColumn(
      'X',
      numbered(2000, (i) => String(1_000_000_000 + i * 37)),
    );
    expect(column.looks).toEqual([]);
  });
});

describe('codes', () => {
  test('a column named as one has them with the rows of each, most frequent first', async () => {
    const column = await drawColumn('TypSprawy', [...repeat(['1'], 30), ...repeat(['2'], 3), '99']);
    expect(column.codes).toEqual({
      values: [
        { value: '1', rows: 30 },
        { value: '2', rows: 3 },
        { value: '99', rows: 1 },
      ],
      hidden: 0,
    });
  });

  test.each([
    ['numbers of things', 'LiczbaZalacznikow', repeat(['0', '1', '2'], 50)],
    ['years', 'Rok', repeat(['2019', '2020'], 50)],
    ['flags', 'Aktywny', repeat(['0', '1'], 50)],
    ['free text', 'Uwagi', repeat(['do akceptacji', 'pilne'], 50)],
    ['values that hardly repeat', 'Symbol', numbered(50, (i) => `S${i % 30}`)],
    ['more than a hundred values', 'Kodowanie', numbered(3000, (i) => `K${i % 150}`)],
  ])('%s are none', async (_what, name, values) => {
    expect((await drawColumn(name, values)).codes).toBeNull();
  });
});

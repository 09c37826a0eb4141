import { beforeAll, describe, expect, test } from 'vitest';
import { legacyTables } from '../../fixtures/schema.ts';
import type { Picture, ReferencePicture } from '../../src/inspect/picture.ts';
import { drawDump, drawTables } from './draw-source.ts';

/** References that hold in the fixture office though no foreign key declares them (see the comments in legacy-schema.sql). */
const UNDECLARED = [
  'Adresaci.AdresatOrginalId → Adresaci.Id',
  'AdresaciAdresy.AdresatAdresOrginalId → AdresaciAdresy.Id',
  'Dokument.IdZawartosci → Zalaczniki.ID',
  'Dokument.IdWplywu → RejestrWplywow.Id',
  'DokumentAkceptacje.IdPisma → Pisma.ID',
  'DokumentAkceptacje.IdZawartosci → Zalaczniki.ID',
  'DokumentPodpisy.IdPisma → Pisma.ID',
  'HistoriaZdarzen.IdentyfikatorDokumentu → Dokument.ID',
  'Jednostki.IdWydzialuOrginal → Jednostki.ID',
  'Jednostki.IdOrginal → Jednostki.ID',
  'PodmiotyPisma.IdUzytkownika → Pracownicy.ID',
  'Pracownicy.IdOryginal → Pracownicy.ID',
  'Pracownicy.IdJednostkiOrginal → Jednostki.ID',
  'Pracownicy.IdWydzialuOrginal → Jednostki.ID',
  'Pracownicy.IdStanowiska → Stanowiska.Id',
  'Pracownicy.IdStanowiskaOrginal → Stanowiska.Id',
  'RejestrWplywow.IdStanowiskaRejestracji → Stanowiska.Id',
  'SpisSpraw.IdWydzialOrginal → Jednostki.ID',
  'Stanowiska.IdOrginal → Stanowiska.Id',
  'Stanowiska.IdJednostkiOrginal → Jednostki.ID',
  'ZalacznikiLokalizacje.IdentyfikatorZawartosci → Zalaczniki.ID',
];

const DECLARED = legacyTables().flatMap(({ name, foreignKeys }) =>
  foreignKeys.map(({ columns, references }) => `${name}.${columns[0]} → ${references.table}.${references.columns[0]}`),
);

const nameOf = ({ from, to }: ReferencePicture): string =>
  `${from.table}.${from.column} → ${to.table}.${to.column}`.replaceAll('dbo.', '');

describe('references of the fixture office, from a dump that declares none', () => {
  let picture: Picture;
  beforeAll(async () => {
    picture = await drawDump('fixtures/golden/office-300/tables');
  });

  test('are found with a precision and a recall above nine tenths', () => {
    const found = new Set(picture.references.map(nameOf));
    const filled = new Set(
      picture.tables.flatMap(({ name, columns }) =>
        columns.filter((column) => column.filled > 0).map((column) => `${name}.${column.name}`.replace('dbo.', '')),
      ),
    );
    const possible = DECLARED.filter((name) => filled.has(name.split(' → ')[0]!));
    const true_ = new Set([...DECLARED, ...UNDECLARED]);
    const right = [...found].filter((name) => true_.has(name));
    const recall = possible.filter((name) => found.has(name)).length / possible.length;
    const precision = right.length / found.size;
    process.stdout.write(
      `references: ${found.size} found, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${possible.length} foreign keys with values; wrong: ${[...found].filter((name) => !true_.has(name)).join(', ') || 'none'}\n`,
    );
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.9);
  });

  test('tell how many values were looked for and found', () => {
    const author = picture.references.find(
      (each) => nameOf(each) === 'Dokument.UtworzenieIdPracownika → Pracownicy.ID',
    )!;
    expect(author).toMatchObject({ declared: false, confidence: 'high' });
    expect(author.looked).toBeGreaterThan(50);
    expect(author.found / author.looked).toBeGreaterThan(0.9);
    expect(author.share).toBeGreaterThan(0.98);
  });

  test('the key of each table is among those that tell its rows apart', () => {
    const single = legacyTables().filter(({ primaryKey }) => primaryKey.length === 1);
    const missing = single.filter(({ name, primaryKey }) => {
      const table = picture.tables.find((each) => each.name === `dbo.${name}`)!;
      const dirty = table.columns.find((column) => column.name === primaryKey[0])!;
      const keys = table.keys.map(({ columns }) => columns.join());
      return !keys.includes(primaryKey[0]!) && dirty.distinct.count >= dirty.filled * 0.99;
    });
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

test('two columns that tell the rows of a linking table apart together are its key', async () => {
  const link = Array.from({ length: 60 }, (_, i) => [i % 12, Math.floor(i / 12), 'x']);
  const { tables } = await drawTables([
    { name: 'dbo.RoleStanowisk', columns: ['IdStanowiska', 'IdRoli', 'Uwagi'], rows: link },
  ]);
  expect(tables[0]!.keys).toEqual([{ columns: ['IdStanowiska', 'IdRoli'], declared: false, repeated: 0 }]);
  const twice = await drawTables([
    { name: 'dbo.RoleStanowisk', columns: ['IdStanowiska', 'IdRoli'], rows: [...link, ...link] },
  ]);
  expect(twice.tables[0]!.keys).toEqual([]);
});

const rows = (count: number, row: (i: number) => (number | string)[]): (number | string)[][] =>
  Array.from({ length: count }, (_, i) => row(i + 1));

describe('references', () => {
  const people = { name: 'dbo.Pracownicy', columns: ['ID', 'Imie'], rows: rows(100, (i) => [i, 'x']) };
  const folders = { name: 'dbo.Pisma', columns: ['ID', 'Nazwa'], rows: rows(1000, (i) => [i, 'x']) };

  test.each([
    ['by the name, though the values fit a bigger table as well', 'IdPracownika', 'dbo.Pracownicy', 'high'],
    ['by a word that means the same', 'IdProwadzacego', 'dbo.Pracownicy', 'high'],
    [
      'to the smallest key that holds them when the name says nothing, with low confidence',
      'IdXyz',
      'dbo.Pracownicy',
      'low',
    ],
  ])('are found %s', async (_how, column, table, confidence) => {
    const cases = { name: 'dbo.Sprawy', columns: ['Znak', column], rows: rows(500, (i) => [`Z${i}`, (i % 90) + 1]) };
    const { references } = await drawTables([people, folders, cases]);
    expect(references).toMatchObject([{ from: { column }, to: { table }, confidence }]);
  });

  test('are not made of codes, numbers of things and flags whose values happen to be keys', async () => {
    const columns = ['Znak', 'TypPisma', 'LiczbaPism', 'PismoElektroniczne'];
    const cases = { name: 'dbo.Sprawy', columns, rows: rows(500, (i) => [`Z${i}`, (i % 4) + 1, i % 9, i % 2]) };
    expect((await drawTables([people, folders, cases])).references).toEqual([]);
  });

  test('are not told when a fifth of the rows point nowhere', async () => {
    const far = rows(500, (i) => [`Z${i}`, i % 5 === 0 ? 90_000 + i : (i % 90) + 1]);
    const { references } = await drawTables([
      people,
      { name: 'dbo.Sprawy', columns: ['Znak', 'IdPracownika'], rows: far },
    ]);
    expect(references).toEqual([]);
  });

  test('are told of few rows though one of them points nowhere', async () => {
    const few = [...rows(5, (i) => [`Z${i}`, i]), ['Z6', 900_000]];
    const { references } = await drawTables([
      people,
      { name: 'dbo.Sprawy', columns: ['Znak', 'IdPracownika'], rows: few },
    ]);
    expect(references).toMatchObject([{ looked: 6, found: 5, share: 0.8333, confidence: 'high' }]);
  });

  test('are looked for in the whole key when only a sample of its table was read', async () => {
    const many = { name: 'dbo.Pisma', columns: ['ID', 'Nazwa'], rows: rows(20_000, (i) => [i, 'x']) };
    const cases = { name: 'dbo.Sprawy', columns: ['Znak', 'IdPisma'], rows: rows(900, (i) => [`Z${i}`, i * 22]) };
    const { references } = await drawTables([many, cases], { sample: 1000 });
    expect(references).toMatchObject([{ to: { table: 'dbo.Pisma' }, looked: 400, found: 400, share: 1 }]);
  });
});

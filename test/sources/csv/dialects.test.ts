import { describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../../src/sources/csv/dialect.ts';
import { cp1250, dump, readTable, utf16 } from './dump.ts';

const ROWS = [
  ['1', 'Zażółć gęślą jaźń', '2019-03-15 10:15:00.000', '1'],
  ['2', 'Łąka', null, '0'],
];

interface Golden {
  readonly title: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly columnsFile?: string;
  readonly found: Partial<CsvDialect>;
  readonly rows?: readonly (readonly (string | null)[])[];
}

const BODY = '1,Zażółć gęślą jaźń,2019-03-15 10:15:00.000,1\n2,Łąka,,0\n';
const HEADER = 'Id,Nazwa,Data,Flaga\n';
const semicolons = (HEADER + BODY).replaceAll(',', ';').replaceAll('\n', '\r\n');
const tabs = BODY.replaceAll(',', '\t').replaceAll('\n', '\r\n');
const nulls = BODY.replace(',,', ',NULL,');

const GOLDEN: readonly Golden[] = [
  {
    title: 'comma, UTF-8',
    file: 'dbo.T.csv',
    content: HEADER + BODY,
    found: { encoding: 'utf8', delimiter: ',', quote: '"', rowEnd: 'lf', nullMarker: '' },
  },
  {
    title: 'quoted fields that hold doubled quotes beside commas (JSON in a column)',
    file: 'dbo.T.csv',
    content: HEADER + '1,"{""a"":""b"",""c"":25,""d"":""e""}",,1\n'.repeat(20),
    found: { delimiter: ',', quote: '"' },
    rows: Array.from({ length: 20 }, () => ['1', '{"a":"b","c":25,"d":"e"}', null, '1']),
  },
  {
    title: 'UTF-8 with a byte order mark',
    file: 'dbo.T.csv',
    content: `\uFEFF${HEADER}${BODY}`,
    found: { encoding: 'utf8' },
  },
  {
    title: 'semicolon and CRLF in windows-1250 (Excel in Polish)',
    file: 't.csv',
    content: cp1250(semicolons),
    found: { encoding: 'windows-1250', delimiter: ';', rowEnd: 'crlf' },
  },
  {
    title: 'bcp -w: UTF-16LE, tabs, no quotes, no header',
    file: 'dbo.T.txt',
    content: utf16(tabs),
    columnsFile: 'Id int\nNazwa nvarchar(50)\nData datetime\nFlaga bit\n',
    found: { encoding: 'utf16le', delimiter: '\t', quote: null, header: false, emptyMarker: '\0' },
  },
  {
    title: 'bcp -c with a pipe and a columns file in one line',
    file: 'DBO.T.csv',
    content: cp1250(BODY.replaceAll(',', '|')),
    columnsFile: 'Id;Nazwa;Data;Flaga',
    found: { encoding: 'windows-1250', delimiter: '|', quote: null, header: false },
  },
  {
    title: 'a columns file beside a file that has a header all the same',
    file: 'dbo.T.csv',
    content: HEADER + BODY,
    columnsFile: 'id\nnazwa\ndata\nflaga\n',
    found: { header: true },
  },
  {
    title: 'JSON inside quoted fields, full of commas and doubled quotes',
    file: 'dbo.T.csv',
    content: `Id,Nazwa,Data,Flaga\n${'1,"{""motyw"":""jasny"",""wierszy"":25}",2019-03-15,1\n'.repeat(6)}`,
    found: { quote: '"', delimiter: ',' },
    rows: Array.from({ length: 6 }, () => ['1', '{"motyw":"jasny","wierszy":25}', '2019-03-15', '1']),
  },
  {
    title: 'Management Studio: NULL in words',
    file: 'dbo.T.csv',
    content: HEADER + nulls,
    found: { nullMarker: 'NULL' },
  },
  {
    title: '\\N as NULL',
    file: 'dbo.T.csv',
    content: HEADER + BODY.replace(',,', ',\\N,'),
    found: { nullMarker: '\\N' },
  },
  {
    title: 'sqlcmd: a line of dashes under the header',
    file: 'dbo.T.csv',
    content: `${HEADER}--,-----,----,-----\n${BODY}`,
    found: { header: true },
  },
  {
    title: 'every field quoted',
    file: 'dbo.T.csv',
    content: `"Id","Nazwa","Data","Flaga"\n"1","Zażółć gęślą jaźń","2019-03-15 10:15:00.000","1"\n"2","Łąka","","0"\n`,
    found: { quote: '"' },
  },
  {
    title: 'gzip, no row end after the last row',
    file: 'dbo.T.csv.gz',
    content: (HEADER + BODY).trimEnd(),
    found: { delimiter: ',' },
  },
  {
    title: 'quotes that open a field and mean nothing (bcp)',
    file: 'dbo.T.csv',
    content: 'Id\tNazwa\tData\tFlaga\n1\t"Zorza" sp. z o.o.\t\t1\n2\tPPHU "Ład"\t\t0\n',
    found: { quote: null },
    rows: [
      ['1', '"Zorza" sp. z o.o.', null, '1'],
      ['2', 'PPHU "Ład"', null, '0'],
    ],
  },
  {
    title: 'line feeds inside unquoted fields where rows end with CRLF',
    file: 'dbo.T.csv',
    content: 'Id\tNazwa\tData\tFlaga\r\n1\tpierwszy\ndrugi\t\t1\r\n2\tŁąka\t\t0\r\n',
    found: { quote: null, rowEnd: 'crlf' },
    rows: [
      ['1', 'pierwszy\ndrugi', null, '1'],
      ['2', 'Łąka', null, '0'],
    ],
  },
];

describe('A dump file is read as it is written', () => {
  it.each(GOLDEN)('$title', async ({ file, content, columnsFile, found, rows = ROWS }) => {
    const source = await dump({
      [file]: content,
      ...(columnsFile === undefined ? {} : { 'dbo.T.columns.txt': columnsFile }),
    });
    const [info] = await source.files();
    expect(info?.dialect).toMatchObject(found);
    for (const sliceRows of [1000, 1]) {
      const read = await readTable(source, 'dbo.T', ['Id', 'Nazwa', 'Data', 'Flaga'], sliceRows);
      expect(read.broken).toEqual([]);
      expect(read.rows).toEqual(rows);
    }
  });

  it('takes settings of the project file as they are, a table before all', async () => {
    const content = 'Id;Nazwa\n1;-\n2;"a"\n';
    const source = await dump(
      { 'dbo.T.csv': content, 'dbo.U.csv': content },
      { dialect: { nullMarker: '-' }, tables: { t: { quote: null, nullMarker: '' } } },
    );
    expect((await readTable(source, 'dbo.T', ['Nazwa'])).rows).toEqual([['-'], ['"a"']]);
    expect((await readTable(source, 'dbo.U', ['Nazwa'])).rows).toEqual([[null], ['a']]);
  });

  it('gives a file without any NULL the marker that the rest of the dump shows', async () => {
    const source = await dump({ 'dbo.A.csv': 'Id,X\n1,NULL\n', 'dbo.B.csv': 'Id,X\n1,\n' });
    expect((await readTable(source, 'dbo.B', ['X'])).rows).toEqual([['']]);
  });

  it('tells column types where a columns file has them', async () => {
    const source = await dump({ 'dbo.T.csv': '1,a\n', 'dbo.T.columns.txt': '# klucz\nId int\nNazwa nvarchar(50)\n' });
    const { tables } = await source.catalogue();
    expect(tables[0]?.columns.map((column) => column.type)).toEqual(['int', 'nvarchar(50)']);
  });

  it('tells an empty text from NULL where bcp wrote it', async () => {
    const source = await dump({ 'dbo.T.csv': 'Id\tX\n1\t\0\n2\t\n' });
    expect((await readTable(source, 'dbo.T', ['X'])).rows).toEqual([[''], [null]]);
  });
});

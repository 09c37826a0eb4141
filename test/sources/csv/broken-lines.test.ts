import { describe, expect, it } from 'vitest';
import { cp1250, dump, readTable, utf16 } from './dump.ts';

const HEADER = 'Id,Nazwa,Uwagi\n';

async function read(content: string | Uint8Array, sliceRows = 1000) {
  const source = await dump({ 'dbo.T.csv': content });
  return readTable(source, 'dbo.T', ['Id', 'Nazwa', 'Uwagi'], sliceRows);
}

describe('A broken line is told with file, line and raw text, and nothing else is lost', () => {
  it('when it has too few or too many columns', async () => {
    const { rows, broken } = await read(`${HEADER}1,a,b\n2,a\n3,a,b,c\n4,a,b\n`);
    expect(rows.map((row) => row[0])).toEqual(['1', '4']);
    expect(broken).toEqual([
      { row: 1, file: 'dbo.T.csv', line: 3, reason: 'columnCount:2:3', raw: '2,a' },
      { row: 1, file: 'dbo.T.csv', line: 4, reason: 'columnCount:4:3', raw: '3,a,b,c' },
    ]);
  });

  it('with the true line number after fields that span lines, in every cut', async () => {
    const content = `${HEADER}1,"a\nb\nc",x\n2,x\n3,"d\n",y\nzle\n`;
    for (const sliceRows of [1000, 1, 2]) {
      const { rows, broken } = await read(content, sliceRows);
      expect(rows).toEqual([
        ['1', 'a\nb\nc', 'x'],
        ['3', 'd\n', 'y'],
      ]);
      expect(broken.map((line) => line.line)).toEqual([5, 8]);
    }
  });

  it('when a stray quote opens a field: the next rows are read again', async () => {
    const tail = Array.from({ length: 50 }, (_, i) => `${i + 3},"nazwa ""${i}""","x"\n`).join('');
    const { rows, broken } = await read(`${HEADER}1,a,b\n2,"Zorza,b\n${tail}`);
    expect(rows).toHaveLength(51);
    expect(broken).toEqual([{ row: 1, file: 'dbo.T.csv', line: 3, reason: 'quotes', raw: '2,"Zorza,b' }]);
  });

  it('when a stray quote finds a proper end by chance: the number of columns gives it away', async () => {
    const { rows, broken } = await read(`${HEADER}1,"Zorza,b\n2,a,b\n3,x,b"\n4,a,b\n`);
    expect(rows.map((row) => row[0])).toEqual(['2', '3', '4']);
    expect(broken).toMatchObject([{ line: 2, raw: '1,"Zorza,b' }]);
  });

  it('when a quote is never closed up to the end of the file', async () => {
    const { rows, broken } = await read(`${HEADER}1,"a,b\n2,a,b\n3,a,b\n`);
    expect(rows.map((row) => row[0])).toEqual(['2', '3']);
    expect(broken).toMatchObject([{ line: 2, reason: 'quotes' }]);
  });

  it('when text follows a closing quote', async () => {
    const { rows, broken } = await read(`${HEADER}1,"a" b,c\n2,"a","b"\n3,"x",y\n4,"x",y\n`);
    expect(rows.map((row) => row[0])).toEqual(['2', '3', '4']);
    expect(broken).toMatchObject([{ line: 2, reason: 'quotes', raw: '1,"a" b,c' }]);
  });

  it('and a quote in the middle of a field is text', async () => {
    const { rows, broken } = await read(`${HEADER}1,PPHU "Zorza" s.c.,"x"\n2,a"b,c\n`);
    expect(broken).toEqual([]);
    expect(rows).toEqual([
      ['1', 'PPHU "Zorza" s.c.', 'x'],
      ['2', 'a"b', 'c'],
    ]);
  });

  it('when its bytes are no UTF-8', async () => {
    const good = `${HEADER}1,Łąka żółta źdźbło,b\n`;
    const bytes = Buffer.concat([Buffer.from(`${good}2,`), Buffer.from([0xb3, 0x6b]), Buffer.from(',b\n3,ł,b\n')]);
    const { rows, broken } = await read(bytes);
    expect(rows.map((row) => row[0])).toEqual(['1', '3']);
    expect(broken).toMatchObject([{ line: 3, reason: 'encoding' }]);
  });

  it('when its bytes are unknown to windows-1250', async () => {
    const bytes = Buffer.concat([
      cp1250(`${HEADER}1,Łąka,b\n2,`),
      Buffer.from([0x81]),
      cp1250(',b\n3,żółć i gęśl,"b"\n'),
    ]);
    const { rows, broken } = await read(bytes);
    expect(rows).toEqual([
      ['1', 'Łąka', 'b'],
      ['3', 'żółć i gęśl', 'b'],
    ]);
    expect(broken).toMatchObject([{ line: 3, reason: 'encoding' }]);
  });

  it('when a UTF-16 file ends in the middle of a character', async () => {
    const bytes = utf16(`${HEADER}1,a,b\n2,a,b`);
    const { rows, broken } = await read(Buffer.concat([bytes, Buffer.from([0x41])]));
    expect(rows.map((row) => row[0])).toEqual(['1']);
    expect(broken).toMatchObject([{ line: 3, reason: 'encoding' }]);
  });

  it('when it is empty, but not at the end of the file', async () => {
    const { rows, broken } = await read(`${HEADER}1,a,b\n\n2,a,b\n\n\n`);
    expect(rows).toHaveLength(2);
    expect(broken).toEqual([{ row: 1, file: 'dbo.T.csv', line: 3, reason: 'emptyLine', raw: '' }]);
  });
});

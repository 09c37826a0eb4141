import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EzdError } from '../../../src/core/errors.ts';
import type { SourcePosition } from '../../../src/core/slice.ts';
import { createCsvSource } from '../../../src/sources/csv/csv-source.ts';
import { collect } from '../contract.ts';
import { dump, dumpFolder, readTable } from './dump.ts';

async function refusal(action: Promise<unknown>): Promise<EzdError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof EzdError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('A dump that cannot be read is refused with a hint', () => {
  it('when the folder is not there', async () => {
    const error = await refusal(createCsvSource({ folder: '/nie/ma/takiego' }).catalogue());
    expect(error.code).toBe('SOURCE_MISSING');
    expect(error.hint).toContain('source.folder');
  });

  it('when the folder holds no table', async () => {
    const error = await refusal((await dump({ 'readme.md': 'x' })).catalogue());
    expect(error.code).toBe('SOURCE_MISSING');
  });

  it('when a table has no file', async () => {
    const error = await refusal(readTable(await dump({ 'dbo.T.csv': 'Id,X\n' }), 'dbo.Pisma', ['Id']));
    expect(error).toMatchObject({ code: 'SOURCE_MISSING', subject: 'dbo.Pisma' });
    expect(error.hint).toContain('enabled: false');
  });

  it('when the header lacks a column', async () => {
    const error = await refusal(readTable(await dump({ 'dbo.T.csv': 'Id,X\n1,2\n' }), 'dbo.T', ['Id', 'Y', 'Z']));
    expect(error).toMatchObject({ code: 'CATALOGUE', subject: 'dbo.T' });
    expect(error.message).toContain('Y, Z');
  });

  it('when the delimiter is wrong', async () => {
    const source = await dump({ 'dbo.T.csv': 'Id;Nazwa\n1;a\n' }, { dialect: { delimiter: ',' } });
    const error = await refusal(source.catalogue());
    expect(error.code).toBe('SOURCE_UNREADABLE');
    expect(error.hint).toContain('delimiter');
  });

  it('when there is no header and no columns file', async () => {
    const error = await refusal((await dump({ 'dbo.T.csv': '1,a,2019-01-01\n2,b,2019-01-02\n' })).catalogue());
    expect(error.code).toBe('SOURCE_UNREADABLE');
    expect(error.hint).toContain('dbo.T.columns.txt');
  });

  it('when a file is empty', async () => {
    expect((await refusal((await dump({ 'dbo.T.csv': '' })).catalogue())).code).toBe('SOURCE_UNREADABLE');
  });

  it('when a column or a table is there twice', async () => {
    expect((await refusal((await dump({ 'dbo.T.csv': 'Id,id\n' })).catalogue())).message).toContain('twice');
    const twins = await dump({ 'dbo.T.csv': 'Id,X\n', 't.csv.gz': 'Id,X\n' });
    expect((await refusal(twins.catalogue())).message).toContain('Two files');
  });

  it('when a gzip file is cut off', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(`Id,X\n${Array.from({ length: 300_000 }, (_, i) => `${i},${i * 7919}\n`).join('')}`);
    const folder = await dumpFolder({});
    await appendFile(join(folder, 'dbo.T.csv.gz'), packed.subarray(0, packed.length / 2));
    const error = await refusal(readTable(createCsvSource({ folder }), 'dbo.T', ['Id']));
    expect(error.code).toBe('SOURCE_UNREADABLE');
    expect(error.hint).toContain('gzip -t');
  });

  it('when it changed since the position was taken', async () => {
    const folder = await dumpFolder({ 'dbo.T.csv': 'Id,X\n1,a\n2,b\n' });
    const request = {
      table: 'dbo.T',
      columns: ['Id'],
      key: ['Id'],
      partition: { index: 0, range: null },
      sql: null,
      sliceRows: 1,
      signal: new AbortController().signal,
    };
    const [slice] = await collect(createCsvSource({ folder }), request, null);
    const position: SourcePosition = slice?.next ?? null;
    await appendFile(join(folder, 'dbo.T.csv'), '3,c\n');
    const error = await refusal(collect(createCsvSource({ folder }), request, position));
    expect(error.code).toBe('SOURCE_UNREADABLE');
    expect(error.hint).toContain('start the entity again');
  });
});

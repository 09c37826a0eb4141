import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { TableSpec } from '../../support/tds/database.ts';
import { notReading, startTdsServer, type TdsServer } from '../../support/tds/server.ts';
import { sourceOn } from './read-source.ts';

const BIG = Buffer.alloc(2_500_000, 'Treść umowy ');
const EVEN = Buffer.alloc(1 << 20, 7);
const VALUES: TableSpec = {
  name: 'dbo.ZalacznikiDane',
  columns: [
    ['IdZalacznika', 'int not null'],
    ['Dane', 'varbinary(max)'],
  ],
  primaryKey: ['IdZalacznika'],
  rows: [
    [1, BIG],
    [2, Buffer.alloc(0)],
    [3, EVEN],
    [4, null],
  ],
};

const close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of close.splice(0).reverse()) await step();
});

async function open(): Promise<{ server: TdsServer; read(key: number): Promise<{ bytes: Buffer; chunks: number }> }> {
  const server = await startTdsServer({ tables: [VALUES] });
  const source = sourceOn(server);
  close.push(
    () => server.stop(),
    () => source.close(),
  );
  return {
    server,
    read: async (key) => {
      const chunks: Uint8Array[] = [];
      const place = { table: 'dbo.ZalacznikiDane', column: 'Dane', keyColumn: 'IdZalacznika', key };
      for await (const chunk of source.readValue(place)) chunks.push(chunk);
      return { bytes: Buffer.concat(chunks), chunks: chunks.length };
    },
  };
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a value of a binary column', () => {
  it('comes in chunks of a mebibyte, every byte of it, by SELECT only', async () => {
    const { server, read } = await open();
    const big = await read(1);
    expect(sha(big.bytes)).toBe(sha(BIG));
    expect(big.chunks).toBe(3);
    expect(sha((await read(3)).bytes)).toBe(sha(EVEN));
    expect(await read(2)).toEqual({ bytes: Buffer.alloc(0), chunks: 0 });
    expect(notReading(server.statements)).toEqual([]);
  });

  it('is missing when the row is gone or holds NULL', async () => {
    const { read } = await open();
    await expect(read(4)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
    await expect(read(9)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
  });

  it('goes on with the same chunk when the connection is cut', async () => {
    const { server, read } = await open();
    await read(2);
    server.fault({ when: /SUBSTRING/, afterRows: 0, action: { kind: 'drop' } });
    expect(sha((await read(1)).bytes)).toBe(sha(BIG));
  });
});

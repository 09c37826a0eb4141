import { PGlite } from '@electric-sql/pglite';
import { afterAll, describe, expect, test } from 'vitest';
import type { TargetValue } from '../../../src/core/record.ts';
import { ledgerTables } from '../../../src/ledger/ledger-tables.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createPglitePool } from '../../../src/write/postgres/pglite-pool.ts';
import { readTuples } from '../../../src/write/postgres/read-tuples.ts';
import { createPostgresRowEncoder } from '../../../src/write/postgres/row-encoder.ts';
import { createRowImages } from '../../../src/write/postgres/row-images.ts';
import { openTargetReader } from '../../../src/write/postgres/target-reader.ts';
import type { SqlPool, SqlSession } from '../../../src/write/session.ts';
import { createDatabase } from '../../support/postgres.ts';
import { entityPlan, OFFICE } from '../small-plan.ts';

const KINDS = entityPlan('kinds', 'k', [
  ['id', 'id'],
  ['t', 'text'],
  ['i2', 'int2'],
  ['i4', 'int4'],
  ['i8', 'int8'],
  ['f', 'float8'],
  ['n', 'numeric'],
  ['b', 'bool'],
  ['d', 'date'],
  ['z', 'timestamptz'],
  ['u', 'uuid'],
  ['j', 'jsonb'],
  ['y', 'bytea'],
]);
const TABLE = `CREATE SCHEMA k; CREATE TABLE k.kinds (id uuid PRIMARY KEY, t text, i2 int2, i4 int4, i8 int8, f float8, n numeric(20,4), b boolean, d date, z timestamptz, u uuid, j jsonb, y bytea)`;

/** Values at the edges of every type; integer, text and composite keys. */
const ROWS: readonly (readonly TargetValue[])[] = [
  [
    1,
    'Zażółć 😀\n"gęślą"',
    -32768,
    2147483647,
    2n ** 62n,
    -0.1,
    '0.00',
    true,
    -10957,
    0,
    '5C0A1F6E-0000-4000-8000-000000000001',
    '{"b": 1,  "a": [1.0, null]}',
    new Uint8Array([0, 255]),
  ],
  [2 ** 52, '', 0, -1, -5, 1e300, '-12345678.9', false, 20000, 1_700_000_000_123_456, null, '"x"', new Uint8Array(0)],
  ['klucz|tekst', null, null, null, null, null, '10000', null, 0, -62_135_596_800_000_000, null, null, null],
  [7, 'x'.repeat(300_000), 1, 1, 1, 0, '0.5', null, null, null, null, '{"z":{"y":2,"x":[{"b":1,"a":2}]}}', null],
];

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function serverPool(): Promise<SqlPool> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 3, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return pool;
}

async function embeddedPool(): Promise<SqlPool> {
  const pool = createPglitePool(await PGlite.create());
  closers.push(() => pool.close());
  return pool;
}

describe.each([
  ['a server', serverPool],
  ['the embedded database', embeddedPool],
])('rows read back from %s', (_name, open) => {
  test('equal what was written, whatever the type and its spelling', async () => {
    const pool = await open();
    const session = await pool.session();
    await session.query(`${TABLE}; CREATE SCHEMA m; ${ledgerTables('m')}`);
    const encoder = createPostgresRowEncoder(KINDS, OFFICE);
    for (const row of ROWS) encoder.append(row);
    const written = encoder.take();
    await session.copy('k.kinds', [written.bytes]);
    await session.release();

    const images = createRowImages(KINDS);
    const expected = new Map<string, { hash: bigint; texts: readonly (string | null)[] }>();
    for (let i = 0; i < written.count; i++) {
      const image = written.bytes.subarray(written.offsets[i]!, written.offsets[i + 1]!);
      const texts = images.texts(image);
      expected.set(texts[0]!, { hash: images.hash(image), texts });
    }
    const reader = await openTargetReader({ pool, office: OFFICE, ledgerSchema: 'm' }, [KINDS]);
    let rows = 0;
    for await (const { bytes, count, offsets } of reader.rows(KINDS, null)) {
      for (let i = 0; i < count; i++) {
        const image = bytes.subarray(offsets[i]!, offsets[i + 1]!);
        const texts = images.texts(image);
        expect({ hash: images.hash(image), texts }).toEqual(expected.get(texts[0]!));
        rows += 1;
      }
    }
    expect(rows).toBe(ROWS.length);
    const bounds = await reader.bounds(KINDS);
    expect([bounds!.from.at(-1), bounds!.to.at(9)]).toEqual([1, 16]);
  });
});

test('a stream may be cut anywhere', async () => {
  const encoder = createPostgresRowEncoder(KINDS, OFFICE);
  for (const row of ROWS) encoder.append(row);
  const { bytes, count } = encoder.take();
  const whole = Buffer.concat([
    Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'),
    Buffer.alloc(8),
    bytes,
    Buffer.from([255, 255]),
  ]);
  for (const size of [1, 7, 19, 20, 4096, whole.length]) {
    const session: Pick<SqlSession, 'copyOut'> = {
      async *copyOut() {
        // Bytes one by one would take long for the long text: the first and last are, the middle comes in one
        const edge = Math.min(2000, whole.length >> 1);
        for (let at = 0; at < edge; at += size) yield whole.subarray(at, Math.min(at + size, edge));
        yield whole.subarray(edge, whole.length - edge);
        for (let at = whole.length - edge; at < whole.length; at += size) yield whole.subarray(at, at + size);
      },
    };
    const parts: Uint8Array[] = [];
    for await (const { bytes: piece, offsets, count: tuples } of readTuples(session as SqlSession, ''))
      for (let i = 0; i < tuples; i++) parts.push(piece.slice(offsets[i]!, offsets[i + 1]!));
    expect(parts.length, String(size)).toBe(count);
    expect(Buffer.compare(Buffer.concat(parts), bytes), String(size)).toBe(0);
  }
});

import { PGlite } from '@electric-sql/pglite';
import { afterAll, describe, expect, test } from 'vitest';
import { KeyBitmap } from '../../src/core/key-bitmap.ts';
import { COLUMN_TYPES, type SourceRow } from '../../src/core/record.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { rollbackRun } from '../../src/rollback/rollback-run.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPglitePool } from '../../src/write/postgres/pglite-pool.ts';
import { createPostgresTarget } from '../../src/write/postgres/postgres-target.ts';
import type { SqlPool } from '../../src/write/session.ts';
import { ledgerSql } from '../support/ledger-sql.ts';
import { createDatabase } from '../support/postgres.ts';
import { batchOf, entityPlan, type FieldSpec, OFFICE } from '../write/small-plan.ts';

const SPECS: readonly FieldSpec[] = [['id', 'id'], ...COLUMN_TYPES.map((type): FieldSpec => [`c_${type}`, type])];
const thing = entityPlan('thing', 'shop', SPECS);
const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const YEAR = 86_400_000_000 * 365;

/** Values that are easily lost on the way through JSON, one list a type, in the order of COLUMN_TYPES. */
const CORNERS: readonly SourceRow[] = [
  [
    1,
    'Żółw "x" \\ \n\t €',
    -32768,
    2147483647,
    9007199254740993n,
    0.1,
    '1.2300',
    true,
    0,
    1_234_567,
    UUID,
    '{"b": 1, "a": [1.50, null]}',
    new Uint8Array([0, 255, 92]),
  ],
  [2, '', 0, 0, -9223372036854775808n, -0, '0.00', false, -719162, -1, UUID, 'null', new Uint8Array()],
  [
    3,
    '{"not": "json"}',
    1,
    1,
    1n,
    Number.NaN,
    '-99999999999999999999999999999.000000000000000001',
    null,
    2932896,
    -120 * YEAR,
    UUID,
    '"null"',
    null,
  ],
  [
    4,
    'null',
    null,
    null,
    null,
    Number.POSITIVE_INFINITY,
    '12345678901234567890.5',
    null,
    -800000,
    -2500 * YEAR,
    null,
    '{}',
    null,
  ],
  [5, null, null, null, null, 5e-324, null, null, null, 9000 * YEAR, null, null, null],
  [
    6,
    ' obie spacje ',
    7,
    7,
    7n,
    1e300,
    '10000000000.10',
    true,
    1,
    1_700_000_000_999_999,
    UUID,
    '[]',
    new Uint8Array([1]),
  ],
];
const OTHERS: readonly SourceRow[] = CORNERS.map(([id]) => [
  id!,
  'inne',
  5,
  5,
  5n,
  2.5,
  '2.50',
  false,
  100,
  100,
  null,
  '{"x": 1}',
  new Uint8Array([9]),
]);

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

const pools: Readonly<Record<string, () => Promise<SqlPool>>> = {
  'a server in another time zone': async () => {
    const { url, drop } = await createDatabase();
    const other = new URL(url);
    other.searchParams.set('options', '-c TimeZone=Europe/Warsaw -c DateStyle=SQL,DMY -c bytea_output=escape');
    const pool = createPgPool({ url: other.href, max: 3, applicationName: 'test' });
    closers.push(async () => {
      await pool.close();
      await drop();
    });
    return pool;
  },
  'the embedded database': async () => {
    const pool = createPglitePool(await PGlite.create());
    closers.push(() => pool.close());
    return pool;
  },
};

describe.each(Object.entries(pools))('on %s', (_name, open) => {
  test('every type of column returns to the last bit, NULL and the word null told apart', async () => {
    const pool = await open();
    const sql = async (text: string): Promise<Record<string, unknown>[]> => {
      const session = await pool.session();
      try {
        return await session.query(text);
      } finally {
        await session.release();
      }
    };
    const columns = COLUMN_TYPES.map((type) => `c_${type} ${type}`).join(', ');
    await sql(
      `CREATE SCHEMA shop; CREATE SCHEMA m; CREATE TABLE shop.thing (id uuid PRIMARY KEY, ${columns}, own int4[] DEFAULT '{{1,NULL},{3,4}}', computed text GENERATED ALWAYS AS (c_text || '!') STORED);
       ${await ledgerSql('m')}`,
    );
    const target = createPostgresTarget({ pool, office: OFFICE, ledgerSchema: 'm' });
    const ledger = createPostgresLedger(pool, 'm');
    const load = async (rows: readonly SourceRow[]): Promise<number> => {
      const options = { entities: null, units: null, limit: null };
      const by = { toolVersion: 'test', host: 'here', user: 'me', planHash: 'plan' };
      const { id } = await ledger.createRun({ office: OFFICE, command: 'run', options, ...by, entities: [thing] });
      const ref = { id, office: OFFICE, scoped: false };
      await target.beginEntity(ref, thing);
      await ledger.startEntity(id, 'thing', [null], rows.length);
      const writer = await target.openWriter({ run: ref, entity: thing, partition: 0, seen: new KeyBitmap() });
      const outcome = await writer.write(batchOf(thing, rows, 1));
      expect(outcome.counts.loaded).toBe(rows.length);
      await target.endEntity(ref, thing);
      await ledger.finishRun(id, 'finished');
      return id;
    };
    const exact = `SELECT t::text AS row, c_jsonb IS NULL AS empty, encode(float8send(c_float8), 'hex') AS float, encode(numeric_send(c_numeric), 'hex') AS numeric FROM shop.thing t ORDER BY id`;
    await load(CORNERS);
    const before = await sql(exact);
    const run = await load(OTHERS);
    expect(await sql(exact)).not.toEqual(before);
    const outcome = await rollbackRun(
      {
        run: (await ledger.getRun(OFFICE, run))!,
        known: [],
        force: null,
        chunk: 2,
        contentsRoot: null,
        toolVersion: 'test',
        host: 'here',
        user: 'me',
      },
      { pool, ledger, ledgerSchema: 'm', emit: () => undefined, signal: new AbortController().signal },
    );
    expect(outcome).toMatchObject({ kind: 'done', plan: { entities: [{ restored: CORNERS.length, removed: 0 }] } });
    expect(await sql(exact)).toEqual(before);
  });
});

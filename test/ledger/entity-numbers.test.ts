import { afterAll, expect, test } from 'vitest';
import { LEDGER_MIGRATIONS } from '../../src/ledger/ledger-migrations.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { openShop, useShop } from '../pipeline/small-shop.ts';
import { OFFICE, officeDesign, officeTables } from '../pipeline/sync/office-design.ts';
import { createVersionedSource } from '../pipeline/sync/versioned-source.ts';
import { createDatabase } from '../support/postgres.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test('numbers of entities, of which there are 32,767, are taken once an entity and not once a run', async () => {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(drop, () => pool.close());
  const session = await pool.session();
  const numbers = async (): Promise<number> =>
    (await session.query<{ n: number }>('SELECT last_value::int4 AS n FROM m.entity_id_seq'))[0]!.n;
  try {
    await openShop(pool, officeDesign('delete'));
    // A process of its own each night: nothing is remembered
    const night = async (): Promise<unknown> =>
      (await useShop(pool, officeDesign('delete'))).sync(createVersionedSource(officeTables(OFFICE)));
    await night();
    expect(await numbers()).toBe(2);
    for (let i = 0; i < 3; i++) await night();
    expect(await numbers()).toBe(2);

    // A ledger of an earlier version, whose numbers are nearly used up
    await session.query(`SELECT setval('m.entity_id_seq', 32767)`);
    const { up } = LEDGER_MIGRATIONS.migrations.find(({ name }) => name === '0012_entity_numbers')!;
    await up({ raw: (statement: string) => session.query(statement) } as never, 'm');
    await session.query(`INSERT INTO m.entity (office, name) VALUES ('UM-TEST', 'nowa')`);
    expect(await numbers()).toBe(3);
  } finally {
    await session.release();
  }
});

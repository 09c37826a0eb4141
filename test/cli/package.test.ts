import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { openStore, type Store } from '../../src/cli/open-store.ts';
import { createIdSpace } from '../../src/core/target-id.ts';
import { readStore } from '../contents/sample-office.ts';
import { makeTar, partsOf } from '../support/make-archive.ts';
import { createDatabase } from '../support/postgres.ts';

const EXAMPLES = join(import.meta.dirname, '..', 'sources', 'package', 'examples');
const OFFICE = 'UG-PRZYKLADOWO';
const home = mkdtempSync(join(tmpdir(), 'ezd-cli-package-'));

let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  database = await createDatabase();
  mkdirSync(join(home, 'paczki'));
  const tar = await makeTar(partsOf(join(EXAMPLES, 'paczka-archiwalna-1.7')));
  writeFileSync(join(home, 'paczki', 'Sprawy_PUW_UG_20240101_100000.tar'), tar);
  cpSync(join(EXAMPLES, 'paczka-eadm-2.0'), join(home, 'paczki', 'eadm'), { recursive: true });
  writeFileSync(
    join(home, 'ezd-migrate.yaml'),
    `office: ${OFFICE}\nlanguage: en\nsource: { kind: package, path: paczki }\ntarget: { kind: postgres, url: '${database.url}', contents: { root: store } }\n`,
  );
});
afterAll(async () => {
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ code: number; json: Record<string, unknown> }> {
  const texts: string[] = [];
  const code = await main([...argv, '--json'], {
    cwd: home,
    environment: {},
    stdout: { write: (text: string) => texts.push(text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return { code, json: JSON.parse(texts.join('')) as Record<string, unknown> };
}

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const place = { kind: 'postgres', url: database.url } as const;
  const store = await openStore({ office: OFFICE, place, connections: 1 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('packages as the source of a run', () => {
  it('give cases, documents and the bytes of their files, from inside the archive', async () => {
    const { json } = await run('run');
    expect(json).toMatchObject({ status: 'finished', totals: { rejected: 0 } });
    expect(json['contents']).toMatchObject({ stored: 10, failed: 0, pairs: { detached: 2, paired: 2 } });
    const parts = [...partsOf(join(EXAMPLES, 'paczka-archiwalna-1.7')), ...partsOf(join(EXAMPLES, 'paczka-eadm-2.0'))];
    const files = parts.filter(([name]) => name.startsWith('dokumenty/')).map(([, bytes]) => bytes.toString('latin1'));
    const stored = [...readStore(join(home, 'store')).values()].map((bytes) => bytes.toString('latin1'));
    expect(stored.sort()).toEqual([...new Set(files)].sort());
  });

  it('give the same target ids as the database where they carry its keys', async () => {
    const ids = await inStore(async (store) => {
      const session = await store.pool.session();
      const rows = await session.query<{ id: string; folder: string; version: string }>(
        'SELECT id, id_koszulka AS folder, id_wersja_aktualna AS version FROM ezd.dokument WHERE id_zrodla = $1',
        ['5001'],
      );
      await session.release();
      return rows;
    });
    const id = (entity: string, key: number): string => createIdSpace(OFFICE, entity).text(key);
    expect(ids).toEqual([
      { id: id('dokument', 5001), folder: id('koszulka', 2001), version: id('dokument_wersja', 1001) },
    ]);
  });

  it('load nothing twice', async () => {
    const { json } = await run('run');
    expect(json['totals']).toMatchObject({ loaded: 0, rejected: 0 });
    expect(json['contents']).toMatchObject({ known: 10, stored: 0 });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { readOffice } from '../../fixtures/office/read-office.ts';
import { exportCases, type Producer } from '../../fixtures/packages/export-cases.ts';
import { writePackages } from '../../fixtures/packages/write-packages.ts';
import { checkPackages, type PackageFinding } from '../../src/cli/check-packages.ts';
import { main } from '../../src/cli/main.ts';
import { openStore } from '../../src/cli/open-store.ts';
import { makeTar } from '../support/make-archive.ts';
import { lossesPage, packageLosses, unexplained } from '../support/package-losses.ts';
import { createDatabase } from '../support/postgres.ts';

const OFFICE = 'UM-PRZYKLADOWO';
const home = mkdtempSync(join(tmpdir(), 'ezd-package-database-'));
/** Databases by project. */
const databases = new Map<string, Awaited<ReturnType<typeof createDatabase>>>();
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
  rmSync(home, { recursive: true, force: true });
});

async function run(project: string, source: string, command = 'run'): Promise<Record<string, unknown>> {
  const target = `{ kind: postgres, url: '${databases.get(project)?.url ?? ''}', contents: { root: '${join(home, `${project}-store`)}' } }`;
  writeFileSync(
    join(home, `${project}.yaml`),
    `office: ${OFFICE}\nlanguage: en\nsource: ${source}\ntarget: ${target}\n`,
  );
  const texts: string[] = [];
  await main([command, '--json', '--config', `${project}.yaml`], {
    cwd: home,
    environment: {},
    stdout: { write: (text: string) => texts.push(text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return JSON.parse(texts.join('')) as Record<string, unknown>;
}

async function query(project: string, sql: string): Promise<Record<string, unknown>[]> {
  const store = await openStore({
    office: OFFICE,
    place: { kind: 'postgres', url: databases.get(project)?.url ?? '' },
    connections: 1,
  });
  const session = await store.pool.session();
  const rows = await session.query(sql);
  await session.release();
  await store.close();
  return rows;
}

/** A case without documents cannot say which folder of EZD PUW is its own: only documents carry its number. */
const FOLDER =
  'CASE WHEN EXISTS (SELECT 1 FROM ezd.dokument d JOIN ezd.dokument_wersja w ON w.id = d.id_wersja_aktualna WHERE d.id_koszulka = s.id_koszulka AND d.data_usuniecia IS NULL) THEN s.id_koszulka END';
const CASES = `SELECT s.znak, ${FOLDER} AS id_koszulka, s.symbol_klasy, s.numer, s.rok, k.nazwa FROM ezd.sprawa s JOIN ezd.koszulka k ON k.id = s.id_koszulka ORDER BY s.znak`;
const DOCUMENTS = `SELECT d.id, d.id_koszulka, d.id_wersja_aktualna, w.nazwa, t.sha256, t.rozmiar::text AS rozmiar
  FROM ezd.dokument d JOIN ezd.dokument_wersja w ON w.id = d.id_wersja_aktualna JOIN ezd.tresc t ON t.id = w.id_tresc
  JOIN ezd.sprawa s ON s.id_koszulka = d.id_koszulka WHERE d.data_usuniecia IS NULL ORDER BY d.id`;

beforeAll(async () => {
  for (const project of ['base', 'packages', 'soiled']) databases.set(project, await createDatabase());
  await generateOffice({ out: join(home, 'dump'), cases: 25, seed: 'packages', files: 'all' });
  const tables = readOffice(join(home, 'dump'));
  for (const producer of ['EZD PUW', 'eKancelaria', 'mDok'] as const satisfies readonly Producer[]) {
    const files = exportCases(tables, join(home, 'dump', 'repository'), producer);
    writeFileSync(join(home, `${producer}.tar`), await makeTar(files));
  }
});

type Counts = Readonly<Record<'read' | 'loaded' | 'unchanged' | 'rejected' | 'skipped', number>>;
type Kind = Readonly<{ code: string; entity: string; count: number }>;

describe('an office loaded from its database and from its packages', () => {
  it('has the same cases, documents, versions and bytes under the same ids', async () => {
    await run('base', '{ kind: csv, folder: dump/tables, contents: { root: dump/repository } }');
    const loaded = await run('packages', `{ kind: package, path: 'EZD PUW.tar' }`);
    expect(loaded['totals']).toMatchObject({ rejected: 0 });
    const [fromBase, fromPackages] = [await query('base', CASES), await query('packages', CASES)];
    expect(fromPackages.length).toBeGreaterThan(10);
    expect(fromPackages).toEqual(fromBase);
    const documents = await query('packages', DOCUMENTS);
    expect(documents.length).toBeGreaterThan(20);
    expect(documents).toEqual(await query('base', DOCUMENTS));
    expect(documents.every(({ sha256 }) => sha256 !== null)).toBe(true);
  });

  it('differs only in what a package cannot hold: docs/sources/package-losses.md (vitest -u writes it anew)', async () => {
    const base = (sql: string) => query('base', sql);
    const losses = await packageLosses(base, (sql) => query('packages', sql));
    expect(unexplained(losses)).toEqual([]);
    for (const { table, rows } of losses) expect(`${table} ${rows.both}`).toBe(`${table} ${rows.second}`);
    await expect(await lossesPage(losses, base)).toMatchFileSnapshot('../../docs/sources/package-losses.md');
  });

  it('is loaded once when the packages follow the database, and packages loaded first must be taken back', async () => {
    const counts = `SELECT (SELECT count(*)::int4 FROM ezd.sprawa) AS cases, (SELECT count(*)::int4 FROM ezd.koszulka) AS folders, (SELECT count(*)::int4 FROM ezd.dokument) AS documents,
      (SELECT count(*)::int4 FROM ezd.adresat) AS people, (SELECT count(*)::int4 FROM ezd.uczestnik) AS participants, (SELECT count(*)::int4 FROM ezd.tresc_lokalizacja) AS places,
      (SELECT md5(string_agg(s::text, '|' ORDER BY s.id)) FROM ezd.sprawa s) AS hash`;
    const before = await query('base', counts);
    const loaded = await run('base', `{ kind: package, path: 'EZD PUW.tar' }`);
    expect(loaded['totals']).toMatchObject({ loaded: 0, rejected: 0, unchanged: 0 });
    expect(await query('base', counts)).toEqual(before);
    // A package of which the database has nothing stays when the database is followed or compared.
    const alone = join(import.meta.dirname, '..', 'sources', 'package', 'examples', 'paczka-archiwalna-1.7');
    expect(await run('base', `{ kind: package, path: '${alone}' }`)).toMatchObject({ totals: { rejected: 0 } });
    const both = await query('base', counts);
    expect(both).not.toEqual(before);
    const database = '{ kind: csv, folder: dump/tables, contents: { root: dump/repository } }';
    expect(await run('base', database, 'reconcile')).toMatchObject({ equal: true });
    expect(await run('base', database, 'sync')).toMatchObject({ totals: { loaded: 0 } });
    expect(await run('base', `{ kind: package, path: '${alone}' }`, 'reconcile')).toMatchObject({ equal: true });
    expect(await query('base', counts)).toEqual(both);
    const refused = await run('packages', '{ kind: csv, folder: dump/tables }');
    expect(refused).toMatchObject({ error: { code: 'CONFIG' } });
    expect(JSON.stringify(refused)).toContain('ezd-migrate rollback');
  });

  it('counts and names what soiled packages hold but cannot give, and keeps its books', async () => {
    const { defects } = await writePackages({
      office: join(home, 'dump'),
      out: join(home, 'soiled'),
      dirt: 0.3,
      seed: '1',
    });
    const loaded = (await run('soiled', '{ kind: package, path: soiled }')) as { entities: Counts[]; findings: Kind[] };
    for (const { read, loaded: some, unchanged, rejected, skipped } of loaded.entities)
      expect(read).toBe(some + unchanged + rejected + skipped);
    const planted = (code: string): number => defects.filter((defect) => defect.code === code).length;
    const told = (code: string): number | undefined =>
      loaded.findings.find((each) => each.code === code && each.entity === 'dokument')?.count;
    for (const code of ['METADATA_MISSING', 'DOCUMENT_MISSING', 'SIZE_MISMATCH', 'XML_BROKEN', 'XML_REFUSED'])
      expect([code, told(`PACKAGE_${code}`)]).toEqual([code, planted(`PACKAGE_${code}`)]);
    const missing = loaded.findings.find(({ code }) => code === 'PACKAGE_METADATA_MISSING');
    expect(missing).toMatchObject({ severity: 'error', effect: 'reject' });
    const lost = await query('soiled', `SELECT r.source FROM ezd_migrate.reject r WHERE r.legacy_key IS NULL`);
    expect(lost.length).toBe(
      planted('PACKAGE_METADATA_MISSING') + planted('PACKAGE_XML_BROKEN') + planted('PACKAGE_XML_REFUSED'),
    );
  });

  it.each(['EZD PUW', 'eKancelaria', 'mDok'] as const)(
    'exports packages in the manner of %s that pass the check',
    async (producer) => {
      const findings: PackageFinding[] = [];
      const [checked] = await checkPackages(
        [join(home, `${producer}.tar`)],
        (finding) => findings.push(finding),
        new AbortController().signal,
      );
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(checked?.cases).toBeGreaterThan(10);
    },
  );
});

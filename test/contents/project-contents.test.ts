import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { type OfficeRow, readOffice } from '../../fixtures/office/read-office.ts';
import { createStages } from '../../src/cli/open-stages.ts';
import { openStore, type Store } from '../../src/cli/open-store.ts';
import {
  type ContentsActor,
  copyProjectContents,
  projectContentStatus,
  spoolFolder,
  verifyProjectContents,
} from '../../src/cli/project-contents.ts';
import { spoolValues } from '../../src/cli/spooled-values.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { runPlan } from '../../src/pipeline/run-plan.ts';
import type { Stages } from '../../src/pipeline/stages.ts';
import { type CsvSource, createCsvSource } from '../../src/sources/csv/csv-source.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { storeCatalogue } from '../mappings/store-catalogue.ts';
import { readStore, sha256 } from './sample-office.ts';

const OFFICE = 'UM-PRZYKLADOWO';
const policy = { strict: false, codes: { CONTENT_SIZE_MISMATCH: { off: 'the test says so' } }, afterLoad: [] };
const actor: ContentsActor = { office: OFFICE, policy, toolVersion: '0', host: 'test', user: 'test' };
const home = mkdtempSync(join(tmpdir(), 'ezd-project-contents-'));
const dump = join(home, 'dump');
const storeRoot = join(home, 'store');
const signal = new AbortController().signal;

let rows: ReadonlyMap<string, readonly OfficeRow[]>;
let source: CsvSource;
let store: Store;
let stages: Stages;
const repository = join(dump, 'repository');

/** Copies what is loaded, as `contents copy` does with a dump. */
async function copy() {
  const values = spoolValues(source, stages.parse, spoolFolder(storeRoot), signal);
  try {
    return await copyProjectContents(store, actor, {
      roots: [repository],
      layout: { kind: 'flat' },
      storeRoot,
      timezone: 'Europe/Warsaw',
      jobs: 2,
      minFree: 0,
      openColumn: values.open,
    });
  } finally {
    await values.close();
  }
}

async function query(sql: string, parameters: readonly string[] = []): Promise<Record<string, string | null>[]> {
  const session = await store.pool.session();
  try {
    return await session.query<Record<string, string | null>>(sql, parameters);
  } finally {
    await session.release();
  }
}

beforeAll(async () => {
  await generateOffice({ out: dump, cases: 30, seed: 'contents', files: 'all' });
  rows = readOffice(dump);
  source = createCsvSource({ folder: join(dump, 'tables') });
  store = await openStore({ office: OFFICE, place: { kind: 'embedded', folder: null }, connections: 1 });
  const { plan } = compilePlan({
    bundleDir: 'mappings/ezd-puw',
    office: OFFICE,
    timezone: 'Europe/Warsaw',
    transforms: TRANSFORMS,
    rules: RULE_SIGNATURES,
    source: await source.catalogue(),
    target: storeCatalogue(),
  });
  stages = createStages({ plan, policy: NO_POLICY, threads: 0 });
  const request = {
    plan,
    command: 'run',
    options: { entities: null, units: null, limit: null },
    batchRows: 20_000,
    batchBytes: 8 << 20,
    jobs: 1,
    checks: [],
    toolVersion: '0',
    host: 'test',
    user: 'test',
    now: Date.now(),
  };
  const { target, ledger } = store;
  const ports = { source, target, ledger, stages, resolveUnits: async () => [], emit: () => undefined, signal };
  await runPlan(request, ports);
});
afterAll(async () => {
  await store?.close();
  await source?.close();
  rmSync(home, { recursive: true, force: true });
});

describe('the contents of a whole made-up office', () => {
  it('are copied from the repository and from the dump’s column, every one with the right bytes, and noted in the store', async () => {
    const { run, counts } = await copy();
    const contents = rows.get('Zalaczniki') ?? [];
    expect(counts).toMatchObject({ known: 0, stored: contents.length, failed: 0 });
    expect(counts.findings['CONTENT_HASH_MISMATCH'] ?? 0).toBe(0);
    expect(counts.findings['CONTENT_SIZE_MISMATCH'] ?? 0).toBe(0);
    expect(counts.pairs.detached).toBeGreaterThan(0);
    expect(counts.pairs.paired).toBe(counts.pairs.detached);

    const bytes = readStore(storeRoot);
    const session = await store.pool.session();
    const noted = await session.query<{ id_zrodla: string; sha256: string }>('SELECT id_zrodla, sha256 FROM ezd.tresc');
    await session.release();
    expect(noted).toHaveLength(contents.length);
    for (const place of rows.get('ZalacznikiLokalizacje') ?? []) {
      const file = join(repository, place['IdentyfikatorKontenera'] ?? '', place['IdentyfikatorZawartosci'] ?? '');
      const digest = sha256(readFileSync(file));
      expect(noted.find((row) => row.id_zrodla === place['IdZalacznika'])?.sha256).toBe(digest);
      expect(bytes.has(digest)).toBe(true);
    }
    expect((await store.ledger.getRun(OFFICE, run))?.status).toBe('finished');
    expect(readdirSync(storeRoot)).not.toContain('values');
  });

  it('are not read a second time, and are all found again by the verification', async () => {
    const again = await copy();
    expect(again.counts).toMatchObject({ stored: 0, failed: 0, bytesRead: 0 });
    const { counts } = await verifyProjectContents(store, actor, { storeRoot, jobs: 2 });
    expect(counts).toMatchObject({ checked: counts.good, contentsLost: 0 });
    const status = await projectContentStatus(store, OFFICE);
    expect(status).toMatchObject({ stored: again.counts.known, failed: 0, waiting: 0, verified: again.counts.known });
    expect(status.files).toBe(counts.checked);
    expect(status.signatures.length).toBeGreaterThan(0);
  });

  it('are noted again, without being read, at a record that went and came back', async () => {
    const rowsOf = () =>
      query(
        'SELECT id_zrodla, sha256, rozmiar_zmierzony::text, typ_mime, (przeniesiono IS NULL)::text AS bare FROM ezd.tresc ORDER BY id',
      );
    const before = await rowsOf();
    // As a sync leaves them: everything that the mapping tells, nothing of what the copy told.
    await query(
      'UPDATE ezd.tresc SET sha256 = NULL, rozmiar_zmierzony = NULL, typ_mime = NULL, przeniesiono = NULL WHERE id_zrodla IN ($1, $2)',
      before.slice(0, 2).map((row) => row['id_zrodla']!),
    );
    const again = await copy();
    expect(again.counts).toMatchObject({ stored: 0, failed: 0, bytesRead: 0, known: before.length });
    expect(await rowsOf()).toEqual(before);
  });

  it('report on the document what was deleted or changed after it was listed', async () => {
    const [gone, changed] = (rows.get('ZalacznikiLokalizacje') ?? []).filter(
      (place) => !(rows.get('ZalacznikiDane') ?? []).some((value) => value['IdZalacznika'] === place['IdZalacznika']),
    );
    const fileOf = (place: OfficeRow | undefined): string =>
      join(repository, place?.['IdentyfikatorKontenera'] ?? '', place?.['IdentyfikatorZawartosci'] ?? '');
    rmSync(fileOf(gone));
    writeFileSync(fileOf(changed), 'podmieniona');
    const ids = [gone?.['IdZalacznika'] ?? '', changed?.['IdZalacznika'] ?? ''];
    const session = await store.pool.session();
    await session.query('DELETE FROM ezd_migrate.content WHERE content_id IN ($1, $2)', ids);
    await session.release();
    const { run, counts } = await copy();
    expect(counts).toMatchObject({ stored: 1, failed: 1 });
    const found = new Map<string, string[]>();
    for await (const finding of store.ledger.findings(run, {})) {
      const content = String(finding.params?.['content']);
      if (finding.severity === 'error') found.set(content, [...(found.get(content) ?? []), finding.code].sort());
      expect(['dokument', 'tresc']).toContain(finding.entity);
    }
    expect(found).toEqual(
      new Map([
        [ids[0], ['CONTENT_MISSING']],
        [ids[1], ['CONTENT_HASH_MISMATCH']],
      ]),
    );
  });
});

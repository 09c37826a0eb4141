import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { openStore } from '../../src/cli/open-store.ts';
import type { Protocol } from '../../src/report/protocol/protocol-model.ts';
import { createDatabase } from '../support/postgres.ts';

const DUMP = resolve('fixtures/golden/office-300/tables');
const ENTITIES = 'jednostka,wykaz_akt,klasa_jrwa,pracownik,stanowisko,koszulka,sprawa,adresat';

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'ezd-protocol-'));
  const project = `office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: '${DUMP}' }\ntarget: { kind: postgres, url: '${database.url}' }\nmappings: ezd-puw\nrules: { SIGN_CLASS_MISMATCH: { severity: warning, reason: uzgodniono z archiwum }, REF_MISSING: { severity: warning } }\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
  expect((await cli('protocol')).code).toBe(2);
  expect((await cli('run', '--no-contents', '--no-report', '--entity', ENTITIES)).code).toBe(3);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const io: CliIo = {
    cwd: folder,
    environment: {},
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.parse('2026-01-15T12:00:00Z'),
  };
  const code = await main(argv, io);
  return { code, out: out.join(''), err: err.join('') };
}

/** Touches the ledger behind the program's back. */
async function touch(...statements: string[]): Promise<void> {
  const store = await openStore({
    office: 'UM-TEST',
    place: { kind: 'postgres', url: database.url },
    connections: 1,
  });
  const session = await store.pool.session();
  for (const statement of statements) await session.query(statement);
  await session.release();
  await store.close();
}

const text = (name: string): string => readFileSync(join(folder, 'reports', 'protokol-000001', name), 'utf8');

test('a protocol is a page, its data, and lists that it names by hash', async () => {
  const { code, out } = await cli('protocol', '1');
  expect({ code, out }).toMatchObject({ code: 0 });
  const protocol = JSON.parse(text('protokol.json')) as Protocol;
  expect(protocol.run).toMatchObject({ id: 1, command: 'run', status: 'finished' });
  expect(protocol.source).toEqual({ kind: 'csv', name: DUMP });
  for (const { read, loaded, unchanged, rejected, skipped } of protocol.entities)
    expect(read).toBe(loaded + unchanged + rejected + skipped);
  expect(protocol.entities.find(({ entity }) => entity === 'sprawa')?.loaded).toBeGreaterThan(200);
  expect(protocol.mapping.entities.every(({ planHash }) => /^[0-9a-f]{64}$/.test(planHash))).toBe(true);
  expect(protocol.findings.find(({ code: own }) => own === 'SIGN_CLASS_MISMATCH')).toMatchObject({
    severity: 'warning',
    decision: { severity: 'warning', reason: 'uzgodniono z archiwum' },
  });
  expect(protocol.contents).toBeNull();
  expect(protocol.chain).toMatchObject({ records: 1, compared: 1, problems: [], ofRun: { number: 1 } });
  const { list } = protocol.rejected;
  const bytes = readFileSync(join(folder, 'reports', 'protokol-000001', list.name));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(list.sha256);
  expect(statSync(join(folder, 'reports', 'protokol-000001', list.name)).size).toBe(list.bytes);
  expect(list.lines).toBe(protocol.rejected.records);
  expect(bytes.toString('utf8').split('\r\n')).toHaveLength(list.lines + 2);
  expect(text('protokol.html')).toContain(list.sha256);
  expect(text('protokol.html')).toContain('uzgodniono z archiwum');
});

test('nothing in it tells a PESEL, a name or an e-mail of the office', () => {
  const people = readFileSync(join(DUMP, 'dbo.Adresaci.csv'), 'utf8');
  const private_ = [...people.matchAll(/\b\d{11}\b|[\w.]+@[\w.]+\.pl/g)].map(([found]) => found);
  expect(private_.length).toBeGreaterThan(50);
  const whole = ['protokol.html', 'protokol.json', 'odrzucone.csv'].map(text).join('\n');
  expect(private_.filter((word) => whole.includes(word))).toEqual([]);
});

test('verify finds nothing, alone and against the filed protocol', async () => {
  expect(await cli('protocol', 'verify')).toMatchObject({ code: 0 });
  const { code, out } = await cli('protocol', 'verify', '--against', 'reports/protokol-000001/protokol.json', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ records: 1, problems: [], changedLists: [] });
});

test('a changed list beside the protocol is found', async () => {
  const list = join(folder, 'reports', 'protokol-000001', 'odrzucone.csv');
  const whole = readFileSync(list);
  writeFileSync(list, whole.subarray(0, -1));
  const { code, out } = await cli('protocol', 'verify', '--against', 'reports/protokol-000001/protokol.json');
  writeFileSync(list, whole);
  expect(code).toBe(4);
  expect(out).toContain('odrzucone.csv is not the one that the protocol tells of');
});

test('verify names the run whose record was touched and ends with 4, and so does a protocol made then', async () => {
  await cli('run', '--no-contents', '--no-report', '--entity', 'jednostka');
  await touch(
    "UPDATE ezd_migrate.finding SET severity = 'info' WHERE ctid = (SELECT min(ctid) FROM ezd_migrate.finding WHERE run_id = 1)",
  );
  const { code, out } = await cli('protocol', 'verify');
  expect(code).toBe(4);
  expect(out).toMatch(/Run 1, \w+: rows were changed \(findings\)/);
  expect(out).not.toContain('Run 2');
  const made = await cli('protocol', '2', '--out', 'later');
  expect(made.code).toBe(4);
  expect(readFileSync(join(folder, 'later', 'protokol.html'), 'utf8')).toContain(
    'Historia przebiegów została naruszona',
  );
});

test('a history that was written anew from the beginning is told by the protocol that was filed', async () => {
  await touch('DELETE FROM ezd_migrate.run_record', 'DELETE FROM ezd_migrate.reject WHERE run_id = 1');
  await cli('run', '--no-contents', '--no-report', '--entity', 'jednostka');
  expect((await cli('protocol', 'verify')).code).toBe(0);
  const { code, out } = await cli('protocol', 'verify', '--against', 'reports/protokol-000001/protokol.json');
  expect(code).toBe(4);
  expect(out).toContain('knows another record no 1');
});

test('what is no protocol, and a run that is not there, are refused', async () => {
  writeFileSync(join(folder, 'other.json'), '{"format":"something"}');
  expect(await cli('protocol', 'verify', '--against', 'other.json')).toMatchObject({ code: 2 });
  expect((await cli('protocol', '99')).err).toContain('99');
});

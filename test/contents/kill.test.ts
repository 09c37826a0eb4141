import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerJournal, OFFICE, openLedgerJournal } from '../support/content-journal.ts';
import { createDatabase } from '../support/postgres.ts';
import { CONTAINER, openSampleOffice, readStore, type SampleOffice, sha256, temporaryFiles } from './sample-office.ts';

const CHILD = fileURLToPath(new URL('../../dist/test/support/contents-child.js', import.meta.url));
const SMALL = 1500;
const BIG = 3;
const BANDWIDTH = 6_000_000;

let office: SampleOffice;
let database: { url: string; drop(): Promise<void> };
let ledger: LedgerJournal;
const digests = new Map<string, string>();

beforeAll(async () => {
  office = openSampleOffice();
  database = await createDatabase();
  ledger = await openLedgerJournal({ kind: 'postgres', url: database.url });
  for (let i = 0; i < SMALL + BIG; i++) {
    const big = i % 500 === 250;
    // Every tenth file has the bytes of the one before it.
    const text = big ? `duży ${i} `.repeat(400_000) : `pismo ${i % 10 === 9 ? i - 1 : i} `.repeat(700);
    office.file(`${CONTAINER}/${i}`, text);
    digests.set(String(i), sha256(text));
  }
  writeFileSync(join(office.root, 'ids.json'), JSON.stringify([...digests.keys()]));
});

afterAll(async () => {
  await ledger?.close();
  await database?.drop();
  office?.remove();
});

/** When a copy is killed: once it has recorded so many more contents, and then some milliseconds later. */
interface Moment {
  readonly contents: number;
  readonly milliseconds: number;
}

/** Starts a copy; resolves with what it said at the end, or null when it was killed. */
async function copyInChild(after: Moment | null): Promise<Record<string, number> | null> {
  const bandwidth = after === null ? 0 : BANDWIDTH;
  const child = spawn(
    process.execPath,
    [CHILD, database.url, office.root, CONTAINER, office.store, String(bandwidth)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  if (after !== null) {
    const before = (await recorded()).size;
    while ((await recorded()).size < before + after.contents && child.exitCode === null) await sleep(5);
    await sleep(after.milliseconds);
    child.kill('SIGKILL');
    await exited;
    return null;
  }
  const { value } = await lines.next();
  await exited;
  return JSON.parse(String(value)) as Record<string, number>;
}

const recorded = async (): Promise<Map<string, string>> => {
  const rows = await ledger.query<{ content_id: string; sha256: string }>(
    `SELECT content_id, sha256 FROM ezd_migrate.content WHERE office = $1 AND status = 'stored'`,
    [OFFICE],
  );
  return new Map(rows.map((row) => [row.content_id, row.sha256]));
};

describe('a copy killed with -9 at ten moments', () => {
  it('loses no byte, records nothing that is not in the store, and opens no recorded file again', async () => {
    const moments = Array.from({ length: 10 }, (_, i): Moment => ({ contents: i === 4 ? 0 : 15, milliseconds: i * 7 }));
    const progress: number[] = [];
    for (const moment of moments) {
      await copyInChild(moment);
      const stored = readStore(office.store);
      const done = await recorded();
      for (const [id, digest] of done) {
        expect(digest).toBe(digests.get(id));
        expect(stored.has(digest)).toBe(true);
        // Gone from the source: whoever opened it again would find it missing.
        rmSync(join(office.root, CONTAINER, id), { force: true });
      }
      progress.push(done.size);
    }
    expect(new Set(progress).size).toBeGreaterThan(7);
    expect(progress.at(-1)).toBeLessThan(SMALL + BIG);

    const counts = await copyInChild(null);
    expect(counts).toMatchObject({ known: progress.at(-1), stored: SMALL + BIG - (progress.at(-1) ?? 0), failed: 0 });
    expect(await recorded()).toEqual(digests);
    expect([...readStore(office.store).keys()].sort()).toEqual([...new Set(digests.values())].sort());
    expect(temporaryFiles(office.store)).toEqual([]);
  });
});

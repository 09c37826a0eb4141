import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContentRecord } from '../../src/contents/content.ts';
import { contentFinding } from '../../src/contents/content-finding.ts';
import type { ContentJournal } from '../../src/contents/journal.ts';
import { openMemoryJournal } from '../../src/contents/memory-journal.ts';
import { createIdSpace } from '../../src/core/target-id.ts';
import { type LedgerJournal, OFFICE, openLedgerJournal } from '../support/content-journal.ts';
import { createDatabase } from '../support/postgres.ts';
import { sha256 } from './sample-office.ts';

const SHA1 = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';
const stored = (contentId: string, over: Partial<ContentRecord> = {}): ContentRecord => ({
  contentId,
  documentKey: Number(contentId) + 1,
  status: 'stored',
  sha256: sha256(contentId),
  size: 3_000_000_000,
  expectedSize: 7,
  legacyHash: null,
  legacyEqual: null,
  mediaType: 'application/pdf',
  signature: null,
  signedContents: [],
  problem: null,
  ...over,
});
const failed = (contentId: string): ContentRecord =>
  stored(contentId, { status: 'failed', sha256: null, size: null, mediaType: null, problem: 'CONTENT_MISSING' });
const detached = (contentId: string): ContentRecord =>
  stored(contentId, {
    documentKey: 'a|b',
    signature: {
      kind: 'xades-detached',
      count: 1,
      trustedProfile: false,
      digests: ['sha256'],
      signs: [{ name: 'Zażółć \u0000\ud800.pdf', algorithm: 'sha256', digest: sha256('1') }],
      coversWhole: null,
    },
  });

async function all(pages: AsyncIterable<readonly ContentRecord[]>): Promise<ContentRecord[]> {
  const records: ContentRecord[] = [];
  for await (const page of pages) records.push(...page);
  return records;
}

let ledger: LedgerJournal;
let embedded: LedgerJournal;
let database: { url: string; drop(): Promise<void> };
beforeAll(async () => {
  database = await createDatabase();
  ledger = await openLedgerJournal({ kind: 'postgres', url: database.url });
  embedded = await openLedgerJournal({ kind: 'embedded', folder: null });
});
afterAll(async () => {
  await ledger?.close();
  await embedded?.close();
  await database?.drop();
});

describe.each<[string, () => ContentJournal]>([
  ['memory', openMemoryJournal],
  ['a PostgreSQL server', () => ledger.journal],
  ['the embedded PostgreSQL', () => embedded.journal],
])('the journal in %s', (_, open) => {
  it('remembers, replaces, pages by digest and finds by digest', async () => {
    const journal = open();
    expect((await journal.known(['1'])).size).toBe(0);
    const hashed = stored('4', { legacyHash: SHA1.toUpperCase(), legacyEqual: true });
    const untrue = stored('5', { legacyHash: SHA1, legacyEqual: false });
    await journal.record([stored('1'), stored('2'), failed('3'), hashed, untrue, detached('6')], []);
    expect(await journal.known(['1', '3', '9'])).toEqual(
      new Map([
        ['1', stored('1')],
        ['3', failed('3')],
      ]),
    );

    await journal.record([stored('3', { sha256: sha256('1') })], [contentFinding('CONTENT_EMPTY', stored('3'))]);
    const records = await all(journal.stored());
    expect(records.map((record) => record.sha256)).toEqual(records.map((record) => record.sha256).sort());
    expect(records.map((record) => record.contentId).sort()).toEqual(['1', '2', '3', '4', '5', '6']);

    expect((await all(journal.detachedSignatures())).map((record) => record.documentKey)).toEqual(['a|b']);
    const found = await journal.withDigests([sha256('1'), SHA1, sha256('nothing')]);
    expect([...found].map(([digest, ids]) => [digest, [...ids].sort()])).toEqual(
      expect.arrayContaining([
        [sha256('1'), ['1', '3']],
        [SHA1, ['4']],
      ]),
    );
    expect(found.size).toBe(2);
  });

  it('makes contents failed whose bytes were lost, and only those', async () => {
    const journal = open();
    await journal.record([stored('1'), stored('2')], []);
    await journal.recordVerified(
      [
        { sha256: sha256('1'), problem: 'CONTENT_STORE_MISSING' },
        { sha256: sha256('2'), problem: null },
      ],
      [],
    );
    const known = await journal.known(['1', '2']);
    expect(known.get('1')).toMatchObject({ status: 'failed', sha256: null, problem: 'CONTENT_STORE_MISSING' });
    expect(known.get('2')).toMatchObject({ status: 'stored' });
  });
});

describe('the journal in the ledger', () => {
  it('pages over more records than one page holds, also where a page ends between equal digests', async () => {
    const records = Array.from({ length: 2500 }, (_, i) =>
      stored(String(10_000 + i), { sha256: sha256(String(i >> 3)) }),
    );
    await embedded.query('DELETE FROM ezd_migrate.content');
    await embedded.journal.record(records, []);
    const read = await all(embedded.journal.stored());
    expect(new Set(read.map((record) => record.contentId)).size).toBe(2500);
    expect(read).toHaveLength(2500);
  });

  it('writes findings of the run and digest, size and type into the store’s own row, in the same statement', async () => {
    const [row] = await ledger.query<{ id: string }>(
      `INSERT INTO ezd.tresc (id, nazwa_pliku) VALUES ($1, 'pismo.pdf') RETURNING id`,
      [targetId],
    );
    expect(row?.id).toBe(targetId);
    await ledger.journal.record(
      [stored('77')],
      [contentFinding('CONTENT_EMPTY', stored('77'), { value: 'A/\u000077' })],
    );
    expect(
      await ledger.query(
        'SELECT sha256, rozmiar_zmierzony::text AS size, typ_mime, przeniesiono IS NOT NULL AS done FROM ezd.tresc WHERE id = $1',
        [targetId],
      ),
    ).toEqual([{ sha256: sha256('77'), size: '3000000000', typ_mime: 'application/pdf', done: true }]);
    expect(
      await ledger.query(
        `SELECT e.name, f.legacy_key, f.code, f.value, f.params FROM ezd_migrate.finding f JOIN ezd_migrate.entity e ON e.id = f.entity_id WHERE f.params ->> 'content' = '77'`,
      ),
    ).toEqual([
      { name: 'dokument', legacy_key: '78', code: 'CONTENT_EMPTY', value: 'A/\ufffd77', params: { content: '77' } },
    ]);
  });
});

const targetId = createIdSpace(OFFICE, 'tresc').text(77);

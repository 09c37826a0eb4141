import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSums, MANIFEST_COLUMNS, manifestLines } from '../../../src/report/protocol/contents-manifest.ts';
import { writeSideFile } from '../../../src/report/protocol/side-file.ts';
import { openReportFolder } from '../../../src/report/render/report-folder.ts';
import { openReportOffice, type ReportOffice } from '../report-office.ts';

const LEDGER = '"ezd_migrate"';
const STORED = 5003;
let office: ReportOffice;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-manifest-'));
  office = await openReportOffice();
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

test('every stored content stands in the manifest once, in order, over the pages, and the hash is that of the file', async () => {
  const session = await office.store.pool.session();
  try {
    expect(await contentSums(session, LEDGER, 'UM-TEST')).toBeNull();
    await session.query(`INSERT INTO ezd_migrate.content (office, content_id, document_key, status, sha256, size, media_type, problem, run_id)
      SELECT 'UM-TEST', 'ł' || i, 'd' || i, 'stored', encode(sha256(i::text::bytea), 'hex'), i, 'text/plain', NULL, 1 FROM generate_series(1, ${STORED}) i
      UNION ALL SELECT 'UM-TEST', '=1+1', NULL, 'failed', NULL, NULL, NULL, 'missing', 1`);
    expect(await contentSums(session, LEDGER, 'UM-TEST')).toEqual({
      stored: STORED,
      bytes: (STORED * (STORED + 1)) / 2,
      failed: 1,
    });
    const place = await openReportFolder(folder, { language: 'pl', personal: false });
    const lines = manifestLines(session, LEDGER, 'UM-TEST');
    const written = await writeSideFile(place, 'tresci.csv', MANIFEST_COLUMNS, lines);
    const bytes = readFileSync(join(folder, 'tresci.csv'));
    expect(written).toEqual({
      name: 'tresci.csv',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      lines: STORED,
    });
    const rows = bytes
      .toString('utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
    expect(new Set(rows.map(([id]) => id)).size).toBe(STORED);
    const hash = createHash('sha256').update('1').digest('hex');
    expect(rows[0]).toEqual(['ł1', hash, '1', 'text/plain', 'd1', `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`]);
  } finally {
    await session.release();
  }
});

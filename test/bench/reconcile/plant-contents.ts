import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openMemoryJournal } from '../../../src/contents/memory-journal.ts';
import { storePath } from '../../../src/contents/store-path.ts';
import { verifyContents } from '../../../src/contents/verify-contents.ts';

/** A content store of small files, `damaged` of them with one bit turned; answers which documents were told and which should have been. */
export async function verifyDamaged(
  root: string,
  files: number,
  damaged: number,
): Promise<{ readonly told: readonly string[]; readonly planted: readonly string[] }> {
  const journal = openMemoryJournal();
  const planted: string[] = [];
  for (let i = 0; i < files; i++) {
    const bytes = Buffer.from(`made-up content ${i}\n`.repeat(1 + (i % 50)));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = storePath(root, sha256);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    await journal.record([contentRecord(i, sha256, bytes.length)], []);
    if (i % Math.floor(files / damaged) !== 3 || planted.length === damaged) continue;
    const wrong = readFileSync(path);
    wrong[i % wrong.length]! ^= 1;
    writeFileSync(path, wrong);
    planted.push(String(i));
  }
  await verifyContents({ journal, storeRoot: root });
  return { told: journal.findings.map(({ key }) => String(key)), planted };
}

const contentRecord = (i: number, sha256: string, size: number) => ({
  contentId: `c${i}`,
  documentKey: i,
  status: 'stored' as const,
  sha256,
  size,
  expectedSize: size,
  legacyHash: null,
  legacyEqual: null,
  mediaType: null,
  signature: null,
  signedContents: [],
  problem: null,
});

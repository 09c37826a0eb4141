import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentItem } from '../../src/contents/content.ts';
import { copyContents } from '../../src/contents/copy-contents.ts';
import { openLedgerJournal } from './content-journal.ts';

/** A copy in a process of its own, to be killed: `node contents-child.js <database url> <repository> <container> <store> <bytes a second>`. */
const [url = '', root = '', container = '', storeRoot = '', bandwidth = '0'] = process.argv.slice(2);
const ids = JSON.parse(readFileSync(join(root, 'ids.json'), 'utf8')) as string[];

async function* items(): AsyncGenerator<ContentItem> {
  for (const id of ids) {
    yield {
      contentId: id,
      documentKey: Number(id),
      name: `pismo ${id}.txt`,
      expectedSize: null,
      legacyHash: null,
      places: [{ kind: 'file', container, identifier: id, name: '' }],
    };
  }
}

const ledger = await openLedgerJournal({ kind: 'postgres', url });
process.stdout.write('started\n');
const counts = await copyContents({
  items: items(),
  journal: ledger.journal,
  roots: [root],
  layout: { kind: 'flat' },
  storeRoot,
  jobs: 2,
  minFree: 0,
  bandwidth: Number(bandwidth) === 0 ? null : Number(bandwidth),
  commit: { contents: 15, bytes: 4 << 20, milliseconds: 100 },
});
process.stdout.write(`${JSON.stringify(counts)}\n`);
await ledger.close();

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentItem } from '../../../src/contents/content.ts';
import { copyContents } from '../../../src/contents/copy-contents.ts';
import { openLedgerJournal } from '../../support/content-journal.ts';

/** One copy in a process of its own, recorded in a real ledger: `node copy-child.js <database url> <repository> <store>`; says seconds and peak memory. */
const [url = '', root = '', storeRoot = ''] = process.argv.slice(2);

async function* items(): AsyncGenerator<ContentItem> {
  for (const container of readdirSync(root)) {
    for (const identifier of readdirSync(join(root, container))) {
      const name = `${identifier}.pdf`;
      yield {
        contentId: identifier,
        documentKey: Number(identifier),
        name,
        expectedSize: statSync(join(root, container, identifier)).size,
        legacyHash: null,
        places: [{ kind: 'file', container, identifier, name }],
      };
    }
  }
}

const ledger = await openLedgerJournal({ kind: 'postgres', url });
const copy = (): ReturnType<typeof copyContents> =>
  copyContents({
    items: items(),
    journal: ledger.journal,
    roots: [root],
    layout: { kind: 'flat' },
    storeRoot,
    minFree: 0,
  });
const started = performance.now();
const { stored } = await copy();
const seconds = (performance.now() - started) / 1000;
const again = performance.now();
const { known } = await copy();
const secondsAgain = (performance.now() - again) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ stored, seconds, known, secondsAgain, peakMb }));
await ledger.close();

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContentItem } from '../../src/contents/content.ts';
import { copyContents } from '../../src/contents/copy-contents.ts';
import { type MemoryJournal, openMemoryJournal } from '../../src/contents/memory-journal.ts';
import { pairSignatures } from '../../src/contents/pair-signatures.ts';
import { CONTAINER, item, openSampleOffice, type SampleOffice, streamOf } from './sample-office.ts';

let office: SampleOffice;
let journal: MemoryJournal;
beforeEach(() => {
  office = openSampleOffice();
  journal = openMemoryJournal();
});
afterEach(() => office.remove());

/** A detached XAdES over `bytes`, naming `uri`. */
function detached(uri: string, bytes: string, algorithm = 'sha256'): string {
  const digest = createHash(algorithm).update(bytes).digest('base64');
  return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="${uri}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#${algorithm}"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:Object><x xmlns="http://uri.etsi.org/01903/v1.3.2#"/></ds:Object></ds:Signature>`;
}

async function copy(
  files: Readonly<Record<string, string>>,
  over: Readonly<Record<string, Partial<ContentItem>>> = {},
) {
  for (const [id, bytes] of Object.entries(files)) office.file(`${CONTAINER}/${id}`, bytes);
  await copyContents({
    items: streamOf(Object.keys(files).map((id) => item(id, over[id]))),
    journal,
    roots: [office.root],
    layout: { kind: 'flat' },
    storeRoot: office.store,
    jobs: 2,
    minFree: 0,
  });
}

describe('a detached signature', () => {
  it('is paired with the exact version it signs, whatever the files are called', async () => {
    await copy(
      { 1: 'wersja 1', 2: 'wersja 2', 3: detached('umowa.pdf', 'wersja 1') },
      { 3: { name: 'umowa.pdf.xades' } },
    );
    expect(await pairSignatures(journal)).toEqual({ detached: 1, paired: 1 });
    expect(journal.records.get('3')?.signedContents).toEqual(['1']);
    expect(journal.findings.map(({ code }) => code)).toEqual([]);
  });

  it('is found by the legacy hash when it was made with another algorithm', async () => {
    const legacyHash = createHash('sha512').update('umowa').digest('hex');
    await copy(
      { 1: 'umowa', 2: detached('umowa.pdf', 'umowa', 'sha512') },
      { 1: { legacyHash }, 2: { name: 'u.xades' } },
    );
    expect(await pairSignatures(journal)).toEqual({ detached: 1, paired: 1 });
  });

  it('is reported on its document when what it signs is not there', async () => {
    await copy({ 1: 'zmieniona', 2: detached('umowa.pdf', 'podpisana') }, { 2: { name: 'umowa.pdf.xades' } });
    expect(await pairSignatures(journal)).toEqual({ detached: 1, paired: 0 });
    expect(journal.findings).toMatchObject([
      {
        code: 'CONTENT_SIGNED_FILE_MISSING',
        key: 500_002,
        value: 'umowa.pdf',
        params: { content: '2', algorithm: 'sha256', reason: 'no-such-digest' },
      },
    ]);
  });
});

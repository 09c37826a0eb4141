import type { ContentRecord } from './content.ts';
import { contentFinding } from './content-finding.ts';
import type { ContentJournal } from './journal.ts';

/** Numbers of the pairing of detached signatures with what they sign. */
export interface PairCounts {
  /** Detached signatures in the store. */
  readonly detached: number;
  /** Of these, all signed files were found by their digest. */
  readonly paired: number;
}

/** Digest algorithms that a stored content can be found by: its SHA-256, or its legacy hash. */
const FINDABLE = new Set(['md5', 'sha1', 'sha256', 'sha512']);

/**
 * Finds, for every detached signature, the exact bytes it signs: by digest, never by name, so that another version of the same file is not taken. What it finds
 * is noted beside the signature; what is missing is a finding. Runs over the whole journal; doing it again changes nothing but finds what came since.
 */
export async function pairSignatures(journal: ContentJournal, signal?: AbortSignal): Promise<PairCounts> {
  let detached = 0;
  let paired = 0;
  for await (const page of journal.detachedSignatures()) {
    signal?.throwIfAborted();
    const found = await journal.withDigests([...new Set(page.flatMap((record) => digestsOf(record)))]);
    const changed: ContentRecord[] = [];
    const findings = [];
    for (const record of page) {
      detached++;
      const signs = record.signature?.signs ?? [];
      const missing = signs.filter((reference) => !found.has(reference.digest));
      const signedContents = [...new Set(signs.flatMap(({ digest }) => found.get(digest) ?? []))].sort();
      if (missing.length === 0) paired++;
      if (signedContents.join() !== record.signedContents.join()) changed.push({ ...record, signedContents });
      for (const { algorithm, name } of missing) {
        findings.push(
          contentFinding('CONTENT_SIGNED_FILE_MISSING', record, {
            value: name,
            params: { algorithm, reason: FINDABLE.has(algorithm) ? 'no-such-digest' : 'algorithm-not-comparable' },
          }),
        );
      }
    }
    await journal.notePairs(changed, findings);
  }
  return { detached, paired };
}

const digestsOf = (record: ContentRecord): readonly string[] =>
  (record.signature?.signs ?? []).map((reference) => reference.digest);

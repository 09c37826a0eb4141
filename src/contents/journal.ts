import type { Finding } from '../core/finding.ts';
import type { ContentRecord } from './content.ts';

export interface VerifiedDigest {
  readonly sha256: string;
  readonly problem: string | null;
}

/**
 * Memory of the copy across runs. A record says "these bytes are on disk under their final name", so it is written only after that is true.
 */
export interface ContentJournal {
  /** Records of these ids; called for every few hundred items before they are read. Absent ids are unknown. */
  known(contentIds: readonly string[]): Promise<ReadonlyMap<string, ContentRecord>>;
  /** Keeps records (replacing older ones of the same id) and their findings in one transaction. May be called again: a finding is told once a run. */
  record(records: readonly ContentRecord[], findings: readonly Finding[]): Promise<void>;
  /** Writes what is known of these contents into the rows of the target once more: a record that went and came back has lost it. */
  noteAgain(contentIds: readonly string[]): Promise<void>;
  /** Notes that the bytes under these digests were read back: `problem` null, or the code that makes their contents failed, so that the next copy reads them anew. */
  recordVerified(results: readonly VerifiedDigest[], findings: readonly Finding[]): Promise<void>;
  /** All stored records in order of SHA-256, page by page, for verification. */
  stored(): AsyncIterable<readonly ContentRecord[]>;
  /** Stored records whose bytes are a detached signature, page by page. */
  detachedSignatures(): AsyncIterable<readonly ContentRecord[]>;
  /** Keeps `signedContents` of these records, and findings about what is missing. */
  notePairs(records: readonly ContentRecord[], findings: readonly Finding[]): Promise<void>;
  /** Ids of stored contents by digest (hex): of SHA-256, or of the legacy hash where the bytes have it. */
  withDigests(digests: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

import type { LegacyKey } from '../core/record.ts';

/**
 * Words of this folder:
 * - **content**: the bytes of one legacy file; its id is `Zalaczniki.ID` as text. Notes have another id space and never come here.
 * - **place**: where the legacy system says the bytes are; a content may have several.
 * - **store**: our folder, `ab/cd/<sha256>`, one file for equal bytes.
 * - **journal**: what is remembered of every content, so that a stored one is not read again.
 */
export interface ContentItem {
  /** `Zalaczniki.ID` as text. */
  readonly contentId: string;
  /** The document that findings are reported on; null: on the content itself. */
  readonly documentKey: LegacyKey | null;
  /** Original file name. Personal data: never in a log or an error. */
  readonly name: string;
  /** `Rozmiar` in bytes; null: unknown. */
  readonly expectedSize: number | null;
  /** `Hash` as the legacy system has it, hex or Base64; null: none. */
  readonly legacyHash: string | null;
  /** Creation date, ISO, for layouts by date. */
  readonly created?: string | null;
  readonly places: readonly ContentPlace[];
  /** SHA-256 that the row of the target names; null: none, as with a record that is new or went and came back. Absent: not looked at. */
  readonly noted?: string | null;
}

/** A file in a container of the repository, or a value of a binary column. */
export type ContentPlace =
  | { readonly kind: 'file'; readonly container: string; readonly identifier: string; readonly name: string }
  | { readonly kind: 'column'; readonly table: string; readonly column: string; readonly key: string };

/** Algorithms a legacy hash can have. */
export const HASH_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** Why a place gave no bytes. */
export type PlaceProblem =
  | { readonly kind: 'missing' }
  /** A root of the repository is not there (any more): nothing can be said about the file. Stops the copy. */
  | { readonly kind: 'root-gone' }
  | { readonly kind: 'outside-root' }
  /** Several names differ only by case or Unicode form, none equals the wanted one. */
  | { readonly kind: 'ambiguous'; readonly candidates: number }
  /** The layout needs something that the item does not have (a date, digits). */
  | { readonly kind: 'no-path'; readonly reason: string }
  | { readonly kind: 'not-a-file' }
  /** Changed while it was read, also on the second attempt. */
  | { readonly kind: 'changing' }
  /** `reason` is the system's code, e.g. `EACCES`, never a message (messages hold paths). */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What reading the bytes of one place told. */
export interface ReadBytes {
  readonly sha256: string;
  readonly size: number;
  /** Digest under the guessed algorithm of the legacy hash, hex; null when there is no legacy hash. */
  readonly legacyDigest: string | null;
  readonly mediaType: string | null;
  readonly signature: ContentSignature | null;
}

/** A recognised electronic signature; recognised, never judged. */
export interface ContentSignature {
  readonly kind: SignatureKind;
  /** Signatures inside; at least 1. */
  readonly count: number;
  /** Made with the trusted profile (podpis zaufany). */
  readonly trustedProfile: boolean;
  /** Digest algorithms named inside, e.g. `sha256`. */
  readonly digests: readonly string[];
  /** What a detached signature signs: bare file name as the signature says it, and the digest, hex. Names are personal data. */
  readonly signs: readonly SignedReference[];
  /** PDF: the last signature covers the whole file. null: not a PDF. */
  readonly coversWhole: boolean | null;
}
export interface SignedReference {
  readonly name: string;
  readonly algorithm: string;
  readonly digest: string;
}

export const SIGNATURE_KINDS = [
  'xades-enveloped',
  'xades-enveloping',
  'xades-detached',
  'xmldsig',
  'pades',
  'cades-enveloping',
  'cades-detached',
  'asic-s',
  'asic-e',
] as const;
export type SignatureKind = (typeof SIGNATURE_KINDS)[number];

/** How the copy of one content ended. */
export type ContentStatus = 'stored' | 'failed';

/** What the journal keeps of one content. */
export interface ContentRecord {
  readonly contentId: string;
  readonly documentKey: LegacyKey | null;
  readonly status: ContentStatus;
  /** null when failed. */
  readonly sha256: string | null;
  readonly size: number | null;
  readonly expectedSize: number | null;
  readonly legacyHash: string | null;
  /** The bytes have the legacy hash; null: not comparable. */
  readonly legacyEqual: boolean | null;
  readonly mediaType: string | null;
  readonly signature: ContentSignature | null;
  /** Detached signature: content ids of the exact bytes it signs. */
  readonly signedContents: readonly string[];
  /** Code of the finding that made it fail; null when stored. */
  readonly problem: string | null;
}

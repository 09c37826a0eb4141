import type { ContentFindingCode } from '../core/content-codes.ts';
import type { Finding } from '../core/finding.ts';
import type { ContentItem, ContentRecord } from './content.ts';
import { contentFinding, placeText, problemFinding } from './content-finding.ts';
import { isAllowedFormat } from './kri-formats.ts';
import { guessLegacyHash } from './legacy-hash.ts';
import { extensionFits, extensionOf } from './media-type.ts';
import { choosePlace, type PlaceChoice, type PlaceOutcome } from './place-outcome.ts';

export interface SettleRules {
  /** Extensions that raise no CONTENT_FORMAT_NOT_KRI. */
  readonly formats: ReadonlySet<string>;
  /** Bytes above which the new system refuses a file. */
  readonly maxSize: number;
}

/** A content whose places have all been read: what is kept, what is said, which temporary files become which store files. */
export interface SettledContent {
  readonly record: ContentRecord;
  /** No bytes were written: they were in the store already. */
  readonly duplicate: boolean;
  readonly findings: readonly Finding[];
  readonly writes: readonly { readonly temp: string; readonly sha256: string }[];
  /** Outcome of the comparison with the legacy hash; `mismatch` joins the findings only if its form turns out to be trusted. */
  readonly comparison: { readonly form: string; readonly equal: boolean; readonly mismatch: Finding } | null;
}

/** Judges one content from what its places gave. Pure. */
export function settle(item: ContentItem, outcomes: readonly PlaceOutcome[], rules: SettleRules): SettledContent {
  const legacy = guessLegacyHash(item.legacyHash);
  const choice = choosePlace(outcomes, { size: item.expectedSize, digest: legacy?.hex ?? null });
  if (choice.kind === 'none') return failed(item, outcomes);
  const { read, place } = choice.chosen;
  const say = (code: ContentFindingCode, params: Record<string, string | number> = {}): Finding =>
    contentFinding(code, item, { value: placeText(place), params });
  const digest = read.legacyDigest;
  const comparison =
    legacy === null || digest === null
      ? null
      : {
          form: legacy.form,
          equal: digest === legacy.hex,
          mismatch: say('CONTENT_HASH_MISMATCH', { algorithm: legacy.algorithm, expected: legacy.hex, found: digest }),
        };
  const findings = [...sizeFindings(item, read.size, rules, say), ...choiceFindings(choice, say)];
  if (item.legacyHash !== null && legacy === null) findings.push(say('CONTENT_HASH_UNKNOWN', { reason: 'form' }));
  if (read.size > 0) findings.push(...formatFindings(item, read.mediaType, rules, say));
  const writes = writesOf(outcomes);
  return {
    record: {
      ...baseRecord(item),
      status: 'stored',
      sha256: read.sha256,
      size: read.size,
      legacyEqual: comparison?.equal ?? null,
      mediaType: read.mediaType,
      signature: read.signature,
      problem: null,
    },
    duplicate: writes.length === 0,
    findings,
    writes,
    comparison,
  };
}

/** Temporary files of places that were read, with the names they get. */
export const writesOf = (outcomes: readonly PlaceOutcome[]): SettledContent['writes'] =>
  outcomes.flatMap((outcome) =>
    outcome.kind === 'read' && outcome.temp !== null ? [{ temp: outcome.temp, sha256: outcome.read.sha256 }] : [],
  );

type Say = (code: ContentFindingCode, params?: Record<string, string | number>) => Finding;

function sizeFindings(item: ContentItem, size: number, rules: SettleRules, say: Say): Finding[] {
  const findings: Finding[] = [];
  if (item.expectedSize !== null && item.expectedSize !== size) {
    findings.push(say('CONTENT_SIZE_MISMATCH', { expected: item.expectedSize, found: size }));
  }
  if (size === 0) findings.push(say('CONTENT_EMPTY'));
  if (size > rules.maxSize) findings.push(say('CONTENT_TOO_LARGE', { found: size, limit: rules.maxSize }));
  return findings;
}

function choiceFindings(choice: Extract<PlaceChoice, { kind: 'chosen' }>, say: Say): Finding[] {
  const { rivals, unfit, chosen } = choice;
  const taken = chosen.read.sha256;
  return [
    ...rivals.map((other) => say('CONTENT_TWO_DIGESTS', { taken, other })),
    ...unfit.map((other) => say('CONTENT_COPY_DIFFERS', { taken, other })),
  ];
}

function formatFindings(item: ContentItem, mediaType: string | null, rules: SettleRules, say: Say): Finding[] {
  const findings: Finding[] = [];
  const extension = extensionOf(item.name) || '-';
  if (extensionFits(item.name, mediaType) === false) {
    findings.push(say('CONTENT_TYPE_MISMATCH', { extension, found: mediaType ?? '-' }));
  }
  if (!isAllowedFormat(item.name, rules.formats)) findings.push(say('CONTENT_FORMAT_NOT_KRI', { extension }));
  return findings;
}

function failed(item: ContentItem, outcomes: readonly PlaceOutcome[]): SettledContent {
  const problems = outcomes.filter((outcome) => outcome.kind === 'problem');
  const { code, ...details } = problemFinding(item, problems);
  return {
    record: {
      ...baseRecord(item),
      status: 'failed',
      sha256: null,
      size: null,
      legacyEqual: null,
      mediaType: null,
      signature: null,
      problem: code,
    },
    duplicate: false,
    findings: [contentFinding(code, item, details)],
    writes: [],
    comparison: null,
  };
}

const baseRecord = ({ contentId, documentKey, expectedSize, legacyHash }: ContentItem) => ({
  contentId,
  documentKey,
  expectedSize,
  legacyHash,
  signedContents: [],
});

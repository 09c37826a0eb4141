import type { Finding } from '../core/finding.ts';
import type { Committer } from './committer.ts';
import type { ContentItem, ContentRecord } from './content.ts';
import { contentFinding } from './content-finding.ts';
import { guessLegacyHash, openHashTrust } from './legacy-hash.ts';
import type { PlaceOutcome } from './place-outcome.ts';
import { type SettledContent, type SettleRules, settle, writesOf } from './settle.ts';

/** Judges contents as they come in, and keeps back those whose verdict needs a legacy hash algorithm that is not confirmed yet. */
export interface Judge {
  /** A content all of whose places were read. `before`: its record of an earlier run. */
  readonly take: (
    item: ContentItem,
    outcomes: readonly PlaceOutcome[],
    before: ContentRecord | undefined,
  ) => Promise<void>;
  /** A content whose places could not all be read before a stop: nothing is judged, its bytes are kept. */
  readonly dismiss: (outcomes: readonly PlaceOutcome[]) => void;
  /** A content that is not read again still testifies for its hash algorithm. */
  readonly remember: (record: ContentRecord) => void;
  /** Hands on what was kept back; when the copy is not complete it is dropped, to be read and judged again next time. */
  readonly finish: (complete: boolean) => Promise<void>;
}

export function openJudge(rules: SettleRules, committer: Committer): Judge {
  const trust = openHashTrust();
  const kept = new Map<string, SettledContent[]>();

  const release = async (form: string, trusted: boolean): Promise<void> => {
    const contents = kept.get(form) ?? [];
    kept.delete(form);
    for (const content of contents) await committer.add(trusted ? withMismatch(content) : withUnknown(content));
  };

  return {
    take: async (item, outcomes, before) => {
      const content = withEarlierDigest(settle(item, outcomes, rules), item, before);
      const { comparison } = content;
      if (comparison === null) return committer.add(content);
      const { form, equal } = comparison;
      const state = trust.note(form, equal);
      if (state !== 'undecided') await release(form, state === 'confirmed');
      if (equal) return committer.add(content);
      if (state === 'confirmed') return committer.add(withMismatch(content));
      if (state === 'refuted') return committer.add(withUnknown(content));
      committer.addBytes(content.writes);
      kept.set(form, [...(kept.get(form) ?? []), { ...content, writes: [] }]);
    },
    dismiss: (outcomes) => committer.addBytes(writesOf(outcomes)),
    remember: (record) => {
      const form = record.legacyEqual === true ? guessLegacyHash(record.legacyHash)?.form : undefined;
      if (form !== undefined) trust.note(form, true);
    },
    finish: async (complete) => {
      if (!complete) return;
      const states = trust.conclude();
      for (const form of [...kept.keys()]) await release(form, states.get(form) === 'confirmed');
    },
  };
}

const add = (content: SettledContent, finding: Finding): SettledContent => ({
  ...content,
  findings: [...content.findings, finding],
});

const withMismatch = (content: SettledContent): SettledContent =>
  content.comparison === null ? content : add(content, content.comparison.mismatch);

const withUnknown = (content: SettledContent): SettledContent =>
  add(content, contentFinding('CONTENT_HASH_UNKNOWN', content.record, { params: { reason: 'unconfirmed' } }));

/** One content id with two digests over time (RULES §18). */
function withEarlierDigest(
  content: SettledContent,
  item: ContentItem,
  before: ContentRecord | undefined,
): SettledContent {
  const taken = content.record.sha256;
  const other = before?.sha256 ?? null;
  if (taken === null || other === null || taken === other) return content;
  return add(content, contentFinding('CONTENT_TWO_DIGESTS', item, { params: { taken, other } }));
}

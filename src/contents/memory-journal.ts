import type { Finding } from '../core/finding.ts';
import type { ContentRecord } from './content.ts';
import type { ContentJournal } from './journal.ts';
import { guessLegacyHash } from './legacy-hash.ts';

/** A journal that ends with the process; for trials and tests. */
export interface MemoryJournal extends ContentJournal {
  readonly records: ReadonlyMap<string, ContentRecord>;
  readonly findings: readonly Finding[];
}

export function openMemoryJournal(): MemoryJournal {
  const records = new Map<string, ContentRecord>();
  const findings: Finding[] = [];
  const stored = (): ContentRecord[] => [...records.values()].filter((record) => record.status === 'stored');
  return {
    records,
    findings,
    known: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const record = records.get(id);
          return record === undefined ? [] : [[id, record] as const];
        }),
      ),
    record: async (batch, batchFindings) => {
      for (const record of batch) records.set(record.contentId, record);
      findings.push(...batchFindings);
    },
    noteAgain: async () => undefined,
    recordVerified: async (results, batchFindings) => {
      const problems = new Map(results.map(({ sha256, problem }) => [sha256, problem]));
      for (const record of stored()) {
        const problem = problems.get(record.sha256 ?? '') ?? null;
        if (problem !== null) records.set(record.contentId, { ...record, status: 'failed', sha256: null, problem });
      }
      findings.push(...batchFindings);
    },
    stored: async function* () {
      yield stored().sort((a, b) => ((a.sha256 ?? '') < (b.sha256 ?? '') ? -1 : 1));
    },
    detachedSignatures: async function* () {
      yield stored().filter((record) => (record.signature?.signs.length ?? 0) > 0);
    },
    notePairs: async (batch, batchFindings) => {
      for (const record of batch) records.set(record.contentId, record);
      findings.push(...batchFindings);
    },
    withDigests: async (digests) => {
      const found = new Map<string, string[]>();
      for (const record of stored()) {
        const legacy = record.legacyEqual === true ? guessLegacyHash(record.legacyHash)?.hex : undefined;
        const digest = digests.find((wanted) => wanted === record.sha256 || wanted === legacy);
        if (digest !== undefined) found.set(digest, [...(found.get(digest) ?? []), record.contentId]);
      }
      return found;
    },
  };
}

import type { CodeEntry } from '../core/code-entry.ts';
import type { Severity } from '../core/finding.ts';

/** One row of a table of codes: severity, message (pl, en), hint (pl, en), and what differs from the table's common part. */
export type EntryRow = readonly [
  severity: Severity,
  message: readonly [pl: string, en: string],
  hint: readonly [pl: string, en: string],
  own?: Partial<CodeEntry>,
];

/** Code entries from a table: `base` is common to all rows. */
export const entries = (
  base: Pick<CodeEntry, 'area' | 'origin' | 'effect'> & Partial<CodeEntry>,
  rows: Readonly<Record<string, EntryRow>>,
): readonly CodeEntry[] =>
  Object.entries(rows).map(([code, [severity, message, hint, own]]) => ({
    ...base,
    code,
    severity,
    message: { pl: message[0], en: message[1] },
    hint: { pl: hint[0], en: hint[1] },
    ...own,
  }));

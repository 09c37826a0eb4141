import type { ContentRecord } from './content.ts';
import type { SettledContent } from './settle.ts';
import type { SharedState } from './shared-state.ts';

/** Numbers of one copy. seen = known + stored + failed, once it is over. */
export interface CopyCounts {
  /** Stored by an earlier run, not opened now. */
  readonly known: number;
  /** Read, recorded, in the store. */
  readonly stored: number;
  /** Of `stored`: their bytes were in the store already. */
  readonly duplicates: number;
  readonly failed: number;
  /** Bytes read from the source so far, also of files not yet recorded. */
  readonly bytesRead: number;
  /** Bytes of `known` and `stored` contents. */
  readonly bytesStored: number;
  readonly findings: Readonly<Record<string, number>>;
  /** Recognised signatures by kind; `trusted-profile` counts podpis zaufany on top. */
  readonly signatures: Readonly<Record<string, number>>;
}

export interface CopyCounter {
  readonly known: (record: ContentRecord) => void;
  readonly committed: (contents: readonly SettledContent[]) => void;
  readonly current: () => CopyCounts;
}

const PROGRESS_MILLISECONDS = 500;

export function openCopyCounts(
  shared: SharedState,
  onProgress: ((counts: CopyCounts) => void) | undefined,
): CopyCounter {
  const numbers = { known: 0, stored: 0, duplicates: 0, failed: 0, bytesStored: 0 };
  const findings: Record<string, number> = {};
  const signatures: Record<string, number> = {};
  let told = Date.now();
  const add = (to: Record<string, number>, name: string): void => {
    to[name] = (to[name] ?? 0) + 1;
  };
  const countSignature = ({ signature }: ContentRecord): void => {
    if (signature === null) return;
    add(signatures, signature.kind);
    if (signature.trustedProfile) add(signatures, 'trusted-profile');
  };
  const current = (): CopyCounts => ({
    ...numbers,
    bytesRead: shared.bytesRead(),
    findings: { ...findings },
    signatures: { ...signatures },
  });
  const tell = (): void => {
    if (onProgress === undefined || Date.now() - told < PROGRESS_MILLISECONDS) return;
    told = Date.now();
    onProgress(current());
  };
  return {
    known: (record) => {
      numbers.known++;
      numbers.bytesStored += record.size ?? 0;
      countSignature(record);
      tell();
    },
    committed: (contents) => {
      const brought = new Set<string>();
      for (const content of contents) {
        const { record } = content;
        if (record.status === 'stored') {
          numbers.stored++;
          // Two workers may bring equal bytes at the same time: one of them was enough.
          const again = content.duplicate || brought.has(record.sha256 ?? '');
          if (again) numbers.duplicates++;
          brought.add(record.sha256 ?? '');
          numbers.bytesStored += record.size ?? 0;
          countSignature(record);
        } else numbers.failed++;
        for (const finding of content.findings) add(findings, finding.code);
      }
      tell();
    },
    current,
  };
}

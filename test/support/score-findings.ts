import type { DefectEntry } from '../../fixtures/office/dirt/defect-log.ts';

/** A finding by the table its record came from. */
export interface TableFinding {
  readonly table: string;
  readonly key: string | null;
  readonly code: string;
}

/** How well one code was found: planted defects with a finding of that code on that very record, and findings where nothing was planted. */
export interface Score {
  readonly code: string;
  readonly planted: number;
  readonly found: number;
  readonly said: number;
  readonly extra: number;
  readonly missed: readonly string[];
  readonly surplus: readonly string[];
}

/**
 * Scores findings against `defects.json`, code by code. A defect of a row without a key (or of a broken line) counts by table and number, since there is
 * no key to find it by. What another defect brings along (`because`) is allowed, not demanded.
 * `place` maps a row to the record that stands for it (addressees are judged on the head of their lineage).
 */
export function scoreFindings(
  defects: readonly DefectEntry[],
  findings: readonly TableFinding[],
  place: (table: string, key: string | null) => string = (table, key) => `${table} ${key ?? '–'}`,
): Score[] {
  const codes = [...new Set(defects.map(({ kind }) => kind))].sort();
  const rows = (list: readonly { table: string; key: string | null }[]): Set<string> =>
    new Set(list.map(({ table, key }) => place(table, key)));
  return codes.map((code) => {
    const demanded = rows(
      defects.filter(
        (defect) => defect.kind === code && defect.because === undefined && defect.variant !== 'consequence',
      ),
    );
    const allowed = rows(defects.filter((defect) => defect.kind === code));
    const said = rows(findings.filter((finding) => finding.code === code));
    const missed = [...demanded].filter((row) => !said.has(row));
    const surplus = [...said].filter((row) => !allowed.has(row));
    return {
      code,
      planted: demanded.size,
      found: demanded.size - missed.length,
      said: said.size,
      extra: surplus.length,
      missed,
      surplus,
    };
  });
}

/** The scores as lines of a table, totals last. */
export function scoreTable(scores: readonly Score[]): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));
  const line = ({ code, planted, found, said, extra }: Omit<Score, 'missed' | 'surplus'>): string =>
    `${code.padEnd(28)} planted ${String(planted).padStart(6)}  recall ${share(found, planted)}  said ${String(said).padStart(6)}  precision ${share(said - extra, said)}`;
  const sum = (pick: (score: Score) => number): number => scores.reduce((total, score) => total + pick(score), 0);
  const total = {
    code: 'all',
    planted: sum((s) => s.planted),
    found: sum((s) => s.found),
    said: sum((s) => s.said),
    extra: sum((s) => s.extra),
  };
  return [...scores.map(line), line(total)].join('\n');
}

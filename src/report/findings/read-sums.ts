import type { Effect, Severity } from '../../core/finding.ts';
import type { SqlSession } from '../../write/session.ts';
import type { ReportFindings } from '../report-model.ts';
import type { Names } from '../report-store.ts';

/** Sums of a run's findings, without samples. */
export interface FindingSums extends Omit<ReportFindings, 'byCode'> {
  readonly byCode: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly effect: Effect;
    readonly findings: number;
    readonly entities: { entity: string; findings: number }[];
  }[];
  /** Findings by entity and severity. */
  readonly byEntity: ReadonlyMap<string, Severities>;
}

type Severities = { error: number; warning: number; info: number };

interface SumRow {
  readonly entity: string | null;
  readonly code: string | null;
  readonly severity: Severity | null;
  readonly effect: Effect | null;
  readonly unit: string | null;
  readonly year: number | null;
  readonly kind: number;
  readonly findings: number;
}

/** Which of its columns a sum is not by, as bits of `grouping()`: entity 32, code 16, severity 8, effect 4, unit 2, year 1. */
const KIND = { byCode: 3, byUnit: 53, byYear: 54, codeByUnit: 45, codeByYear: 46 } as const;

/** All sums in one pass over the findings, grouped in the database; what comes back grows with codes, units and years, never with findings. */
export async function readSums(session: SqlSession, { ledger }: Names, run: number): Promise<FindingSums> {
  const rows = await session.query<SumRow>(
    `SELECT e.name AS entity, g.* FROM (
       SELECT f.entity_id, f.code, f.severity, f.effect, p.unit, p.year, grouping(f.entity_id, f.code, f.severity, f.effect, p.unit, p.year) AS kind, count(*)::float8 AS findings
       FROM ${ledger}.finding f LEFT JOIN ${ledger}.record_place p ON p.run_id = f.run_id AND p.entity_id = f.entity_id AND p.legacy_key = f.legacy_key
       WHERE f.run_id = $1
       GROUP BY GROUPING SETS ((f.entity_id, f.code, f.severity, f.effect), (f.severity, p.unit), (f.severity, p.year), (f.code, p.unit), (f.code, p.year))) g
     LEFT JOIN ${ledger}.entity e ON e.id = g.entity_id`,
    [run],
  );
  const of = (kind: number): SumRow[] => rows.filter((row) => row.kind === kind);
  const byCode = of(KIND.byCode);
  return {
    total: sumOf(byCode),
    bySeverity: severitiesOf(byCode),
    byEffect: {
      load: sumOf(byCode.filter(({ effect }) => effect === 'load')),
      change: sumOf(byCode.filter(({ effect }) => effect === 'change')),
      reject: sumOf(byCode.filter(({ effect }) => effect === 'reject')),
    },
    byCode: sumCodes(byCode),
    byEntity: new Map(
      [...groupBy(byCode, ({ entity }) => entity ?? '')].map(([name, own]) => [name, severitiesOf(own)]),
    ),
    byUnit: [...groupBy(of(KIND.byUnit), ({ unit }) => unit)]
      .map(([unit, own]) => ({ ...severitiesOf(own), unit }))
      .toSorted((a, b) => textsLast(a.unit, b.unit)),
    byYear: [...groupBy(of(KIND.byYear), ({ year }) => year)]
      .map(([year, own]) => ({ ...severitiesOf(own), year }))
      .toSorted((a, b) => numbersLast(a.year, b.year)),
    codeByUnit: of(KIND.codeByUnit)
      .map(({ code, unit, findings }) => ({ code: code!, unit, findings }))
      .toSorted((a, b) => texts(a.code, b.code) || textsLast(a.unit, b.unit)),
    codeByYear: of(KIND.codeByYear)
      .map(({ code, year, findings }) => ({ code: code!, year, findings }))
      .toSorted((a, b) => texts(a.code, b.code) || numbersLast(a.year, b.year)),
  };
}

const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Codes over all entities, errors first, then most findings. */
function sumCodes(rows: readonly SumRow[]): FindingSums['byCode'] {
  return [...groupBy(rows, ({ code, severity, effect }) => `${code} ${severity} ${effect}`).values()]
    .map((own) => ({
      code: own[0]!.code!,
      severity: own[0]!.severity!,
      effect: own[0]!.effect!,
      findings: sumOf(own),
      entities: own
        .map(({ entity, findings }) => ({ entity: entity ?? '', findings }))
        .toSorted((a, b) => b.findings - a.findings || texts(a.entity, b.entity)),
    }))
    .toSorted(
      (a, b) =>
        SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
        b.findings - a.findings ||
        texts(a.code, b.code) ||
        texts(a.effect, b.effect),
    );
}

const sumOf = (rows: readonly SumRow[]): number => rows.reduce((sum, { findings }) => sum + findings, 0);

const severitiesOf = (rows: readonly SumRow[]): Severities => ({
  error: sumOf(rows.filter(({ severity }) => severity === 'error')),
  warning: sumOf(rows.filter(({ severity }) => severity === 'warning')),
  info: sumOf(rows.filter(({ severity }) => severity === 'info')),
});

function groupBy<K>(rows: readonly SumRow[], key: (row: SumRow) => K): Map<K, SumRow[]> {
  const groups = new Map<K, SumRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** By code unit, the same everywhere: reports are compared. */
const texts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const textsLast = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : texts(a, b);
const numbersLast = (a: number | null, b: number | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : a - b;

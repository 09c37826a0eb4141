import { findingKindText } from '../../src/i18n/finding-text.ts';
import type { Report } from '../../src/report/report.ts';
import type { CodeText, FindingRow, ReportCodeCount, ReportModel } from '../../src/report/report-model.ts';
import { CODES } from '../../src/validate/catalogue.ts';

/** A made-up report of so many findings, as the builder would make it; `texts` puts a text into every field that comes from legacy data. */
export interface MadeUpReport {
  readonly findings: number;
  /** Findings that have rows of their own; the model counts all. Default: all. */
  readonly rows?: number;
  readonly texts?: string;
  readonly change?: (model: ReportModel) => ReportModel;
}

const MADE_CODES = [
  'SIGN_YEAR_MISMATCH',
  'PESEL_CHECKSUM',
  'PARENT_MISSING',
  'TITLE_MISSING',
  'KEY_DUPLICATE',
  'JRWA_UNKNOWN',
  'EMAIL_FORM',
  'REF_MISSING',
  'FILE_NAME_CHARACTERS',
  'TEXT_TIDIED',
].map((wanted, i) => (CODES.has(wanted) ? wanted : [...CODES.keys()][i * 7]!));
const UNITS = ['WO', 'WGK', 'WF', 'USC', 'WAB', 'WOŚ', 'BR', 'SK', null] as const;
const NAMES = [
  'Wydział Organizacyjny',
  'Wydział Gospodarki Komunalnej',
  'Wydział Finansowy',
  'Urząd Stanu Cywilnego',
  null,
];

export function madeUpReport({ findings, rows = findings, texts, change = (model) => model }: MadeUpReport): Report {
  const list = Array.from({ length: Math.min(rows, findings) }, (_, i) => madeRow(i, texts));
  const sorted = list.toSorted((a, b) => (a.unit ?? '\uFFFF').localeCompare(b.unit ?? '\uFFFF') || order(a) - order(b));
  const model = change(madeModel(sorted, findings / Math.max(1, list.length), texts));
  return {
    model,
    async *rows(filter = {}) {
      for (const row of sorted) if (filter.unit === undefined || row.unit === filter.unit) yield row;
    },
  };
}

const order = ({ severity }: FindingRow): number => ({ error: 0, warning: 1, info: 2 })[severity];

function madeRow(i: number, texts: string | undefined): FindingRow {
  const code = MADE_CODES[Math.floor((i * i) / 7) % MADE_CODES.length]!;
  const { severity, effect, message } = CODES.get(code)!;
  const unit = texts === undefined || i % 3 > 0 ? UNITS[i % UNITS.length]! : texts;
  const year = i % 17 === 0 ? null : 2011 + (i % 15);
  const names = [...message.pl.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return {
    unit,
    year,
    sign: texts ?? `${unit ?? 'X'}.${100 + (i % 40)}.${1 + (i % 300)}.${year ?? 2020}`,
    entity: ['sprawa', 'dokument', 'adresat', 'koszulka'][i % 4]!,
    key: texts ?? String(100_000 + i),
    code,
    severity,
    effect,
    field: texts ?? ['znak', 'tytul', 'pesel', null][i % 4]!,
    value: texts ?? (i % 5 === 0 ? null : `9932*****${10 + (i % 80)}`),
    params: Object.fromEntries(names.map((name) => [name, texts ?? `${name} ${i % 50}`])),
  };
}

function madeModel(rows: readonly FindingRow[], factor: number, texts: string | undefined): ReportModel {
  const by = <Key extends string | number | null>(key: (row: FindingRow) => Key): [Key, FindingRow[]][] => [
    ...groupBy(rows, key),
  ];
  const many = (list: readonly unknown[]): number => Math.round(list.length * factor);
  const severities = (list: readonly FindingRow[]) => ({
    error: many(list.filter(({ severity }) => severity === 'error')),
    warning: many(list.filter(({ severity }) => severity === 'warning')),
    info: many(list.filter(({ severity }) => severity === 'info')),
  });
  const units = by(({ unit }) => unit).toSorted(([a], [b]) => (a ?? '\uFFFF').localeCompare(b ?? '\uFFFF'));
  const counts = { read: 120_345, loaded: 118_000, unchanged: 0, rejected: 345, skipped: 2000 };
  const cell = <Key>(pick: (row: FindingRow) => Key) =>
    by(({ code }) => code).flatMap(([code, own]) =>
      [...groupBy(own, pick)].map(([key, list]) => ({ code, key, findings: many(list) })),
    );
  const byCode = codeCounts(rows, many);
  const errors = severities(rows).error;
  return {
    format: 'ezd-migrate-report',
    formatVersion: 1,
    personalData: false,
    generatedAt: '2026-11-25T21:10:00.000Z',
    office: texts ?? 'UM-PRZYKLADOWO',
    timezone: 'Europe/Warsaw',
    run: {
      id: 12,
      kind: 'validation',
      command: 'validate',
      status: 'finished',
      startedAt: '2026-11-25T20:00:00.000Z',
      finishedAt: '2026-11-25T21:00:00.000Z',
      seconds: 3600,
      toolVersion: '0.1.0',
      planHash: '5b1f0c'.padEnd(64, '0'),
      failure: null,
      scope: { entities: null, units: texts === undefined ? null : [texts], limit: null },
    },
    source: { kind: 'mssql', name: texts ?? 'ezd-sql.urzad.local/EZD_PROD' },
    target: { kind: 'postgres', name: texts ?? 'ezd-rp.urzad.local/ezd' },
    verdict: {
      ready: errors === 0,
      blockers:
        errors === 0
          ? []
          : [
              { code: 'errors', count: errors },
              { code: 'rejected', count: 345 },
            ],
      remarks: [
        { code: 'warnings', count: severities(rows).warning },
        { code: 'skipped', count: 2000 },
      ],
    },
    totals: counts,
    entities: ['sprawa', 'dokument', 'adresat', 'koszulka', 'metryka'].map((entity, i) => ({
      entity,
      status: 'finished',
      expected: null,
      ...(i === 4 ? { read: 0, loaded: 0, unchanged: 0, rejected: 0, skipped: 0 } : counts),
      skipReasons: i === 1 ? { [texts ?? 'usunięte']: 2000 } : {},
      findings: severities(rows.filter((row) => row.entity === entity)),
    })),
    inOffice: {
      asOf: '2026-11-25T21:00:00.000Z',
      cases: UNITS.flatMap((unit, u) =>
        Array.from({ length: 15 }, (_, y) => ({
          year: 2011 + y,
          unit: texts ?? unit,
          cases: 400 + y * 60 - u * 37,
          closed: Math.round((400 + y * 60 - u * 37) * (1 - (y / 15) ** 3)),
        })),
      ),
      folders: { total: 61_200, withoutCase: 7321 },
      documents: [texts ?? 'pismo', 'wniosek', 'decyzja', 'notatka', null, '*'].map((kind, i) => ({
        kind,
        documents: 48_000 >> i,
      })),
      letters: Array.from({ length: 15 }, (_, y) => ({
        year: 2011 + y,
        incoming: 3000 + y * 210,
        outgoing: 1800 + y * 150,
      })),
      contents: {
        files: 214_300,
        bytes: 812_000_000_000,
        withoutSize: 41,
        bySize: [1e5, 1e6, 1e7, 1e8, 5e8, null].map((upTo, i) => ({
          upTo,
          files: [90_000, 80_000, 40_000, 4000, 290, 10][i]!,
          bytes: 10 ** (9 + (i % 3)) * (i + 1),
        })),
        byExtension: [{ extension: texts ?? 'pdf', files: 200_000, bytes: 7e11 }],
        copied: null,
      },
      units: UNITS.flatMap((unit, i) => (unit === null ? [] : [{ symbol: unit, name: texts ?? NAMES[i % 5]! }])),
    },
    findings: {
      total: many(rows),
      bySeverity: severities(rows),
      byEffect: { load: many(rows), change: 0, reject: 0 },
      byCode,
      byUnit: units.map(([unit, own]) => ({ unit, ...severities(own) })),
      byYear: by(({ year }) => year)
        .toSorted(([a], [b]) => (a ?? 9999) - (b ?? 9999))
        .map(([year, own]) => ({ year, ...severities(own) })),
      codeByUnit: cell(({ unit }) => unit).map(({ key, ...rest }) => ({ ...rest, unit: key })),
      codeByYear: cell(({ year }) => year).map(({ key, ...rest }) => ({ ...rest, year: key })),
    },
    codes: Object.fromEntries(MADE_CODES.map((code) => [code, codeText(code)])),
    strict: false,
    decisions: {
      EMAIL_FORM: { off: texts ?? 'Adresy poprawimy po migracji.' },
      LIMIT_TITLE_LENGTH: { threshold: 400, severity: 'warning' },
    },
    rejects: { records: 345, byReason: [{ entity: 'sprawa', code: 'PARENT_MISSING', records: 345 }] },
    corrections: {
      applied: 1,
      notApplied: 1,
      list: [true, false].map((applied) => ({
        entity: 'sprawa',
        key: texts ?? '17',
        field: texts ?? 'znak',
        old: texts ?? 'WO.1.2.201',
        new: texts ?? 'WO.1.2.2011',
        reason: texts ?? 'literówka',
        author: texts ?? 'J. K.',
        date: '2026-11-20',
        applied,
      })),
    },
    changes: { fresh: 3, gone: 40, same: many(rows), byCode: { SIGN_YEAR_MISMATCH: { fresh: 3, gone: 40, same: 12 } } },
    files: {
      findings: 'findings.csv',
      units: units.map(([unit, own], i) => ({ unit, name: `jednostka-${i + 1}`, findings: many(own) })),
    },
    truncated: { samplesPerCode: 10, codes: byCode.map(({ code }) => code), corrections: 0 },
  };
}

function codeCounts(rows: readonly FindingRow[], many: (list: readonly unknown[]) => number): ReportCodeCount[] {
  return [...groupBy(rows, ({ code }) => code)]
    .map(([code, own]) => ({
      code,
      severity: own[0]!.severity,
      effect: own[0]!.effect,
      findings: many(own),
      entities: [...groupBy(own, ({ entity }) => entity)].map(([entity, list]) => ({
        entity,
        findings: many(list),
      })),
      samples: own.slice(0, 10),
    }))
    .toSorted((a, b) => order(a.samples[0]!) - order(b.samples[0]!) || b.findings - a.findings);
}

function codeText(code: string): CodeText {
  const { area, severity, effect, message, hint, source = null } = CODES.get(code)!;
  const kind = { pl: findingKindText(code, CODES, 'pl'), en: findingKindText(code, CODES, 'en') };
  return { area, severity, effect, kind, message, hint, source, decision: null };
}

function groupBy<Item, Key>(list: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

import { z } from 'zod';
import { CODE_TEXT, CORRECTIONS, DECISION, type FINDING_ROW, FINDINGS, REJECTS } from './model/findings-schema.ts';
import { COUNTS, PLACE, RUN_HEADER, VERDICT, type VERDICT_REASON } from './model/header-schema.ts';
import { OFFICE } from './model/office-schema.ts';
import { code, count, moment, severities, unit, word } from './model/parts.ts';

/** Version of the shape of `report.json`. Members may be added within a version; none is renamed, removed or changes its meaning. */
export const REPORT_FORMAT_VERSION = 1;

const ENTITY = COUNTS.extend({
  entity: word('Kind of record.'),
  status: z.enum(['pending', 'running', 'finished']),
  expected: z.int().nullable().describe('Rows that the source promised; null: unknown.'),
  skipReasons: z.record(z.string(), z.int()).describe('Why records were skipped, and how many.'),
  findings: severities,
});

const CHANGES = z.strictObject({
  fresh: count('Findings that are new.'),
  gone: count('Findings that are gone.'),
  same: count('Findings that are still there.'),
  byCode: z.record(z.string(), z.strictObject({ fresh: z.int(), gone: z.int(), same: z.int() })),
});

const FINDING_FILE = z.strictObject({
  unit,
  name: word('Name without folder and ending, safe in every file system: `units/<name>.csv`, `units/<name>.html`.'),
  findings: count('Lines of findings in the file.'),
});

/**
 * The report of one run as data: what every renderer (terminal, JSON, HTML, CSV, protocol) shows. Sums and samples only, so it is small whatever the run;
 * the findings themselves are streamed (`FindingRow`). Holds both languages.
 */
export const REPORT = z.strictObject({
  format: z.literal('ezd-migrate-report'),
  formatVersion: z.literal(REPORT_FORMAT_VERSION),
  personalData: z.boolean().describe('true: values are shown in full; keep the file safe.'),
  generatedAt: moment('When the report was made.'),
  office: word('Name of the office in the project file.'),
  timezone: word('Zone of the project file, whose clocks the pages show; the times of this file are UTC all the same.'),
  run: RUN_HEADER,
  source: PLACE,
  target: PLACE,
  verdict: VERDICT,
  totals: COUNTS,
  entities: z.array(ENTITY).describe('In the order of loading.'),
  inOffice: OFFICE.nullable().describe('What is in the office; null: the store was not there any more.'),
  findings: FINDINGS,
  codes: z.record(z.string(), CODE_TEXT).describe('Every code that occurs in this report.'),
  strict: z.boolean().describe('Every error kept its record out (`strict` of the project file).'),
  decisions: z
    .record(z.string(), DECISION)
    .describe('Every decision of the office about a code, also about codes without findings.'),
  rejects: REJECTS,
  corrections: CORRECTIONS.nullable().describe('null: the project has none.'),
  changes: CHANGES.nullable().describe('Against the dry run before; null: there was none, or nobody compared.'),
  files: z.strictObject({
    findings: z.literal('findings.csv').describe('The whole list.'),
    units: z.array(FINDING_FILE).describe('One list a unit.'),
  }),
  truncated: z.strictObject({
    samplesPerCode: count('Most samples shown of a code; the whole list is in `files.findings`.'),
    codes: z.array(code).describe('Codes that have more findings than samples.'),
    corrections: count('Corrections beyond those listed.'),
  }),
});

export type ReportModel = z.infer<typeof REPORT>;
export type ReportRun = z.infer<typeof RUN_HEADER>;
export type ReportPlace = z.infer<typeof PLACE>;
export type ReportVerdict = z.infer<typeof VERDICT>;
export type VerdictReason = z.infer<typeof VERDICT_REASON>;
export type ReportEntity = z.infer<typeof ENTITY>;
export type ReportOffice = z.infer<typeof OFFICE>;
export type ReportFindings = z.infer<typeof FINDINGS>;
export type ReportCodeCount = ReportFindings['byCode'][number];
export type ReportRejects = z.infer<typeof REJECTS>;
export type ReportCorrections = z.infer<typeof CORRECTIONS>;
export type ReportChanges = z.infer<typeof CHANGES>;
export type CodeText = z.infer<typeof CODE_TEXT>;
export type FindingFile = z.infer<typeof FINDING_FILE>;
/** One finding with unit, year and case sign, masked as the report is. Streamed: there may be millions. */
export type FindingRow = z.infer<typeof FINDING_ROW>;

/** JSON Schema of `report.json`; checked in as `docs/report.schema.json`. */
export const reportJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(REPORT);

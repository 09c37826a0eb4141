import { addCounts, NO_COUNTS } from '../core/events.ts';
import type { RulePolicy } from '../core/policy.ts';
import type { CodeBook } from '../i18n/finding-text.ts';
import type { RunState } from '../ledger/ledger.ts';
import { codeTexts, decisionsOf } from './code-texts.ts';
import { createRowMaker } from './findings/finding-row.ts';
import { readRejectSums } from './findings/read-rejects.ts';
import { readSamples, sampleKey } from './findings/read-samples.ts';
import { type FindingSums, readSums } from './findings/read-sums.ts';
import { streamRows } from './findings/stream-rows.ts';
import type { Report } from './report.ts';
import type {
  ReportChanges,
  ReportCorrections,
  ReportEntity,
  ReportFindings,
  ReportModel,
  ReportPlace,
  ReportRun,
} from './report-model.ts';
import { REPORT_FORMAT_VERSION } from './report-model.ts';
import { inTransaction, namesOf, type ReportStore } from './report-store.ts';
import { takeFacts } from './take-facts.ts';
import { unitFiles } from './unit-files.ts';
import { judge } from './verdict.ts';

/** Records shown of each code. */
export const SAMPLES_PER_CODE = 10;

export interface ReportRequest {
  readonly run: RunState;
  /** A dry run: its ledger is the scratch one. */
  readonly kind: ReportRun['kind'];
  readonly source: ReportPlace;
  readonly target: ReportPlace;
  /** What the office decided about codes. */
  readonly policy: RulePolicy;
  /** All codes there are (`validate/catalogue.ts`). */
  readonly book: CodeBook;
  /** Shows values in full; the files must then be kept safe. */
  readonly personal: boolean;
  readonly now: Date;
  /** Zone whose clocks the pages show. */
  readonly timezone: string;
  readonly corrections?: ReportCorrections | null;
  /** Corrections that `corrections.list` does not hold. */
  readonly moreCorrections?: number;
  readonly changes?: ReportChanges | null;
}

/**
 * Builds the report of a run, of any status: sums are made by the database, findings are streamed by `rows()`, so memory does not grow with the run. The
 * first call for a run also keeps in the ledger what it needs of the store (`takeFacts`).
 */
export async function buildReport(store: ReportStore, request: ReportRequest): Promise<Report> {
  const { run, personal, book } = request;
  const toRow = createRowMaker(book, personal);
  const model = modelOf(request, await readParts(store, request, toRow));
  return {
    model,
    async *rows(filter) {
      for await (const found of streamRows(store, run.id, filter)) yield toRow(found);
    },
  };
}

/** What the database says, as far as it goes into the model. */
interface Parts {
  readonly inOffice: ReportModel['inOffice'];
  readonly findings: ReportFindings;
  readonly byEntity: FindingSums['byEntity'];
  readonly rejects: ReportModel['rejects'];
}

async function readParts(
  store: ReportStore,
  { run, now }: ReportRequest,
  toRow: ReturnType<typeof createRowMaker>,
): Promise<Parts> {
  const names = namesOf(store);
  const inOffice = await takeFacts(store, run, now);
  const { sums, samples, rejects } = await inTransaction(store, async (session) => {
    const summed = await readSums(session, names, run.id);
    const groups = { run: run.id, groups: summed.byCode, most: SAMPLES_PER_CODE };
    const first = await readSamples(session, names, groups);
    return { sums: summed, samples: first, rejects: await readRejectSums(session, names, run.id) };
  });
  const { byEntity, byCode, ...others } = sums;
  const withSamples = byCode.map((each) => ({ ...each, samples: (samples.get(sampleKey(each)) ?? []).map(toRow) }));
  return {
    inOffice: inOffice === null ? null : { ...inOffice, units: unitsIn(inOffice, sums) },
    findings: { ...others, byCode: withSamples },
    byEntity,
    rejects,
  };
}

function modelOf(request: ReportRequest, parts: Parts): ReportModel {
  const { run, policy, source, target, changes = null, corrections = null } = request;
  const { findings, rejects, inOffice } = parts;
  const header = headerOf(request);
  const totals = run.entities.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS);
  const entities = entitiesOf(run, parts.byEntity);
  return {
    format: 'ezd-migrate-report',
    formatVersion: REPORT_FORMAT_VERSION,
    personalData: request.personal,
    generatedAt: request.now.toISOString(),
    office: run.office,
    timezone: request.timezone,
    run: header,
    source,
    target,
    verdict: judge({ run: header, entities, totals, findings, rejects, inOffice, corrections }, policy),
    totals,
    entities,
    inOffice,
    findings,
    codes: codeTexts(codesIn(findings, rejects), request.book, policy),
    strict: policy.strict,
    decisions: decisionsOf(policy),
    rejects,
    corrections,
    changes,
    files: { findings: 'findings.csv', units: unitFiles(findings.byUnit.map(findingsOfUnit)) },
    truncated: {
      samplesPerCode: SAMPLES_PER_CODE,
      codes: [...new Set(findings.byCode.filter(isTruncated).map(({ code }) => code))],
      corrections: request.moreCorrections ?? 0,
    },
  };
}

const findingsOfUnit = ({ unit, error, warning, info }: ReportFindings['byUnit'][number]) => ({
  unit,
  findings: error + warning + info,
});

const isTruncated = ({ findings }: { readonly findings: number }): boolean => findings > SAMPLES_PER_CODE;

function headerOf({ run, kind }: ReportRequest): ReportRun {
  const { id, command, status, startedAt, finishedAt, toolVersion, planHash, failure, options } = run;
  return {
    id,
    kind,
    command,
    status,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    seconds: finishedAt === null ? null : (finishedAt.getTime() - startedAt.getTime()) / 1000,
    toolVersion,
    planHash,
    failure,
    scope: {
      entities: options.entities === null ? null : [...options.entities],
      units: options.units === null ? null : [...options.units],
      limit: options.limit,
    },
  };
}

const entitiesOf = ({ entities }: RunState, byEntity: FindingSums['byEntity']): ReportEntity[] =>
  entities.map(({ entity, status, expectedRows, counts, skipReasons }) => ({
    ...counts,
    entity,
    status,
    expected: expectedRows,
    skipReasons: { ...skipReasons },
    findings: byEntity.get(entity) ?? { error: 0, warning: 0, info: 0 },
  }));

/** Units that the report names: those with findings or cases. */
function unitsIn(office: NonNullable<ReportModel['inOffice']>, sums: FindingSums): typeof office.units {
  const named = new Set([...sums.byUnit, ...office.cases].map(({ unit }) => unit));
  return office.units.filter(({ symbol }) => named.has(symbol));
}

function* codesIn(sums: ReportFindings, { byReason }: ReportModel['rejects']): Parameters<typeof codeTexts>[0] {
  yield* sums.byCode;
  for (const { code } of byReason) yield { code, severity: 'error', effect: 'reject' };
}

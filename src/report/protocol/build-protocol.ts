import type { RunRecord } from '../../ledger/run-record.ts';
import type { ChainHead, ChainState } from '../../ledger/verify-chain.ts';
import type { ReportModel } from '../report-model.ts';
import type { UnitCount } from './count-by-unit.ts';
import {
  type Actor,
  PROTOCOL_FORMAT_VERSION,
  type Protocol,
  type ProtocolContents,
  type ProtocolEntity,
  type ProtocolFinding,
  type ProtocolReconcile,
  type ProtocolUnit,
  type SideFile,
} from './protocol-model.ts';

/** What a protocol is made of. */
export interface ProtocolParts {
  /** The report of the run, masked. */
  readonly model: ReportModel;
  /** The run as its newest record in the chain tells it. */
  readonly record: RunRecord;
  readonly place: ChainHead;
  readonly chain: ChainState;
  /** Records by unit and table; null: the store is not there. */
  readonly counts: readonly UnitCount[] | null;
  readonly rejectedList: SideFile;
  readonly contents: ProtocolContents | null;
  readonly reconcile: ProtocolReconcile | null;
  readonly madeBy: Actor & { readonly toolVersion: string };
}

/** The protocol of a run: pure, from parts that were read before. Numbers of records are those of the chained record, not of the tables that it protects. */
export function buildProtocol({ model, record, place, chain, rejectedList, ...parts }: ProtocolParts): Protocol {
  const { records, compared, head, rolledBack, problems } = chain;
  return {
    format: 'ezd-migrate-protocol',
    formatVersion: PROTOCOL_FORMAT_VERSION,
    madeAt: model.generatedAt,
    madeBy: parts.madeBy,
    office: model.office,
    timezone: model.timezone,
    run: {
      id: record.run,
      command: record.command,
      status: model.run.status,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      toolVersion: record.toolVersion,
      user: record.user,
      host: record.host,
      scope: model.run.scope,
    },
    source: model.source,
    target: model.target,
    mapping: {
      planHash: record.planHash,
      entities: record.entities.map(({ entity, planHash }) => ({ entity, planHash })),
    },
    totals: totalsOf(record),
    entities: record.entities.map(entityOf),
    units: unitsOf(model, parts.counts),
    findings: model.findings.byCode.map((count) => findingOf(model, count)),
    switchedOff: Object.entries(model.decisions).flatMap(([code, { off }]) =>
      off === undefined ? [] : [{ code, reason: off }],
    ),
    rejected: { ...model.rejects, list: rejectedList },
    corrections: model.corrections === null ? null : { ...model.corrections, more: model.truncated.corrections },
    contents: parts.contents,
    reconcile: parts.reconcile,
    chain: { records, compared, head, ofRun: place, rolledBack, problems },
  };
}

const entityOf = ({
  entity,
  read,
  loaded,
  unchanged,
  rejected,
  skipped,
  skips,
}: RunRecord['entities'][number]): ProtocolEntity => ({
  entity,
  read,
  loaded,
  unchanged,
  rejected,
  skipped,
  skips: Object.fromEntries(skips.map(({ reason, records }) => [reason, records])),
});

const totalsOf = ({ entities }: RunRecord): Protocol['totals'] => {
  const sum = (member: 'read' | 'loaded' | 'unchanged' | 'rejected' | 'skipped'): number =>
    entities.reduce((total, entity) => total + entity[member], 0);
  return {
    read: sum('read'),
    loaded: sum('loaded'),
    unchanged: sum('unchanged'),
    rejected: sum('rejected'),
    skipped: sum('skipped'),
  };
};

function unitsOf({ inOffice, findings }: ReportModel, counts: ProtocolParts['counts']): ProtocolUnit[] | null {
  if (inOffice === null || counts === null) return null;
  const symbols = new Set([...inOffice.cases, ...findings.byUnit, ...counts].map(({ unit }) => unit));
  return [...symbols]
    .map((unit) => {
      const cases = inOffice.cases.filter((each) => each.unit === unit);
      const { error = 0, warning = 0, info = 0 } = findings.byUnit.find((each) => each.unit === unit) ?? {};
      const own = counts.filter((each) => each.unit === unit);
      return {
        unit,
        name: inOffice.units.find(({ symbol }) => symbol === unit)?.name ?? null,
        cases: cases.reduce((total, each) => total + each.cases, 0),
        closed: cases.reduce((total, each) => total + each.closed, 0),
        records: Object.fromEntries(own.map(({ table, records }) => [table, records])),
        error,
        warning,
        info,
      };
    })
    .toSorted((a, b) => (a.unit ?? '\uFFFF').localeCompare(b.unit ?? '\uFFFF', 'pl'));
}

function findingOf(
  { codes, decisions }: ReportModel,
  { samples: _, ...count }: ReportModel['findings']['byCode'][number],
): ProtocolFinding {
  const { code } = count;
  return { ...count, kind: codes[code]?.kind ?? { pl: code, en: code }, decision: decisions[code] ?? null };
}

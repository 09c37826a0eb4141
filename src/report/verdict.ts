import type { RulePolicy } from '../core/policy.ts';
import type { ReportModel, ReportVerdict, VerdictReason } from './report-model.ts';

type Judged = Pick<ReportModel, 'run' | 'entities' | 'totals' | 'findings' | 'rejects' | 'corrections'> & {
  readonly inOffice: ReportModel['inOffice'];
};

/**
 * Whether the office may go on. Ready: the run finished, looked at everything in its scope, found no error and kept nothing out. Whatever the office has decided
 * about codes counts (a finding made a warning with a reason does not block), and is told among the remarks.
 */
export function judge(model: Judged, policy: RulePolicy): ReportVerdict {
  const { run, entities, totals, findings, rejects, inOffice, corrections } = model;
  const { scope } = run;
  const decided = Object.values(policy.codes);
  const blockers = [
    reason('notFinished', run.status === 'finished' ? 0 : 1),
    reason('sample', scope.limit ?? 0),
    reason('someEntities', scope.entities?.length ?? 0),
    // A copy of contents has no entities, and a sync finds nothing changed on a quiet night.
    reason('nothingRead', entities.length > 0 && run.command !== 'sync' && totals.read === 0 ? 1 : 0),
    reason('errors', findings.bySeverity.error),
    reason('rejected', rejects.records),
    reason('contentsFailed', run.kind === 'run' ? (inOffice?.contents.copied?.failed ?? 0) : 0),
  ];
  const remarks = [
    reason('warnings', findings.bySeverity.warning),
    reason('someUnits', scope.units?.length ?? 0),
    reason('skipped', totals.skipped),
    reason('switchedOff', decided.filter(({ off }) => off !== undefined).length),
    reason(
      'changed',
      decided.filter(
        ({ off, severity, effect, threshold }) => off === undefined && (severity ?? effect ?? threshold) !== undefined,
      ).length,
    ),
    reason('corrections', corrections?.applied ?? 0),
  ];
  const told = blockers.filter(({ count }) => count > 0);
  return { ready: told.length === 0, blockers: told, remarks: remarks.filter(({ count }) => count > 0) };
}

const reason = (code: VerdictReason['code'], count: number): VerdictReason => ({ code, count });

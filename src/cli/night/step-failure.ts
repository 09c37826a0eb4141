import type { Config } from '../../config/config.ts';
import { redactText, secretsOf } from '../../config/redact.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { FindingCount } from '../../ledger/ledger.ts';
import { harmlessText } from '../../logs/harmless-text.ts';
import type { FindingTotals, StepFailure, StepResult } from '../../night/night.ts';
import { exitCodeOf } from '../exit-code.ts';
import { asEzdError } from '../report-failure.ts';

/** A failure as log, metrics and messages may carry it: no secret, no value of a record. */
export function stepFailure(failure: unknown, config: Config): StepFailure {
  const { code, message, hint } = asEzdError(failure);
  const secrets = secretsOf(config);
  const clean = (text: string): string => harmlessText(redactText(text, secrets));
  return { code, message: clean(message), ...(hint === undefined ? {} : { hint: clean(hint) }) };
}

/** The result of a step that ended with a failure. What a reader throws that was told to stop is no failure. */
export function failedStep(failure: unknown, config: Config, signal: AbortSignal): StepResult {
  const stopped = signal.aborted && failure instanceof Error && failure.name === 'AbortError';
  if (stopped || exitCodeOf(failure) === EXIT_CODES.interrupted) return { exitCode: EXIT_CODES.interrupted };
  return { exitCode: exitCodeOf(failure), failure: stepFailure(failure, config) };
}

export function findingTotals(findings: readonly FindingCount[]): FindingTotals {
  const of = (severity: FindingCount['severity']): number =>
    findings.reduce((sum, finding) => sum + (finding.severity === severity ? finding.count : 0), 0);
  return { error: of('error'), warning: of('warning'), info: of('info') };
}

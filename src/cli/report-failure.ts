import { EXIT_CODES, EzdError, type FaultText } from '../core/errors.ts';
import { formatProblems } from '../core/format-problem.ts';
import type { Language } from '../core/text.ts';
import { ERROR_TITLES } from '../i18n/error-titles.ts';
import type { Cli } from './cli.ts';
import { exitCodeOf } from './exit-code.ts';

/** Tells a failure to people (standard error) and to the log; returns the exit code. The trace is shown for defects only, or with -v. */
export function reportFailure(failure: unknown, cli: Cli): number {
  const code = exitCodeOf(failure);
  const error = asEzdError(failure);
  const { texts, noteStyle, note } = cli;
  const said = faultText(error, texts.language);
  cli.log.failure(failure);
  if (code !== EXIT_CODES.interrupted || error.problems.length === 0) {
    note(`${noteStyle.red(ERROR_TITLES[error.code][texts.language])} [${error.code}]: ${said.message}`);
  }
  if (error.problems.length > 0) note(`\n${formatProblems(error.problems, texts.language)}\n`);
  if (said.hint !== undefined) note(`${texts.text('failure.hint')}: ${said.hint}`);
  if (error.code === 'INTERNAL') note(texts.text('failure.defect'));
  if (error.code === 'INTERNAL' || cli.options.verbose) note(noteStyle.dim(traceOf(failure)));
  return code;
}

/** What a fault says to a reader of that language; English where nobody wrote it in Polish. `--json` and the ledger always have the English words. */
const faultText = (error: EzdError, language: Language): FaultText =>
  (language === 'pl' ? error.polish : undefined) ?? {
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };

/** The failure as --json shows it. */
export function failureObject(failure: unknown): Readonly<Record<string, unknown>> {
  const { code, message, hint, subject, problems, retryable } = asEzdError(failure);
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(subject === undefined ? {} : { subject }),
    ...(problems.length === 0 ? {} : { problems: problems.map((problem) => ({ severity: 'error', ...problem })) }),
    retryable,
  };
}

export function asEzdError(failure: unknown): EzdError {
  if (failure instanceof EzdError) return failure;
  const message = failure instanceof Error ? failure.message : String(failure);
  return new EzdError('INTERNAL', message, { cause: failure });
}

function traceOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const cause = failure.cause === undefined ? '' : `\n${traceOf(failure.cause)}`;
  return `${failure.stack ?? failure.message}${cause}`;
}

import type { LoadedConfig } from '../../config/load-config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import { type CheckResult, type CheckStatus, STATUSES, unknown } from '../../doctor/check.ts';
import { runChecks } from '../../doctor/run-checks.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { CHECK_TIMEOUT, examineProject } from '../doctor/examine-project.ts';
import { barestChecks } from '../doctor/machine-checks.ts';
import { brokenProject } from '../doctor/project-checks.ts';
import { checkObject, showCheck } from '../doctor/show-check.ts';

interface DoctorOptions {
  readonly short?: boolean;
  readonly timeout?: number;
}

/** Looks at source, target, repository and machine, and says what is wrong and how to cure it. Changes nothing. */
export const doctor = defineCommand<DoctorOptions>({
  name: 'doctor',
  summary: 'doctor.summary',
  examples: ['ezd-migrate doctor', 'ezd-migrate doctor --short', 'ezd-migrate doctor --timeout 10 --json'],
  define(command, texts) {
    command
      .option('--short', texts.text('doctor.short'))
      .option('--timeout <seconds>', texts.text('doctor.timeout'), wholeNumber('--timeout', texts));
  },
  async run(cli, _args, { short = false, timeout }) {
    const options = {
      short,
      timeout: timeout === undefined ? CHECK_TIMEOUT : timeout * 1000,
      now: () => performance.timeOrigin + performance.now(),
      onResult: (result: CheckResult) => showCheck(cli, result),
    };
    const loaded = load(cli);
    const results =
      loaded instanceof EzdError
        ? await runChecks([brokenProject(loaded), NOTHING_ELSE, ...barestChecks()], options)
        : await examineProject(loaded, options);
    const totals = count(results);
    cli.line();
    cli.line(cli.texts.text('doctor.totals', totals));
    cli.result({ checks: results.map((result) => checkObject(cli, result)), totals });
    return exitCodeOfChecks(results);
  },
});

const NOTHING_ELSE = {
  id: 'project.rest',
  area: 'project',
  short: true,
  look: async () => unknown('noProject'),
} as const;

/** A project file that cannot be used is a result of the examination, not its end. */
function load(cli: Cli): LoadedConfig | EzdError {
  try {
    return cli.loadConfig();
  } catch (fault) {
    if (fault instanceof EzdError && fault.code === 'CONFIG') return fault;
    throw fault;
  }
}

const count = (results: readonly CheckResult[]): Record<CheckStatus, number> =>
  Object.fromEntries(
    STATUSES.map((status) => [status, results.filter((result) => result.status === status).length]),
  ) as Record<CheckStatus, number>;

/** 0 nothing failed; 2 the project or its mappings are wrong; 6 something else would stop a run. */
export function exitCodeOfChecks(results: readonly CheckResult[]): number {
  const bad = results.filter(({ status }) => status === 'failed');
  if (bad.length === 0) return EXIT_CODES.done;
  return bad.every(({ area }) => area === 'project') ? EXIT_CODES.usage : EXIT_CODES.unreachable;
}

import type { LoadedConfig } from '../../config/load-config.ts';
import type { CheckResult } from '../../doctor/check.ts';
import type { NightStep, StepResult } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { exitCodeOfChecks } from '../commands/doctor.ts';
import { CHECK_TIMEOUT, examineProject } from '../doctor/examine-project.ts';
import { checkTexts, showCheck } from '../doctor/show-check.ts';

/** The short examination: a night that could not work says so in seconds, before it touches anything. */
export const doctorStep = (cli: Cli, loaded: LoadedConfig): NightStep => ({
  name: 'doctor',
  needs: [],
  run: async () => {
    const results = await examineProject(loaded, {
      short: true,
      timeout: CHECK_TIMEOUT,
      now: () => performance.timeOrigin + performance.now(),
      onResult: (result) => {
        if (result.status !== 'ok' || cli.options.verbose) showCheck(cli, result);
      },
    });
    return resultOf(cli, results);
  },
});

function resultOf(cli: Cli, results: readonly CheckResult[]): StepResult {
  const count = (status: CheckResult['status']): number => results.filter((result) => result.status === status).length;
  const numbers = { failed: count('failed'), warnings: count('warning'), unknown: count('unknown') };
  const exitCode = exitCodeOfChecks(results);
  const first = results.find(({ status }) => status === 'failed');
  if (first === undefined) return { exitCode, numbers };
  const { message, cure } = checkTexts(cli, first);
  return {
    exitCode,
    numbers,
    failure: { code: first.id, message, ...(cure === null ? {} : { hint: cure }) },
  };
}

import { fill } from '../../core/text.ts';
import type { CheckResult, CheckStatus } from '../../doctor/check.ts';
import { DOCTOR_TEXTS } from '../../doctor/doctor-texts.ts';
import type { Cli } from '../cli.ts';

const SIGNS = { ok: '✓', warning: '!', failed: '✗', unknown: '?' } as const satisfies Record<CheckStatus, string>;

/** `✗ target.rights  role ezd may not create …` and, indented below, what to do. */
export function showCheck(cli: Cli, result: CheckResult): void {
  const { message, cure } = checkTexts(cli, result);
  cli.line(`${paint(cli, result.status, SIGNS[result.status])} ${result.id.padEnd(21)} ${message}`);
  if (cure !== null) cli.line(`  ${' '.repeat(21)} ${cli.style.dim(`→ ${cure}`)}`);
}

/** Message and cure in the language of the command line. */
export function checkTexts(
  { texts }: Cli,
  { message, params = {}, cure }: CheckResult,
): { readonly message: string; readonly cure: string | null } {
  const say = (key: keyof typeof DOCTOR_TEXTS): string => fill(DOCTOR_TEXTS[key][texts.language], params).trim();
  return { message: say(message), cure: cure === undefined ? null : say(cure) };
}

function paint({ style }: Cli, status: CheckStatus, text: string): string {
  switch (status) {
    case 'ok':
      return style.green(text);
    case 'failed':
      return style.red(text);
    case 'warning':
    case 'unknown':
      return style.yellow(text);
  }
}

/** A check in --json. */
export const checkObject = (cli: Cli, result: CheckResult) => ({
  id: result.id,
  area: result.area,
  status: result.status,
  code: result.message,
  ...checkTexts(cli, result),
  milliseconds: Math.round(result.milliseconds),
});

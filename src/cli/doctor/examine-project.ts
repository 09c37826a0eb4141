import type { LoadedConfig } from '../../config/load-config.ts';
import type { Check, CheckResult } from '../../doctor/check.ts';
import { runChecks } from '../../doctor/run-checks.ts';
import { machineChecks } from './machine-checks.ts';
import { projectChecks } from './project-checks.ts';
import { repositoryChecks } from './repository-checks.ts';
import { openResources } from './resources.ts';
import { sourceChecks } from './source-checks.ts';
import { targetChecks } from './target-checks.ts';

/** Longest time of one check, in milliseconds: more than a driver waits for a connection. */
export const CHECK_TIMEOUT = 30_000;

export interface ExamineOptions {
  /** Only what every night begins with. */
  readonly short: boolean;
  readonly timeout: number;
  now(): number;
  onResult?(result: CheckResult): void;
}

/** Looks at project, source, target, repository and machine; changes nothing. */
export async function examineProject(
  { config, warnings }: LoadedConfig,
  options: ExamineOptions,
): Promise<readonly CheckResult[]> {
  const parts = openResources(config, options.now);
  const checks: readonly Check[] = [
    ...sourceChecks(parts, options.now),
    ...targetChecks(parts),
    ...projectChecks(parts, warnings),
    ...repositoryChecks(parts),
    ...machineChecks(parts),
  ];
  try {
    return await runChecks(options.short ? checks.filter(({ short }) => short) : checks, options);
  } finally {
    await closeWithin(parts.close(), options.timeout);
  }
}

/** A connection that never came up may never close either. */
async function closeWithin(closing: Promise<void>, timeout: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeout);
  });
  await Promise.race([closing, tooLong]);
  clearTimeout(timer);
}

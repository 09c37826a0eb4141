import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { packageFolder } from '../../config/package-folder.ts';
import { EzdError } from '../../core/errors.ts';
import { CRONTAB, type Installation, planInstallation } from '../../schedule/installation.ts';
import { clockText, hasControl, jobName, type Schedule, type ScheduleKind } from '../../schedule/schedule.ts';
import { hasVariable } from '../../schedule/windows-task.ts';
import type { Cli } from '../cli.ts';
import type { ScheduleOptions } from './schedule-options.ts';

export interface ScheduleChoice extends ScheduleOptions {
  readonly at: number;
  readonly until?: number;
  readonly sample?: number;
  readonly account?: string;
}

/** What is to be installed for the project. Throws EzdError USAGE when its paths cannot stand in such a file. */
export function projectInstallation(cli: Cli, config: Config, choice: ScheduleChoice): Installation {
  const kind = choice.kind ?? defaultKind();
  const schedule = scheduleOf(cli, config, choice);
  refuseOptions(cli, kind, choice);
  refusePaths(cli, kind, schedule);
  if (kind === 'cron' && choice.into === undefined) return planInstallation(kind, schedule, () => CRONTAB);
  const folder = choice.into ?? defaultFolder(cli, kind, config, choice.user === true);
  return planInstallation(kind, schedule, (name) => resolve(cli.io.cwd, folder, name));
}

/** Options that would do nothing are refused, not ignored. */
function refuseOptions({ texts }: Cli, kind: ScheduleKind, { user, account }: ScheduleChoice): void {
  if (user === true && kind !== 'systemd')
    throw new EzdError('USAGE', texts.text('schedule.onlySystemd', { option: '--user', kind }));
  if (account !== undefined && (kind === 'cron' || user === true))
    throw new EzdError('USAGE', texts.text('schedule.noAccount'), { hint: texts.text('schedule.noAccountHint') });
}

function scheduleOf(cli: Cli, config: Config, choice: ScheduleChoice): Schedule {
  const { at, until, sample, account, user, name } = choice;
  const words = [
    ...(until === undefined ? [] : ['--until', clockText(until)]),
    ...(sample === undefined ? [] : ['--sample', `${sample}%`]),
  ];
  return {
    name: name ?? jobName(config.office),
    office: config.office,
    at,
    zone: config.timezone,
    command: [process.execPath, programFile(), 'run-nightly', '--config', config.file, ...words],
    folder: config.folder,
    logs: config.logs.folder,
    account: account ?? null,
    userUnit: user === true,
    firstDay: new Date(cli.io.now()).toISOString().slice(0, 10),
  };
}

const programFile = (): string => join(packageFolder(), 'bin', 'ezd-migrate.js');

function defaultKind(): ScheduleKind {
  if (process.platform === 'win32') return 'windows-task';
  return existsSync('/run/systemd/system') ? 'systemd' : 'cron';
}

/** Where the system looks; a task is imported from the folder of the project. */
function defaultFolder({ io }: Cli, kind: ScheduleKind, config: Config, user: boolean): string {
  if (kind !== 'systemd') return config.folder;
  if (!user) return '/etc/systemd/system';
  return join(
    io.environment['XDG_CONFIG_HOME'] ?? join(io.environment['HOME'] ?? homedir(), '.config'),
    'systemd/user',
  );
}

function refusePaths({ texts }: Cli, kind: ScheduleKind, { command, folder, logs, office }: Schedule): void {
  const all = [...command, folder, logs, office];
  if (all.some(hasControl))
    throw new EzdError('USAGE', texts.text('schedule.control'), { hint: texts.text('schedule.pathHint') });
  if (kind === 'windows-task' && hasVariable(all))
    throw new EzdError('USAGE', texts.text('schedule.variable'), { hint: texts.text('schedule.pathHint') });
}

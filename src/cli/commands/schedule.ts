import type { CliCommand } from '../command.ts';
import { scheduleInstall } from './schedule-install.ts';
import { scheduleRemove } from './schedule-remove.ts';
import { scheduleShow } from './schedule-show.ts';

/** Nights that begin by themselves: systemd, cron or the Task Scheduler of Windows. */
export const schedule: CliCommand = {
  name: 'schedule',
  summary: 'schedule.summary',
  examples: ['ezd-migrate schedule install --at 02:00 --until 05:30', 'ezd-migrate schedule show'],
  define() {},
  children: [scheduleInstall, scheduleShow, scheduleRemove],
};

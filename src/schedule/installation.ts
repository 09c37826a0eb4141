import { cronLines } from './cron.ts';
import type { Schedule, ScheduleKind } from './schedule.ts';
import { serviceUnit, timerUnit } from './systemd.ts';
import { windowsTask } from './windows-task.ts';

/** Stands for the account's crontab where a file is named. */
export const CRONTAB = 'crontab';

/** What an installation consists of, before anything is written. */
export interface Installation {
  readonly kind: ScheduleKind;
  readonly name: string;
  /** Files with their text; `CRONTAB` is no file but the account's crontab, and its text the lines that go into it. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** Programs that are called after the files are written, and before they are removed. */
  readonly enable: readonly (readonly string[])[];
  readonly disable: readonly (readonly string[])[];
}

/** `place`: path of a file of units, tasks or crontab lines by its name; for the account's crontab `CRONTAB`. */
export function planInstallation(
  kind: ScheduleKind,
  schedule: Schedule,
  place: (name: string) => string,
): Installation {
  const { name, account, userUnit } = schedule;
  switch (kind) {
    case 'systemd': {
      const systemctl = ['systemctl', ...(userUnit ? ['--user'] : [])];
      return {
        kind,
        name,
        files: [
          { file: place(`${name}.service`), text: serviceUnit(schedule) },
          { file: place(`${name}.timer`), text: timerUnit(schedule) },
        ],
        enable: [
          [...systemctl, 'daemon-reload'],
          [...systemctl, 'enable', '--now', `${name}.timer`],
        ],
        disable: [[...systemctl, 'disable', '--now', `${name}.timer`]],
      };
    }
    case 'cron':
      return {
        kind,
        name,
        files: [{ file: place(`${name}.cron`), text: cronLines(schedule) }],
        enable: [],
        disable: [],
      };
    case 'windows-task': {
      const file = place(`${name}.xml`);
      // `/RP *` lets Windows ask for the password itself: it is never in a file or in a command.
      const login = account === null ? [] : ['/RU', account, '/RP', '*'];
      return {
        kind,
        name,
        files: [{ file, text: windowsTask(schedule) }],
        enable: [['schtasks', '/Create', '/TN', name, '/XML', file, '/F', ...login]],
        disable: [['schtasks', '/Delete', '/TN', name, '/F']],
      };
    }
  }
}

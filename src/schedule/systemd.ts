import { clockText, ENVIRONMENT_FILE, type Schedule } from './schedule.ts';

/** A word of ExecStart: `%` begins a specifier, `$` a variable, `\` an escape; quotes keep spaces together. */
export const execWord = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/**
 * The command. systemd takes no quotes and backslashes in the name of a program and no escape for `$` there: such a program is called by `env`, which takes
 * it as any other word.
 */
function execLine([program = '', ...words]: readonly string[]): string {
  const plain = !/["'\\$]/.test(program);
  const first = plain ? [`"${pathValue(program)}"`] : ['/usr/bin/env', execWord(program)];
  return [...first, ...words.map(execWord)].join(' ');
}

/** A path that is a whole value (WorkingDirectory, EnvironmentFile): taken as it is, but for specifiers. */
const pathValue = (path: string): string => path.replaceAll('%', '%%');

/** Free text: specifiers only; a backslash at the end would join the next line. */
const textValue = (text: string): string => text.replaceAll('%', '%%').replace(/\\+$/, '');

/** The service: one night. systemd does not begin it again while it works. */
export function serviceUnit({ office, command, folder, account, userUnit }: Schedule): string {
  const lines = [
    '# Written by `ezd-migrate schedule install`. Holds no secrets: variables of the project file come from EnvironmentFile (mode 600).',
    '[Unit]',
    `Description=ezd-migrate: night of ${textValue(office)}`,
    ...(userUnit ? [] : ['Wants=network-online.target', 'After=network-online.target']),
    '',
    '[Service]',
    'Type=oneshot',
    `WorkingDirectory=${pathValue(folder)}`,
    `EnvironmentFile=-${pathValue(folder)}/${ENVIRONMENT_FILE}`,
    `ExecStart=${execLine(command)}`,
    ...(account === null || userUnit ? [] : [`User=${textValue(account)}`]),
    '# 3: findings in the data, 130: the window closed; both are no failure of the service.',
    'SuccessExitStatus=3 130',
    '# Time for the batch under way to end after a stop.',
    'TimeoutStopSec=10min',
    'UMask=0027',
    'NoNewPrivileges=yes',
    'Nice=10',
  ];
  return `${lines.join('\n')}\n`;
}

/** The timer: every day at the time, in the zone of the project. A night that was missed is not made up for by day. */
export function timerUnit({ office, at, zone }: Schedule): string {
  const lines = [
    '# Written by `ezd-migrate schedule install`.',
    '[Unit]',
    `Description=ezd-migrate: every night of ${textValue(office)}`,
    '',
    '[Timer]',
    `OnCalendar=*-*-* ${clockText(at)}:00 ${zone}`,
    'AccuracySec=1min',
    'Persistent=false',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ];
  return `${lines.join('\n')}\n`;
}

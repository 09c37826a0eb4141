import { clockText, type Schedule } from './schedule.ts';

/** A word of a Windows command line as programs take it apart (CommandLineToArgvW): backslashes count only before a quote. */
export function windowsWord(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * The task as Task Scheduler imports it, version 1.2 (Windows 7 and newer). As text; the file must be UTF-16 with a byte order mark (`windowsTaskFile`).
 * A second night is not begun while one works; a night that was missed is not made up for by day.
 */
export function windowsTask(schedule: Schedule): string {
  const { name, office, at, command, folder, account, firstDay } = schedule;
  const [program = '', ...words] = command;
  const principal =
    account === null
      ? ['      <LogonType>InteractiveToken</LogonType>']
      : [`      <UserId>${xml(account)}</UserId>`, '      <LogonType>Password</LogonType>'];
  return `${[
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Description>${xml(`ezd-migrate: night of ${office}`)}</Description>`,
    `    <URI>\\${xml(name)}</URI>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <CalendarTrigger>',
    `      <StartBoundary>${firstDay}T${clockText(at)}:00</StartBoundary>`,
    '      <Enabled>true</Enabled>',
    '      <ScheduleByDay>',
    '        <DaysInterval>1</DaysInterval>',
    '      </ScheduleByDay>',
    '    </CalendarTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    ...principal,
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>false</StartWhenAvailable>',
    '    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>',
    '    <Enabled>true</Enabled>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <Priority>7</Priority>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${xml(program)}</Command>`,
    `      <Arguments>${xml(words.map(windowsWord).join(' '))}</Arguments>`,
    `      <WorkingDirectory>${xml(folder)}</WorkingDirectory>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ].join('\r\n')}\r\n`;
}

/** The bytes of the file: UTF-16, little endian, with its mark. */
export const windowsTaskFile = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** Task Scheduler puts variables of the environment into paths (`%TEMP%`), and there is no way to escape them. */
export const hasVariable = (words: readonly string[]): boolean => words.some((word) => /%[^%]+%/.test(word));

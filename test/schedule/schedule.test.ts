import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cronLines, findCronJob, withCronJob, withoutCronJob } from '../../src/schedule/cron.ts';
import { hasControl, jobName, type Schedule } from '../../src/schedule/schedule.ts';
import { serviceUnit, timerUnit } from '../../src/schedule/systemd.ts';
import { hasVariable, windowsTask, windowsTaskFile, windowsWord } from '../../src/schedule/windows-task.ts';

const golden = (name: string): string => resolve('test/golden/schedule', name);

/** A project whose paths hold everything that the three kinds take for something else. */
const LINUX: Schedule = {
  name: 'ezd-migrate-um-przykladowo',
  office: 'UM "Przykładowo" 100%',
  at: 120,
  zone: 'Europe/Warsaw',
  command: [
    '/opt/node 22/bin/node',
    '/opt/ezd migrate/bin/ezd-migrate.js',
    'run-nightly',
    '--config',
    `/srv/Projekt 100% "żółty" $HOME 'a' \\b/ezd-migrate.yaml`,
    '--until',
    '05:30',
  ],
  folder: `/srv/Projekt 100% "żółty" $HOME 'a' \\b`,
  logs: `/srv/Projekt 100% "żółty" $HOME 'a' \\b/logs`,
  account: 'ezd',
  userUnit: false,
  firstDay: '2026-11-26',
};
const WINDOWS: Schedule = {
  ...LINUX,
  command: [
    'C:\\Program Files\\nodejs\\node.exe',
    'C:\\Program Files\\ezd-migrate\\bin\\ezd-migrate.js',
    'run-nightly',
    '--config',
    'D:\\Projekt 100% & <żółty>\\ezd-migrate.yaml',
  ],
  folder: 'D:\\Projekt 100% & <żółty>',
  account: 'URZAD\\migracja',
};

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ezd schedule 50% '));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('systemd', () => {
  test('units are as they were (vitest -u writes them)', async () => {
    await expect(serviceUnit(LINUX)).toMatchFileSnapshot(golden('ezd-migrate.service'));
    await expect(timerUnit(LINUX)).toMatchFileSnapshot(golden('ezd-migrate.timer'));
    await expect(serviceUnit({ ...LINUX, userUnit: true })).toMatchFileSnapshot(golden('ezd-migrate.user.service'));
  });

  const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
  test.runIf(analyze).each([
    ['spaces and percent', '100% x'],
    ['quotes, dollar and backslash', `100% $HOME "a" 'b' \\n`],
  ])('units with %s in paths are taken by systemd-analyze verify', (_what, name) => {
    const folder = join(home, name);
    mkdirSync(folder);
    const program = join(folder, 'node');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    const schedule = { ...LINUX, command: [program, ...LINUX.command.slice(1)], folder, account: null };
    const files = [join(home, 'x.service'), join(home, 'x.timer')];
    writeFileSync(files[0]!, serviceUnit(schedule));
    writeFileSync(files[1]!, timerUnit(schedule));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => /x\.(service|timer)/.test(line))).toEqual([]);
    expect(status).toBe(0);
  });

  test.runIf(analyze)('the time of the timer is one that systemd understands, in the zone of the project', () => {
    const calendar = /OnCalendar=(.*)/.exec(timerUnit(LINUX))![1]!;
    const told = execFileSync('systemd-analyze', ['calendar', '--iterations=1', calendar], { encoding: 'utf8' });
    expect(told).toContain('Normalized form: *-*-* 02:00:00 Europe/Warsaw');
  });
});

describe('cron', () => {
  test('lines are as they were (vitest -u writes them)', async () => {
    await expect(cronLines(LINUX)).toMatchFileSnapshot(golden('crontab'));
  });

  test('the job arrives in the program word for word, with the variables of the file, in the folder of the project', () => {
    const folder = join(home, `Projekt 100% "żółty" $HOME 'a' \\b`);
    mkdirSync(join(folder, 'secrets'), { recursive: true });
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'secrets/environment'), 'EZD_SOURCE_USER=migracja\n');
    writeFileSync(
      join(folder, 'tell.cjs'),
      'console.log(JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), user: process.env.EZD_SOURCE_USER }))',
    );
    const words = ['run-nightly', '--config', join(folder, 'ezd-migrate.yaml'), '--sample', '5%'];
    const command = [process.execPath, join(folder, 'tell.cjs'), ...words];
    const [, line] = cronLines({ ...LINUX, command, folder, logs: join(folder, 'logs') }).split('\n');
    const job = line!.replace(/^(\S+ ){5}/, '');
    // What cron does with a line before it hands it to sh.
    expect(job.replaceAll('\\%', '')).not.toContain('%');
    execFileSync('/bin/sh', ['-c', job.replaceAll('\\%', '%')]);
    expect(JSON.parse(readFileSync(join(folder, 'logs/last-night.txt'), 'utf8'))).toEqual({
      argv: words,
      cwd: folder,
      user: 'migracja',
    });
  });

  test('a job replaces the one of its name, and taking it out leaves everything else', () => {
    const others = 'MAILTO=root\n*/5 * * * * /usr/bin/other\n';
    const first = withCronJob(others, LINUX.name, cronLines(LINUX));
    expect(first.startsWith(others)).toBe(true);
    const second = withCronJob(first, LINUX.name, cronLines({ ...LINUX, at: 1350 }));
    expect(second.match(/# ezd-migrate job/g)).toHaveLength(1);
    expect(findCronJob(second, LINUX.name)).toMatch(/\n30 22 \* \* \* /);
    expect(withoutCronJob(second, LINUX.name)).toBe(others);
    expect(withoutCronJob(others, LINUX.name)).toBe(others);
    expect(withCronJob('no end of line', LINUX.name, cronLines(LINUX))).toMatch(/^no end of line\n# ezd-migrate job/);
    expect(findCronJob(others, LINUX.name)).toBeNull();
  });
});

/** How Windows programs take a command line apart (CommandLineToArgvW), without the program itself. */
function windowsArgv(line: string): string[] {
  const words: string[] = [];
  let [word, quoted, open] = ['', false, false];
  for (let i = 0; i < line.length; ) {
    const slashes = /^\\*/.exec(line.slice(i))![0].length;
    if (line[i + slashes] === '"') {
      word += '\\'.repeat(slashes >> 1);
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
      open = true;
      i += slashes + 1;
    } else if (slashes > 0) {
      word += '\\'.repeat(slashes);
      open = true;
      i += slashes;
    } else if (/\s/.test(line[i]!) && !quoted) {
      if (open) words.push(word);
      [word, open] = ['', false];
      i++;
    } else {
      word += line[i];
      open = true;
      i++;
    }
  }
  return open ? [...words, word] : words;
}

describe('Task Scheduler', () => {
  test('the task is as it was (vitest -u writes it)', async () => {
    await expect(windowsTask(WINDOWS).replaceAll('\r\n', '\n')).toMatchFileSnapshot(golden('task.xml'));
  });

  test('the file is XML in UTF-16 with its mark, and says what is to be called, word for word', () => {
    const bytes = Buffer.from(windowsTaskFile(windowsTask(WINDOWS)));
    expect([...bytes.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00]);
    const text = bytes.subarray(2).toString('utf16le');
    expect(XMLValidator.validate(text)).toBe(true);
    const { Task } = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(text);
    expect(Task['@_version']).toBe('1.2');
    const { Command, Arguments, WorkingDirectory } = Task.Actions.Exec;
    expect(Command).toBe(WINDOWS.command[0]);
    expect(WorkingDirectory).toBe(WINDOWS.folder);
    expect(windowsArgv(Arguments)).toEqual(WINDOWS.command.slice(1));
    expect(Task.Triggers.CalendarTrigger.StartBoundary).toBe('2026-11-26T02:00:00');
    expect(Task.Settings.MultipleInstancesPolicy).toBe('IgnoreNew');
    expect(Task.Principals.Principal).toMatchObject({ UserId: 'URZAD\\migracja', LogonType: 'Password' });
  });

  test.each([
    ['plain'],
    ['two words'],
    ['D:\\folder with space\\'],
    ['a"b'],
    ['a\\"b c'],
    ['\\\\server\\share x\\\\'],
    [''],
    ['żółć\tx'],
  ])('a word (%j) arrives as it was', (word) => {
    expect(windowsArgv(`first ${windowsWord(word)} last`)).toEqual(['first', word, 'last']);
  });

  test('a path that Windows would put a variable into is known', () => {
    expect(hasVariable(['C:\\%TEMP%\\x'])).toBe(true);
    expect(hasVariable(['C:\\100%\\x', 'D:\\50%'])).toBe(false);
  });
});

test.each([
  ['Urząd Miasta Łódź', 'ezd-migrate-urzad-miasta-lodz'],
  ['UM-PRZYKLADOWO', 'ezd-migrate-um-przykladowo'],
  ['«»', 'ezd-migrate'],
])('the job of the office %s is %s', (office, name) => expect(jobName(office)).toBe(name));

test('a line end in a path is seen', () => {
  expect(hasControl('/srv/a\nExecStart=/bin/evil')).toBe(true);
  expect(hasControl('/srv/żółty 1')).toBe(false);
});

test.each([
  ['service', serviceUnit(LINUX)],
  ['timer', timerUnit(LINUX)],
  ['crontab', cronLines(LINUX)],
  ['task', windowsTask(WINDOWS)],
])('the %s holds no word like a password', (_kind, text) => {
  expect(text).not.toMatch(/password\s*=|postgres:\/\//i);
});

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ezd-schedule-'));
  mkdirSync(join(home, 'dump'));
  writeFileSync(
    join(home, 'ezd-migrate.yaml'),
    `office: UM-TEST\nsource: { kind: csv, folder: dump }\ntarget: { kind: postgres, url: 'postgres://ezd:bardzo-tajne@localhost/ezd' }\n`,
  );
});
afterEach(() => rmSync(home, { recursive: true }));

async function type(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(['--lang', 'en', ...argv], {
    cwd: home,
    environment: { PATH: `${join(home, 'bin')}:/usr/bin:/bin`, HOME: home },
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.UTC(2026, 10, 26, 12),
  });
  return { code, out, err };
}

/** A program of the system in its place: a shell script in the PATH of the call. */
function standIn(name: string, script: string): void {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(home, 'bin', name), 0o755);
}

const SYSTEMCTL = (): void => standIn('systemctl', `echo "$@" >> '${join(home, 'called')}'`);
const called = (): string[] =>
  existsSync(join(home, 'called')) ? readFileSync(join(home, 'called'), 'utf8').trim().split('\n') : [];
const units = (): string => join(home, '.config/systemd/user');

describe('schedule with systemd', () => {
  const words = ['--kind', 'systemd', '--user'];

  test('shows without --yes and writes nothing', async () => {
    SYSTEMCTL();
    const { code, out } = await type('schedule', 'install', '--at', '02:00', '--until', '05:30', ...words);
    expect(code).toBe(0);
    expect(out).toContain('OnCalendar=*-*-* 02:00:00 Europe/Warsaw');
    expect(out).toContain('$ systemctl --user enable --now ezd-migrate-um-test.timer');
    expect(out).toContain('--yes');
    expect(out).not.toContain('bardzo-tajne');
    expect(existsSync(units())).toBe(false);
    expect(called()).toEqual([]);
  });

  test('installs, shows and removes', async () => {
    SYSTEMCTL();
    expect((await type('schedule', 'install', '--at', '2:15', ...words, '--yes')).code).toBe(0);
    expect(readdirSync(units()).sort()).toEqual(['ezd-migrate-um-test.service', 'ezd-migrate-um-test.timer']);
    expect(called()).toEqual(['--user daemon-reload', '--user enable --now ezd-migrate-um-test.timer']);
    const shown = JSON.parse((await type('--json', 'schedule', 'show', ...words)).out);
    expect(shown).toMatchObject({ installed: true, name: 'ezd-migrate-um-test' });
    expect((await type('schedule', 'remove', ...words)).out).toContain('--yes');
    expect(readdirSync(units())).toHaveLength(2);
    expect((await type('schedule', 'remove', ...words, '--yes')).code).toBe(0);
    expect(readdirSync(units())).toEqual([]);
    expect(called().slice(2)).toEqual(['--user disable --now ezd-migrate-um-test.timer', '--user daemon-reload']);
    expect((await type('schedule', 'show', ...words)).out).toContain('There is no job');
  });

  test('that refuses is told, with the files written and what to call', async () => {
    standIn('systemctl', 'echo "Access denied" >&2; exit 1');
    const { code, err } = await type('schedule', 'install', ...words, '--yes');
    expect(code).toBe(6);
    expect(err).toContain('systemctl --user daemon-reload failed: Access denied');
  });
});

describe('schedule with cron', () => {
  const CRONTAB = (): void =>
    standIn(
      'crontab',
      `f='${join(home, 'crontab')}'\nif [ "$1" = -l ]; then [ -f "$f" ] && cat "$f" || { echo "no crontab for x" >&2; exit 1; }; else cat > "$f"; fi`,
    );
  const words = ['--kind', 'cron'];

  test('puts its lines beside what is there, once, and takes them out again', async () => {
    CRONTAB();
    await type('schedule', 'install', ...words, '--yes');
    writeFileSync(join(home, 'crontab'), `0 1 * * * other\n${readFileSync(join(home, 'crontab'), 'utf8')}`);
    await type('schedule', 'install', '--at', '22:30', ...words, '--yes');
    const text = readFileSync(join(home, 'crontab'), 'utf8');
    expect(text.match(/run-nightly/g)).toHaveLength(1);
    expect(text).toMatch(/^30 22 \* \* \* cd /m);
    expect((await type('schedule', 'show', ...words)).out).toContain('30 22 * * *');
    await type('schedule', 'remove', ...words, '--yes');
    expect(readFileSync(join(home, 'crontab'), 'utf8')).toBe('0 1 * * * other\n');
  });

  test('that is not on the machine is told with the way out, exit code 2', async () => {
    mkdirSync(join(home, 'bin'));
    const { code, err } = await type('schedule', 'install', ...words, '--yes');
    if (existsSync('/usr/bin/crontab')) return;
    expect(code).toBe(2);
    expect(err).toContain('--into');
  });
});

test('a task for Windows can be written anywhere, as UTF-16', async () => {
  const words = ['--kind', 'windows-task', '--account', 'URZAD\\migracja', '--into', 'tasks'];
  expect((await type('schedule', 'install', ...words, '--yes')).code).toBe(0);
  const bytes = readFileSync(join(home, 'tasks/ezd-migrate-um-test.xml'));
  expect([bytes[0], bytes[1]]).toEqual([0xff, 0xfe]);
  expect(bytes.toString('utf16le')).toContain('<UserId>URZAD\\migracja</UserId>');
  expect((await type('--json', 'schedule', 'show', '--kind', 'windows-task', '--into', 'tasks')).out).toContain(
    'ScheduleByDay',
  );
});

test.each([
  [['schedule', 'install', '--at', '25:00'], '02:00|05:30'],
  [['schedule', 'install', '--kind', 'sytemd'], 'systemd'],
  [['schedule', 'install', '--kind', 'cron', '--user'], '--user'],
  [['schedule', 'install', '--kind', 'cron', '--account', 'x'], '--account'],
  [['schedule', 'install', '--name', 'a b'], 'hyphen'],
  [['schedule', 'instal'], 'install'],
])('%j is refused with exit code 2', async (argv, said) => {
  const { code, err } = await type(...argv);
  expect(code).toBe(2);
  expect(err).toMatch(new RegExp(said));
});

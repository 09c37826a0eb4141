import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { eventRecord } from '../../src/logs/event-record.ts';
import { harmlessText } from '../../src/logs/harmless-text.ts';
import { type LogOptions, openLog } from '../../src/logs/log.ts';
import { openLogFile } from '../../src/logs/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const AT = Date.UTC(2026, 10, 25, 23, 30);
const open = (over: { maxBytes?: number; keepDays?: number; now?: number; folder?: string } = {}) =>
  openLogFile({ folder, maxBytes: 1000, keepDays: 30, ...over, now: () => over.now ?? AT });

describe('a log file', () => {
  test('is named by the day in UTC and goes on when the next process opens it', () => {
    for (const line of ['first\n', 'second\n']) {
      const file = open();
      file.write(line);
      file.close();
    }
    expect(readdirSync(folder)).toEqual(['ezd-migrate-2026-11-25.log']);
    expect(readFileSync(join(folder, 'ezd-migrate-2026-11-25.log'), 'utf8')).toBe('first\nsecond\n');
  });

  test('is followed by the next before a line would make it too big, and no line is cut', () => {
    const file = open({ maxBytes: 100 });
    const lines = Array.from({ length: 9 }, (_, i) => `${'x'.repeat(30)}${i}\n`);
    for (const line of lines) file.write(line);
    expect(file.path).toMatch(/\.2\.log$/);
    file.close();
    const names = ['ezd-migrate-2026-11-25.log', 'ezd-migrate-2026-11-25.1.log', 'ezd-migrate-2026-11-25.2.log'];
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts.join('')).toBe(lines.join(''));
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(100);
  });

  test('that is full is not opened again', () => {
    const first = open({ maxBytes: 10 });
    first.write('0123456789\n');
    first.close();
    const second = open({ maxBytes: 10 });
    second.write('x\n');
    second.close();
    expect(readFileSync(join(folder, 'ezd-migrate-2026-11-25.1.log'), 'utf8')).toBe('x\n');
  });

  test('takes a line that is bigger than a file may be', () => {
    const file = open({ maxBytes: 10 });
    file.write(`${'x'.repeat(50)}\n`);
    file.close();
    expect(readFileSync(join(folder, 'ezd-migrate-2026-11-25.log'), 'utf8')).toHaveLength(51);
  });

  test('of a day too long ago is deleted, anything else in the folder is not', () => {
    const names = [
      'ezd-migrate-2026-10-25.log',
      'ezd-migrate-2026-10-26.3.log',
      'notes-2020-01-01.log',
      'metrics.prom',
    ];
    for (const name of names) writeFileSync(join(folder, name), 'x');
    open({ keepDays: 30 }).close();
    expect(readdirSync(folder).sort()).toEqual(
      ['ezd-migrate-2026-10-26.3.log', 'ezd-migrate-2026-11-25.log', 'metrics.prom', 'notes-2020-01-01.log'].sort(),
    );
  });
});

describe('a log', () => {
  const lines = (): Record<string, unknown>[] =>
    readdirSync(folder)
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const options = (over: Partial<LogOptions> = {}): LogOptions => ({
    file: open({ maxBytes: 1e6 }),
    level: 'info',
    office: 'UM-TEST',
    command: 'run',
    version: '1.2.3',
    redact: (text) => text.replaceAll('tajne"hasło', '***'),
    now: () => AT,
    onFault: (fault) => {
      throw fault;
    },
    ...over,
  });

  test('is one JSON object a line with time, level, event, office, command and the run', () => {
    const log = openLog(options());
    log.write({ level: 'info', event: 'command-started', message: 'run started' });
    log.setRun(12);
    log.write({ level: 'warn', event: 'retry', message: 'again', fields: { attempt: 2 } });
    log.close();
    const [first, second] = lines();
    expect(first).toMatchObject({
      time: '2026-11-25T23:30:00.000Z',
      level: 'info',
      event: 'command-started',
      msg: 'run started',
      office: 'UM-TEST',
      command: 'run',
      version: '1.2.3',
      pid: process.pid,
    });
    expect(first).not.toHaveProperty('run');
    expect(second).toMatchObject({ run: 12, level: 'warn', attempt: 2, invocation: first!['invocation'] });
    expect(first!['invocation']).toMatch(/^[0-9a-f]{8}$/);
  });

  test('keeps only lines of its level and above', () => {
    const log = openLog(options({ level: 'warn' }));
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log.write({ level, event: level, message: '' });
    log.close();
    expect(lines().map(({ event }) => event)).toEqual(['warn', 'error']);
  });

  test('has no secret in it, also one with a quote, and every line stays JSON', () => {
    const log = openLog(options());
    log.write({
      level: 'info',
      event: 'x',
      message: 'login with tajne"hasło',
      fields: { reason: 'tajne"hasło refused' },
    });
    log.close();
    expect(lines()[0]).toMatchObject({ msg: 'login with ***', reason: '*** refused' });
  });

  test('that cannot be written says so once and does not stop the work', () => {
    const told: unknown[] = [];
    const file = {
      path: '',
      write: () => {
        throw new Error('ENOSPC');
      },
      close: () => undefined,
    };
    const log = openLog(options({ file, onFault: (fault) => told.push(fault) }));
    for (let i = 0; i < 3; i++) log.write({ level: 'info', event: 'x', message: '' });
    expect(told).toHaveLength(1);
  });
});

describe('an event of a run in the log', () => {
  const counts = { read: 5, loaded: 3, unchanged: 1, rejected: 1, skipped: 0 };
  const EVENTS: readonly (readonly [RunEvent, string])[] = [
    [{ kind: 'run-started', run: 3, resumed: true, entities: ['sprawa'] }, 'info'],
    [{ kind: 'entity-started', entity: 'sprawa', expectedRows: 9, counts }, 'debug'],
    [{ kind: 'batch-committed', entity: 'sprawa', counts }, 'debug'],
    [{ kind: 'entity-finished', entity: 'sprawa', counts, milliseconds: 12.7 }, 'info'],
    [{ kind: 'retry', what: 'target', attempt: 1, waitMilliseconds: 10, reason: 'Key (pesel)=(99323100016)' }, 'warn'],
    [{ kind: 'note', code: 'MSSQL_KEY_NOT_INDEXED', params: { table: 'dbo.X', file: 'Kowalski Jan.zip' } }, 'info'],
    [{ kind: 'run-finished', run: 3, status: 'failed' }, 'warn'],
  ];

  test.each(EVENTS.map(([event, level]) => [event.kind, event, level] as const))(
    '%s is a line of its level without values of records',
    (_kind, event, level) => {
      const record = eventRecord(event);
      expect(record.level).toBe(level);
      expect(JSON.stringify(record)).not.toMatch(/99323100016|Kowalski/);
    },
  );
});

test.each([
  [
    'duplicate key value: Key (pesel)=(99323100016) already exists',
    'duplicate key value: Key (pesel)=(…) already exists',
  ],
  ['invalid input syntax for type date: "Jan Kowalski"', 'invalid input syntax for type date: "…"'],
  ['mail to jan.kowalski@urzad.example refused', 'mail to … refused'],
  ['no connection to ezd-sql:1433 (error 18456)', 'no connection to ezd-sql:1433 (error 18456)'],
  ['started at 2026-11-25 02:00', 'started at 2026-11-25 02:00'],
])('"%s" becomes harmless', (text, harmless) => expect(harmlessText(text)).toBe(harmless));

test('a folder that cannot be made is the caller’s to tell', () => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'deep'));
  expect(() => open({ folder: join(folder, 'file', 'logs') })).toThrow(/ENOTDIR|EEXIST/);
});

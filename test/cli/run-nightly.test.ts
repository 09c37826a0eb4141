import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { main } from '../../src/cli/main.ts';
import { holdNight } from '../../src/cli/night/hold-night.ts';
import type { MessageBody } from '../../src/notify/message.ts';
import { readMetrics } from '../support/read-metrics.ts';

const OFFICE = 'UM-PRZYKLADOWO';

interface Night {
  readonly status: string;
  readonly exitCode: number;
  readonly until: string | null;
  readonly steps: readonly {
    readonly name: string;
    readonly status: string;
    readonly failure?: { readonly code: string; readonly message: string };
    readonly records?: Readonly<Record<string, number>>;
    readonly numbers?: Readonly<Record<string, number>>;
  }[];
  readonly notified: readonly { by: string; failure: string | null }[];
}

let home: string;
let hook: Server;
let messages: MessageBody[] = [];
let first: Night & { readonly code: number };
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ezd-nightly-'));
  await generateOffice({ out: join(home, 'dump'), cases: 15, seed: 'nightly', files: 'all' });
  hook = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      messages.push(JSON.parse(body) as MessageBody);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  writeProject('dump/repository');
  // The first night loads everything.
  first = await nightly();
});
afterAll(() => {
  hook.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  messages = [];
});

function writeProject(repository: string): void {
  const { port } = hook.address() as AddressInfo;
  const text = `office: ${OFFICE}
language: en
source: { kind: csv, folder: dump/tables, contents: { root: ${repository} } }
target: { kind: embedded, folder: database, contents: { root: store } }
mappings: ezd-puw
notify: { webhook: { url: 'http://127.0.0.1:${port}/hook' } }
`;
  writeFileSync(join(home, 'ezd-migrate.yaml'), text);
}

async function type(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(['--lang', 'en', ...argv], {
    cwd: home,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return { code, out, err };
}

async function nightly(...argv: string[]): Promise<Night & { readonly code: number }> {
  const { code, out } = await type('--json', 'run-nightly', ...argv);
  return { ...(JSON.parse(out) as Night), code };
}

const metrics = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    readMetrics(readFileSync(join(home, 'logs/metrics.prom'), 'utf8'))
      .filter(({ labels }) => Object.keys(labels).length === 1)
      .map(({ name, value }) => [name.replace('ezd_migrate_', ''), value]),
  );

describe('a night', () => {
  test('that is the first loads everything, copies the contents, finds both sides equal and writes a report', () => {
    expect(first).toMatchObject({ code: 0, status: 'good' });
    expect(first.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'doctor good',
      'sync good',
      'contents good',
      'reconcile good',
      'report good',
    ]);
    const [, sync, contents, reconcile] = first.steps;
    expect(sync!.records!['loaded']).toBeGreaterThan(500);
    expect(contents!.numbers!['stored']).toBeGreaterThan(30);
    expect(reconcile!.numbers).toMatchObject({ differences: 0 });
    // An office of this size is compared whole.
    expect(reconcile!.numbers!['compared']).toBeGreaterThan(500);
    expect(readdirSync(join(home, 'reports'))).toEqual(['run-000001']);
  });

  test('that found nothing takes seconds, has its window in the zone of the project, and leaves log, metrics and memory', async () => {
    const began = Date.now();
    const night = await nightly('--until', '00:00');
    expect(night).toMatchObject({ code: 0, status: 'good', exitCode: 0, notified: [] });
    expect(night.steps.every(({ status }) => status === 'good')).toBe(true);
    expect(Date.now() - began).toBeLessThan(60_000);
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', timeStyle: 'medium' });
    expect(local.format(new Date(night.until!))).toBe('00:00:00');
    expect(metrics()).toMatchObject({ night_success: 1, night_exit_code: 0 });
    expect(night.steps[1]!.records).toMatchObject({ loaded: 0 });
    expect(readFileSync(join(home, 'logs/metrics.prom'), 'utf8')).toMatch(
      /watermark_lag_seconds\{[^}]*entity="sprawa"\} \d/,
    );
    expect(existsSync(join(home, 'logs/last-night.json'))).toBe(true);
    const log = readdirSync(join(home, 'logs')).find((name) => name.endsWith('.log'))!;
    const lines = readFileSync(join(home, 'logs', log), 'utf8')
      .trim()
      .split('\n');
    const events = lines.map((line) => JSON.parse(line) as { command: string; event: string });
    expect(events.filter(({ command }) => command === 'run-nightly').map(({ event }) => event)).toContain(
      'step-finished',
    );
    expect(messages).toEqual([]);
  });

  test('that fails is told to the webhook, and the first good one after it too', async () => {
    renameSync(join(home, 'dump/tables'), join(home, 'dump/gone'));
    const failed = await nightly();
    renameSync(join(home, 'dump/gone'), join(home, 'dump/tables'));
    expect(failed).toMatchObject({ code: 6, status: 'failed', notified: [{ by: 'webhook', failure: null }] });
    expect(failed.steps[0]).toMatchObject({ name: 'doctor', status: 'failed', failure: { code: 'source.reach' } });
    expect(failed.steps.filter(({ status }) => status === 'left-out').length).toBeGreaterThan(0);
    expect(metrics()).toMatchObject({ night_success: 0, night_exit_code: 6 });
    expect(metrics()['night_last_success_timestamp_seconds']).toBeGreaterThan(0);
    await nightly();
    expect(messages.map(({ event }) => event)).toEqual(['night.failure', 'night.recovery']);
    expect(messages[1]!.failingSince).not.toBeNull();
  });

  test('whose message nobody takes is what it was, and says so', async () => {
    const { port } = hook.address() as AddressInfo;
    const project = readFileSync(join(home, 'ezd-migrate.yaml'), 'utf8');
    writeFileSync(
      join(home, 'ezd-migrate.yaml'),
      project.replace(`:${port}/`, ':1/').replace('folder: dump/tables', 'folder: nowhere'),
    );
    const night = await nightly();
    writeFileSync(join(home, 'ezd-migrate.yaml'), project);
    expect(night).toMatchObject({ code: 6, status: 'failed' });
    expect(night.notified[0]!.failure).toContain('127.0.0.1:1');
  });

  test('while another one works ends at once with exit code 5 and who has it; then it goes on, with a table for people', async () => {
    const before = readFileSync(join(home, 'logs/metrics.prom'), 'utf8');
    const release = await holdNight(`${OFFICE} ${join(home, 'database')}`, Date.UTC(2026, 10, 26, 1));
    try {
      const began = Date.now();
      const { code, err } = await type('run-nightly');
      expect(code).toBe(5);
      expect(err).toContain(`process ${process.pid}, since 2026-11-26T01:00:00.000Z`);
      expect(Date.now() - began).toBeLessThan(3_000);
      expect(readFileSync(join(home, 'logs/metrics.prom'), 'utf8')).toBe(before);
    } finally {
      await release();
    }
    const { code, out } = await type('--no-color', 'run-nightly');
    expect(code).toBe(0);
    expect(out).toMatch(/^doctor +good +0 /m);
    expect(out).toMatch(/The night went well in .*, exit code 0\./);
  });

  test.each([
    ['--until', '25:00'],
    ['--untl', '05:00'],
  ])('asked for with %s %s is refused, exit code 2', async (...words) => {
    const { code, err } = await type('run-nightly', ...words);
    expect(code).toBe(2);
    expect(err).toMatch(/05:30|did you mean --until/);
  });
});

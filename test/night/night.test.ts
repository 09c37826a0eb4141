import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type NightStep, nightOutcome, type StepResult, takeSteps } from '../../src/night/night.ts';
import { eventOf, readNightMemory, remember, writeNightMemory } from '../../src/night/night-memory.ts';
import { writeWholeFile } from '../../src/night/write-whole-file.ts';

interface Trial {
  readonly codes: Readonly<Record<string, number>>;
  /** The window closes, or somebody stops it, while this step works. */
  readonly stopIn?: string;
  readonly closed?: boolean;
}

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  doctor: [],
  sync: ['doctor'],
  contents: ['doctor', 'sync'],
  reconcile: ['doctor', 'sync'],
  report: [],
};

async function night({ codes, stopIn, closed = false }: Trial) {
  const stop = new AbortController();
  const begun: string[] = [];
  const steps = Object.entries(NEEDS).map(
    ([name, needs]): NightStep => ({
      name,
      needs,
      async run(): Promise<StepResult> {
        begun.push(name);
        if (name === stopIn) stop.abort();
        return { exitCode: codes[name] ?? 0 };
      },
    }),
  );
  const ports = { signal: stop.signal, closed: () => closed, now: () => 0 };
  const reports = await takeSteps(steps, ports);
  return { begun, reports, ...nightOutcome(reports) };
}

describe('a night', () => {
  test.each([
    ['in which all goes well', { codes: {} }, 'good', 0, 'doctor sync contents reconcile report'],
    ['with findings in the data', { codes: { sync: 3 } }, 'good', 3, 'doctor sync contents reconcile report'],
    ['whose doctor finds the target gone', { codes: { doctor: 6 } }, 'failed', 6, 'doctor report'],
    ['whose sync fails', { codes: { sync: 6 } }, 'failed', 6, 'doctor sync report'],
    ['whose contents fail', { codes: { contents: 6 } }, 'failed', 6, 'doctor sync contents reconcile report'],
    ['with differences', { codes: { sync: 3, reconcile: 4 } }, 'failed', 4, 'doctor sync contents reconcile report'],
    ['that another run locks out', { codes: { sync: 5 } }, 'locked', 5, 'doctor sync report'],
    [
      'with a defect beside differences',
      { codes: { contents: 1, reconcile: 4 } },
      'failed',
      1,
      'doctor sync contents reconcile report',
    ],
    [
      'whose window closes in sync',
      { codes: { sync: 130 }, stopIn: 'sync', closed: true },
      'closed',
      130,
      'doctor sync',
    ],
    ['that somebody stops in sync', { codes: { sync: 130 }, stopIn: 'sync' }, 'interrupted', 130, 'doctor sync'],
    [
      'whose window closes as contents end',
      { codes: {}, stopIn: 'contents', closed: true },
      'closed',
      130,
      'doctor sync contents',
    ],
    [
      'whose window closes as all is done',
      { codes: {}, stopIn: 'report', closed: true },
      'good',
      0,
      'doctor sync contents reconcile report',
    ],
    [
      'that fails and whose window then closes',
      { codes: { doctor: 6 }, stopIn: 'doctor', closed: true },
      'failed',
      6,
      'doctor',
    ],
  ] as const)('%s has the right status, exit code and steps', async (_what, trial: Trial, status, exitCode, begun) => {
    expect(await night(trial)).toMatchObject({ status, exitCode, begun: begun.split(' ') });
  });

  test('says of each step what became of it', async () => {
    const { reports } = await night({ codes: { sync: 6 } });
    expect(reports.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'doctor good',
      'sync failed',
      'contents left-out',
      'reconcile left-out',
      'report good',
    ]);
  });
});

describe('the memory of nights', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-night-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('tells every failure and the first good night after failures, nothing else', () => {
    const nights = ['good', 'failed', 'closed', 'failed', 'interrupted', 'locked', 'good', 'good'] as const;
    let memory = readNightMemory(join(folder, 'none.json'));
    const told = nights.map((status, i) => {
      const event = eventOf(memory, status);
      memory = remember(memory, { status, finishedAt: i });
      return event;
    });
    expect(told).toEqual([null, 'failure', null, 'failure', null, null, 'recovery', null]);
    expect(memory).toEqual({ lastGood: 7, failingSince: null });
  });

  test('keeps the first of a row of failures', () => {
    const first = remember({ lastGood: 1, failingSince: null }, { status: 'failed', finishedAt: 2 });
    expect(remember(first, { status: 'failed', finishedAt: 3 })).toEqual({ lastGood: 1, failingSince: 2 });
  });

  test('is read back as it was written, and a file that was cut is no memory', () => {
    const file = join(folder, 'deep', 'last-night.json');
    writeNightMemory(file, { lastGood: 5, failingSince: 9 });
    expect(readNightMemory(file)).toEqual({ lastGood: 5, failingSince: 9 });
    writeFileSync(file, '{"lastGood": 5, "fai');
    expect(readNightMemory(file)).toEqual({ lastGood: null, failingSince: null });
  });

  test('a whole file replaces the old one and leaves nothing beside it, also when it cannot', () => {
    const file = join(folder, 'metrics.prom');
    writeWholeFile(file, 'old\n');
    writeWholeFile(file, 'new\n');
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    expect(() => writeWholeFile(folder, 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['metrics.prom']);
  });
});

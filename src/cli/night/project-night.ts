import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { redactText, secretsOf } from '../../config/redact.ts';
import { harmlessText } from '../../logs/harmless-text.ts';
import { renderMetrics } from '../../metrics/metric.ts';
import { nightMetrics, type WatermarkLag } from '../../metrics/night-metrics.ts';
import { type NightReport, type NightStep, nightOutcome, type StepReport, takeSteps } from '../../night/night.ts';
import { eventOf, type NightMemory, readNightMemory, remember, writeNightMemory } from '../../night/night-memory.ts';
import { openWindow } from '../../night/window.ts';
import { writeWholeFile } from '../../night/write-whole-file.ts';
import { composeMessage, stepBody } from '../../notify/message.ts';
import { type Told, tellPlaces } from '../../notify/notify.ts';
import type { Cli } from '../cli.ts';
import { programVersion } from '../program-version.ts';
import { holdNight } from './hold-night.ts';

export interface NightChoice {
  readonly loaded: LoadedConfig;
  readonly steps: readonly NightStep[];
  /** When the window closes; null: never. */
  readonly until: Date | null;
  /** How far what is loaded lies behind; asked once the steps are done. */
  lags(): Promise<readonly WatermarkLag[]>;
}

export interface NightOutcome {
  readonly report: NightReport;
  readonly told: readonly Told[];
}

/** One night: takes the lock, the steps in their window, and afterwards remembers, counts and tells. Throws EzdError LOCKED when another night works. */
export async function projectNight(cli: Cli, choice: NightChoice, signal: AbortSignal): Promise<NightOutcome> {
  const { config } = choice.loaded;
  const release = await holdNight(identityOf(config), cli.io.now());
  try {
    const report = await night(cli, choice, signal);
    // A run by hand holds the office: it tells of itself, and this night has nothing to tell.
    if (report.status === 'locked') return { report, told: [] };
    const memory = memoryOf(config);
    const before = readNightMemory(memory);
    const after = remember(before, report);
    attempt(cli, 'night.noMemory', () => writeNightMemory(memory, after));
    const lags = await choice.lags().catch(() => []);
    attempt(cli, 'night.noMetrics', () =>
      writeWholeFile(config.metrics, renderMetrics(nightMetrics(report, after.lastGood, lags))),
    );
    return { report, told: await tell(cli, config, report, before) };
  } finally {
    await release();
  }
}

/** The target: two project files that load the same one must not do so at the same time. */
function identityOf({ office, target }: Config): string {
  if (target.kind === 'embedded') return `${office} ${target.folder}`;
  const { host, pathname } = new URL(target.url);
  return `${office} ${host}${pathname} ${target.ledgerSchema}`;
}

const memoryOf = ({ logs }: Config): string => join(logs.folder, 'last-night.json');

async function night(cli: Cli, { loaded, steps, until }: NightChoice, signal: AbortSignal): Promise<NightReport> {
  const startedAt = cli.io.now();
  const window = openWindow(until, signal, { now: () => cli.io.now() });
  try {
    const reports = await takeSteps(steps, {
      signal: window.signal,
      closed: window.closed,
      now: () => cli.io.now(),
      onStep: (name) => cli.note(cli.noteStyle.bold(cli.texts.text('night.step', { name }))),
      onReport: (report) => logStep(cli, report),
    });
    return {
      office: loaded.config.office,
      version: programVersion(),
      startedAt,
      finishedAt: cli.io.now(),
      until: until?.getTime() ?? null,
      ...nightOutcome(reports),
      steps: reports,
    };
  } finally {
    window.release();
  }
}

function logStep({ log }: Cli, report: StepReport): void {
  const level = report.status === 'good' ? 'info' : report.status === 'failed' ? 'error' : 'warn';
  const { name, ...fields } = stepBody(report);
  log.write({ level, event: 'step-finished', message: `${name}: ${report.status}`, fields: { step: name, ...fields } });
}

/** What comes after the steps must not change what the night was: its failure is told and logged, nothing more. */
function attempt(cli: Cli, key: 'night.noMemory' | 'night.noMetrics', work: () => void): void {
  try {
    work();
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    cli.note(cli.noteStyle.yellow(cli.texts.text(key, { reason })));
    cli.log.write({ level: 'warn', event: key, message: reason });
  }
}

async function tell(cli: Cli, config: Config, report: NightReport, before: NightMemory): Promise<readonly Told[]> {
  const event = eventOf(before, report.status);
  if (event === null) return [];
  const message = composeMessage(event, report, {
    language: config.language,
    host: hostname(),
    failingSince: before.failingSince,
    moment: (milliseconds) => cli.texts.moment(new Date(milliseconds)),
  });
  const secrets = secretsOf(config);
  const clean = (text: string | null): string | null =>
    text === null ? null : harmlessText(redactText(text, secrets));
  const told = (await tellPlaces(message, config.notify)).map(({ by, failure }) => ({ by, failure: clean(failure) }));
  for (const { by, failure } of told) {
    if (failure === null)
      cli.log.write({ level: 'info', event: 'notified', message: `${event} told by ${by}`, fields: { by } });
    else {
      cli.note(cli.noteStyle.yellow(cli.texts.text('night.notTold', { by, reason: failure })));
      cli.log.write({ level: 'error', event: 'not-notified', message: failure, fields: { by } });
    }
  }
  return told;
}

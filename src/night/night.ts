import { EXIT_CODES } from '../core/errors.ts';
import type { EntityCounts } from '../core/events.ts';

/** What a step came to. Plain numbers and names: log, metrics, notification and terminal are made of it. */
export interface StepResult {
  readonly exitCode: number;
  /** Run of the ledger, when the step was one. */
  readonly run?: number;
  readonly entities?: readonly EntityResult[];
  readonly findings?: FindingTotals;
  /** Other numbers, by name: `stored`, `differences`. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** What failed, in words without data. */
  readonly failure?: StepFailure;
}

export interface EntityResult extends EntityCounts {
  readonly entity: string;
}

export interface FindingTotals {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export interface StepFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** One step of a night. */
export interface NightStep {
  readonly name: string;
  /** Steps that must have gone well before it; else it is left out. */
  readonly needs: readonly string[];
  /** Never throws for what it met: that is in its result. When the signal fires it finishes what is under way and says `interrupted`. */
  run(signal: AbortSignal): Promise<StepResult>;
}

/** `good`: exit code 0 or 3 (findings). `closed`: the window closed before or during it. `left-out`: what it needs had failed. */
export type StepStatus = 'good' | 'failed' | 'closed' | 'interrupted' | 'left-out';

export interface StepReport extends StepResult {
  readonly name: string;
  readonly status: StepStatus;
  /** Milliseconds since 1970; null: it was not begun. */
  readonly startedAt: number | null;
  readonly milliseconds: number;
}

export type NightStatus = 'good' | 'failed' | 'closed' | 'interrupted' | 'locked';

export interface NightReport {
  readonly office: string;
  readonly version: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly until: number | null;
  readonly status: NightStatus;
  readonly exitCode: number;
  readonly steps: readonly StepReport[];
}

export interface NightPorts {
  readonly signal: AbortSignal;
  /** Whether the signal fired because the window closed. */
  closed(): boolean;
  now(): number;
  onStep?(name: string): void;
  onReport?(report: StepReport): void;
}

/** Takes the steps in order: each that can be done, until the window closes or somebody stops it. Never throws. */
export async function takeSteps(steps: readonly NightStep[], ports: NightPorts): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of steps) {
    const report = await takeStep(step, reports, ports);
    reports.push(report);
    ports.onReport?.(report);
  }
  return reports;
}

async function takeStep(step: NightStep, before: readonly StepReport[], ports: NightPorts): Promise<StepReport> {
  const { name, needs } = step;
  const notBegun = { name, exitCode: EXIT_CODES.interrupted, startedAt: null, milliseconds: 0 };
  if (ports.signal.aborted) return { ...notBegun, status: ports.closed() ? 'closed' : 'interrupted' };
  const bad = before.find((report) => needs.includes(report.name) && report.status !== 'good');
  if (bad !== undefined) return { ...notBegun, exitCode: EXIT_CODES.done, status: 'left-out' };
  ports.onStep?.(name);
  const startedAt = ports.now();
  const result = await step.run(ports.signal);
  return { ...result, name, status: statusOf(result, ports), startedAt, milliseconds: ports.now() - startedAt };
}

function statusOf({ exitCode }: StepResult, ports: NightPorts): StepStatus {
  if (exitCode === EXIT_CODES.done || exitCode === EXIT_CODES.findings) return 'good';
  if (exitCode === EXIT_CODES.interrupted) return ports.closed() ? 'closed' : 'interrupted';
  return 'failed';
}

/** Which exit code of several says most; the night ends with it. */
const GRAVEST_FIRST = [
  EXIT_CODES.locked,
  EXIT_CODES.unexpected,
  EXIT_CODES.usage,
  EXIT_CODES.unreachable,
  EXIT_CODES.differences,
  EXIT_CODES.interrupted,
  EXIT_CODES.findings,
  EXIT_CODES.done,
] as const;

export function nightOutcome(steps: readonly StepReport[]): {
  readonly status: NightStatus;
  readonly exitCode: number;
} {
  const codes = steps.map(({ exitCode }) => exitCode);
  const exitCode = GRAVEST_FIRST.find((code) => codes.includes(code)) ?? Math.max(0, ...codes);
  return { status: nightStatus(steps, exitCode), exitCode };
}

function nightStatus(steps: readonly StepReport[], exitCode: number): NightStatus {
  if (exitCode === EXIT_CODES.locked) return 'locked';
  if (steps.some(({ status }) => status === 'failed')) return 'failed';
  if (steps.some(({ status }) => status === 'interrupted')) return 'interrupted';
  return steps.some(({ status }) => status === 'closed') ? 'closed' : 'good';
}

import type { NightReport, StepReport } from '../night/night.ts';
import type { Metric, Sample } from './metric.ts';

/** How far an entity's knowledge of the source lies behind. */
export interface WatermarkLag {
  readonly entity: string;
  readonly seconds: number;
}

const RESULTS = ['read', 'loaded', 'unchanged', 'rejected', 'skipped'] as const;
const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The numbers of one night. `lastGood`: end of the last good night, milliseconds since 1970. */
export function nightMetrics(
  night: NightReport,
  lastGood: number | null,
  lags: readonly WatermarkLag[] = [],
): readonly Metric[] {
  const office = { office: night.office };
  const of = (value: number): readonly Sample[] => [{ labels: office, value }];
  const prefix = 'ezd_migrate_';
  const metric = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name: `${prefix}${name}`,
    help,
    samples,
  });
  const begun = night.steps.filter(({ startedAt }) => startedAt !== null);
  const perStep = (value: (step: StepReport) => number): readonly Sample[] =>
    begun.map((step) => ({ labels: { ...office, step: step.name }, value: value(step) }));
  return [
    metric('info', 'Version of the program; the value is always 1.', [
      { labels: { ...office, version: night.version }, value: 1 },
    ]),
    metric('night_start_timestamp_seconds', 'When the last night began.', of(seconds(night.startedAt))),
    metric('night_end_timestamp_seconds', 'When the last night ended.', of(seconds(night.finishedAt))),
    metric('night_duration_seconds', 'How long the last night took.', of(seconds(night.finishedAt - night.startedAt))),
    metric(
      'night_success',
      '1 when the last night went well (exit code 0 or 3), else 0.',
      of(night.status === 'good' ? 1 : 0),
    ),
    metric(
      'night_window_closed',
      '1 when the last night was not finished when its window closed, else 0.',
      of(night.status === 'closed' ? 1 : 0),
    ),
    metric('night_exit_code', 'Exit code of the last night (docs/exit-codes.md).', of(night.exitCode)),
    metric(
      'night_last_success_timestamp_seconds',
      'When a night last went well.',
      lastGood === null ? [] : of(seconds(lastGood)),
    ),
    metric(
      'step_duration_seconds',
      'How long each step of the last night took.',
      perStep(({ milliseconds }) => seconds(milliseconds)),
    ),
    metric(
      'step_exit_code',
      'Exit code of each step of the last night.',
      perStep(({ exitCode }) => exitCode),
    ),
    metric(
      'records',
      'Records of each entity in the last night, by step and result.',
      night.steps.flatMap((step) => recordSamples(office, step)),
    ),
    metric(
      'findings',
      'Findings of the last night, by step and severity.',
      night.steps.flatMap((step) => findingSamples(office, step)),
    ),
    metric(
      'step_count',
      'Other numbers of the steps, by what they count.',
      night.steps.flatMap((step) => numberSamples(office, step)),
    ),
    metric(
      'watermark_lag_seconds',
      'How far what is loaded of each entity lies behind the source.',
      lags.map(({ entity, seconds: value }) => ({ labels: { ...office, entity }, value })),
    ),
  ];
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;

const recordSamples = (office: Sample['labels'], { name, entities = [] }: StepReport): readonly Sample[] =>
  entities.flatMap((counts) =>
    RESULTS.map((result) => ({
      labels: { ...office, step: name, entity: counts.entity, result },
      value: counts[result],
    })),
  );

const findingSamples = (office: Sample['labels'], { name, findings }: StepReport): readonly Sample[] =>
  findings === undefined
    ? []
    : SEVERITIES.map((severity) => ({ labels: { ...office, step: name, severity }, value: findings[severity] }));

const numberSamples = (office: Sample['labels'], { name, numbers = {} }: StepReport): readonly Sample[] =>
  Object.entries(numbers).map(([what, value]) => ({ labels: { ...office, step: name, what }, value }));

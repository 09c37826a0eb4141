import { describe, expect, test } from 'vitest';
import { renderMetrics } from '../../src/metrics/metric.ts';
import { nightMetrics } from '../../src/metrics/night-metrics.ts';
import { madeUpNight } from '../support/made-up-night.ts';
import { type ReadSample, readMetrics } from '../support/read-metrics.ts';

const read = (...args: Parameters<typeof nightMetrics>): readonly ReadSample[] =>
  readMetrics(renderMetrics(nightMetrics(...args)));
const of = (samples: readonly ReadSample[], name: string): readonly ReadSample[] =>
  samples.filter((sample) => sample.name === `ezd_migrate_${name}`);

describe('the numbers of a night', () => {
  const samples = read(madeUpNight(), Date.UTC(2026, 10, 25, 2), [{ entity: 'sprawa', seconds: 3600 }]);

  test('are a text file that Prometheus takes, labels with quotes and Polish letters included', () => {
    expect(samples.length).toBeGreaterThan(20);
    for (const { labels } of samples) expect(labels['office']).toBe('UM "Przykładowo"');
  });

  test.each([
    ['night_exit_code', 6],
    ['night_success', 0],
    ['night_window_closed', 0],
    ['night_duration_seconds', 65.432],
    ['night_start_timestamp_seconds', Date.UTC(2026, 10, 26, 1) / 1000],
    ['night_last_success_timestamp_seconds', Date.UTC(2026, 10, 25, 2) / 1000],
    ['watermark_lag_seconds', 3600],
  ])('have %s', (name, value) => expect(of(samples, name).map((sample) => sample.value)).toEqual([value]));

  test('have the records of each entity by result, and the findings by severity', () => {
    const records = of(samples, 'records').filter(({ labels }) => labels['entity'] === 'sprawa');
    expect(Object.fromEntries(records.map(({ labels, value }) => [labels['result'], value]))).toEqual({
      read: 10,
      loaded: 4,
      unchanged: 3,
      rejected: 2,
      skipped: 1,
    });
    expect(of(samples, 'findings').map(({ labels, value }) => [labels['severity'], value])).toEqual([
      ['error', 2],
      ['warning', 7],
      ['info', 0],
    ]);
  });

  test('leave out steps that were not begun and what nobody knows', () => {
    expect(of(samples, 'step_duration_seconds').map(({ labels }) => labels['step'])).toEqual(['doctor', 'sync']);
    const first = read(madeUpNight(), null);
    expect(of(first, 'night_last_success_timestamp_seconds')).toEqual([]);
    expect(of(first, 'watermark_lag_seconds')).toEqual([]);
  });
});

describe('the parser of the tests', () => {
  const HEAD = '# HELP a_seconds x\n# TYPE a_seconds gauge\n';
  test.each([
    ['a sample without TYPE', 'a_seconds 1\n'],
    ['a series twice', `${HEAD}a_seconds{x="1"} 1\na_seconds{x="1"} 2\n`],
    ['a metric in two pieces', `${HEAD}a_seconds 1\n# HELP b x\n# TYPE b gauge\nb 1\n${HEAD}a_seconds{x="1"} 1\n`],
    ['no base unit', '# HELP a_ms x\n# TYPE a_ms gauge\na_ms 1\n'],
    ['a counter without _total', '# HELP a x\n# TYPE a counter\na 1\n'],
    ['an unescaped quote', `${HEAD}a_seconds{x="a"b"} 1\n`],
    ['no number', `${HEAD}a_seconds one\n`],
    ['no end of the last line', `${HEAD}a_seconds 1`],
  ])('refuses %s', (_what, text) => expect(() => readMetrics(text)).toThrow());
});

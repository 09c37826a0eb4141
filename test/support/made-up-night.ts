import type { NightReport, StepReport } from '../../src/night/night.ts';

const START = Date.UTC(2026, 10, 26, 1, 0, 0);

export const madeUpStep = (over: Partial<StepReport> & { readonly name: string }): StepReport => ({
  status: 'good',
  exitCode: 0,
  startedAt: START,
  milliseconds: 12_345,
  ...over,
});

/** A night of three steps in which the second failed; everything may be replaced. */
export const madeUpNight = (over: Partial<NightReport> = {}): NightReport => ({
  office: 'UM "Przykładowo"',
  version: '1.2.3',
  startedAt: START,
  finishedAt: START + 65_432,
  until: null,
  status: 'failed',
  exitCode: 6,
  steps: [
    madeUpStep({ name: 'doctor' }),
    madeUpStep({
      name: 'sync',
      status: 'failed',
      exitCode: 6,
      run: 12,
      entities: [
        { entity: 'sprawa', read: 10, loaded: 4, unchanged: 3, rejected: 2, skipped: 1 },
        { entity: 'koszulka', read: 5, loaded: 5, unchanged: 0, rejected: 0, skipped: 0 },
      ],
      findings: { error: 2, warning: 7, info: 0 },
      failure: {
        code: 'SOURCE_UNREACHABLE',
        message: 'no connection to ezd-sql/EZD_PROD',
        hint: 'Check that the server runs.',
      },
    }),
    madeUpStep({
      name: 'reconcile',
      status: 'left-out',
      startedAt: null,
      milliseconds: 0,
      numbers: { differences: 0 },
    }),
  ],
  ...over,
});

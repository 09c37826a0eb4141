import { nextTimeOfDay } from '../../night/window.ts';
import { defineCommand, percentage } from '../command.ts';
import { nightSteps } from '../night/night-steps.ts';
import { projectNight } from '../night/project-night.ts';
import { nightObject, showNight } from '../night/show-night.ts';
import { watermarkLags } from '../night/sync-step.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { timeOfDay } from '../schedule/schedule-options.ts';

interface NightlyOptions {
  readonly until?: number;
  readonly sample?: number;
}

/** Everything a night does, one step after another, in a time window, with one summary. */
export const runNightly = defineCommand<NightlyOptions>({
  name: 'run-nightly',
  summary: 'night.command',
  logged: 'run-nightly',
  examples: [
    'ezd-migrate run-nightly',
    'ezd-migrate run-nightly --until 05:30 --sample 5%',
    'ezd-migrate run-nightly --until 05:30 --json > night.json',
  ],
  define(command, texts) {
    command.option('--until <HH:MM>', texts.text('night.until'), timeOfDay('--until', texts));
    command.option('--sample <percent>', texts.text('night.sample'), percentage('--sample', texts));
  },
  async run(cli, _args, { until, sample }) {
    const loaded = cli.loadConfig();
    const end = until === undefined ? null : nextTimeOfDay(loaded.config.timezone, new Date(cli.io.now()), until);
    const choice = {
      loaded,
      steps: nightSteps(cli, loaded, { sample: sample ?? null }),
      until: end,
      lags: () => watermarkLags(loaded.config),
    };
    const outcome = await withInterrupt(cli, (signal) => projectNight(cli, choice, signal));
    showNight(cli, outcome);
    cli.result(nightObject(outcome));
    return outcome.report.exitCode;
  },
});

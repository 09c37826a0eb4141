import type { LoadedConfig } from '../../config/load-config.ts';
import type { NightStep } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { contentsStep, hasContents } from './contents-step.ts';
import { doctorStep } from './doctor-step.ts';
import { reconcileStep } from './reconcile-step.ts';
import { reportStep } from './report-step.ts';
import { syncStep } from './sync-step.ts';

export interface NightStepsChoice {
  /** Share in percent that is compared; null: by the size of the office. */
  readonly sample: number | null;
}

/** What a night does, in order. Adding a step is a line here. */
export const nightSteps = (cli: Cli, loaded: LoadedConfig, { sample }: NightStepsChoice): readonly NightStep[] => [
  doctorStep(cli, loaded),
  syncStep(cli, loaded.config),
  ...(hasContents(loaded.config) ? [contentsStep(cli, loaded.config)] : []),
  reconcileStep(cli, loaded.config, sample),
  reportStep(cli, loaded.config),
];

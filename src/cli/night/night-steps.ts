import type { LoadedConfig } from '../../config/load-config.ts';
import type { NightStep } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { contentsStep, hasContents } from './contents-step.ts';
import { doctorStep } from './doctor-step.ts';

/** What a night does, in order. Adding a step is a line here. */
export const nightSteps = (cli: Cli, loaded: LoadedConfig): readonly NightStep[] => [
  doctorStep(cli, loaded),
  ...(hasContents(loaded.config) ? [contentsStep(cli, loaded.config)] : []),
];

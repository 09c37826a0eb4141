import type { CliCommand } from '../command.ts';
import { packageCheck } from './package-check.ts';

/** Packages by themselves, without a project. */
export const packages: CliCommand = {
  name: 'package',
  summary: 'package.summary',
  examples: ['ezd-migrate package check paczka.tar', 'ezd-migrate package check paczki/*.zip --json'],
  define() {},
  children: [packageCheck],
};

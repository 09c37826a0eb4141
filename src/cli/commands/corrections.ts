import type { CliCommand } from '../command.ts';
import { correctionsCheck } from './corrections-check.ts';
import { correctionsList } from './corrections-list.ts';

/** Corrections of the office: checked before a run, listed before and after it. */
export const corrections: CliCommand = {
  name: 'corrections',
  summary: 'corrections.summary',
  examples: ['ezd-migrate corrections check', 'ezd-migrate corrections list --run 12'],
  define() {},
  children: [correctionsCheck, correctionsList],
};

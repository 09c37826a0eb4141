import type { CliCommand } from '../command.ts';
import { rejectsExport } from './rejects-export.ts';
import { rejectsList } from './rejects-list.ts';
import { rejectsShow } from './rejects-show.ts';

/** Rejected records: list, one of them, all as a file. */
export const rejects: CliCommand = {
  name: 'rejects',
  summary: 'rejects.summary',
  examples: [
    'ezd-migrate rejects list --entity sprawa',
    'ezd-migrate rejects show sprawa 4711',
    'ezd-migrate rejects export --out "odrzucone.csv"',
  ],
  define() {},
  children: [rejectsList, rejectsShow, rejectsExport],
};

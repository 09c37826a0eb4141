import { z } from 'zod';
import { count, moment, word } from './parts.ts';

/** Which execution the report is about. */
export const RUN_HEADER = z.strictObject({
  id: z.int().describe('Number in the ledger. Dry runs have a ledger of their own and are numbered by themselves.'),
  kind: z.enum(['run', 'validation']).describe('validation: a dry run, whose records were thrown away afterwards.'),
  command: word('run, validate, sync …'),
  status: z.enum(['running', 'finished', 'interrupted', 'failed', 'rolled-back']),
  startedAt: moment('Begin.'),
  finishedAt: moment('End.').nullable(),
  seconds: z.number().nullable().describe('From begin to end; null: not ended.'),
  toolVersion: word('Version of this program that made the run.'),
  planHash: word('SHA-256 over the compiled mappings and look-ups.'),
  failure: z.string().nullable().describe('Why it stopped, as the error said it; null: it did not.'),
  scope: z
    .strictObject({
      entities: z.array(z.string()).nullable().describe('Entities asked for; null: all.'),
      units: z.array(z.string()).nullable().describe('Units asked for; null: all.'),
      limit: z.int().nullable().describe('Most rows read of each entity (a sample); null: all.'),
    })
    .describe('What the run was asked to look at.'),
});

/** Source or target for people: enough to recognise it, no user, no password. */
export const PLACE = z.strictObject({
  kind: word('Source: mssql, csv, package. Target: postgres, embedded.'),
  name: word('`server/database`, or the folder.'),
});

/** Why the office may or may not go on. Texts: `src/i18n/texts/report-texts.ts`, key `report.reason.<code>`. */
export const VERDICT_REASON = z.strictObject({
  code: z
    .enum([
      'notFinished',
      'sample',
      'someEntities',
      'errors',
      'rejected',
      'contentsFailed',
      'nothingRead',
      'warnings',
      'someUnits',
      'skipped',
      'switchedOff',
      'changed',
      'corrections',
    ])
    .describe('Blockers: notFinished … nothingRead. Remarks: the rest.'),
  count: count('How many findings, records, entities or units it is about; 0 where there is nothing to count.'),
});

export const VERDICT = z.strictObject({
  ready: z.boolean().describe('True when there is no blocker.'),
  blockers: z.array(VERDICT_REASON).describe('What has to be cured first, most important first.'),
  remarks: z.array(VERDICT_REASON).describe('What should be known before signing.'),
});

/** Numbers of records: read = loaded + unchanged + rejected + skipped. */
export const COUNTS = z.strictObject({
  read: count('Records read.'),
  loaded: count('Loaded: new or changed.'),
  unchanged: count('Already there as they are.'),
  rejected: count('Kept out; stored with their source rows.'),
  skipped: count('Out of scope, with the reason.'),
});

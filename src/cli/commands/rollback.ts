import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { RunState } from '../../ledger/ledger.ts';
import { noRollback } from '../../rollback/may-roll-back.ts';
import { filesWait, openRollback } from '../../rollback/open-rollback.ts';
import { planRollback } from '../../rollback/plan-rollback.ts';
import { removeFiles } from '../../rollback/remove-files.ts';
import { isForcible, type RollbackPlan } from '../../rollback/rollback-plan.ts';
import { type RollbackOutcome, type RollbackRequest, rollbackRun } from '../../rollback/rollback-run.ts';
import { quoted } from '../../write/postgres/ledger-names.ts';
import { withSession } from '../../write/postgres/postgres-target.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { openProjectStore, projectStoreIsThere } from '../compose.ts';
import { knownPlaces } from '../known-places.ts';
import { withInterrupt } from '../on-interrupt.ts';
import type { Store } from '../open-store.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { planObject, showDone, showRefusal, showRollbackPlan } from '../rollback-report.ts';

interface RollbackOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly reason?: string;
}

/** Shows what taking a run back would do, and does it when told so. */
export const rollback = defineCommand<RollbackOptions>({
  name: 'rollback <run>',
  summary: 'rollback.summary',
  logged: 'rollback',
  examples: [
    'ezd-migrate rollback 12',
    'ezd-migrate rollback 12 --yes',
    'ezd-migrate rollback 12 --force --reason "wrong units" --yes',
  ],
  define(command, texts) {
    command
      .option('-y, --yes', texts.text('rollback.yes'))
      .option('--force', texts.text('rollback.force'))
      .option('--reason <text>', texts.text('rollback.reason'));
  },
  async run(cli, [word = ''], { yes = false, force = false, reason }) {
    const number = readNumber(cli, word);
    const why = readReason(cli, force, reason);
    const { config } = cli.loadConfig();
    if (!(await projectStoreIsThere(config))) throw noRun(cli, number);
    const store = await openProjectStore(config);
    try {
      const run = await findRun(cli, config, store, number);
      if (run === null) return await removeLeftFiles(cli, config, store, number);
      const request = requestOf(config, run, why);
      // Told in advance, it shows the plan it made under the lock, and does not make it twice
      if (yes) return tell(cli, config, await execute(cli, store, request), true);
      const plan = await makePlan(store, request);
      showRollbackPlan(cli, plan);
      if (plan.conflicts.some((conflict) => !(why !== null && isForcible(conflict)))) return refuse(cli, plan);
      if (await isAgreed(cli, number)) return tell(cli, config, await execute(cli, store, request), false);
      cli.line(cli.texts.text('rollback.dry', { run: number }));
      cli.result({ ...planObject(plan), done: false });
      return EXIT_CODES.done;
    } finally {
      await store.close();
    }
  },
});

function readNumber({ texts }: Cli, word: string): number {
  if (/^[1-9]\d{0,8}$/.test(word)) return Number(word);
  throw new EzdError('USAGE', texts.text('rollback.badNumber', { word }), { hint: texts.text('rollback.number') });
}

function readReason({ texts }: Cli, force: boolean, reason: string | undefined): { readonly reason: string } | null {
  const given = reason?.trim() ?? '';
  if (force && given === '')
    throw new EzdError('USAGE', texts.text('rollback.needsReason'), { hint: texts.text('rollback.needsReasonHint') });
  if (!force && reason !== undefined) throw new EzdError('USAGE', texts.text('rollback.needsForce'));
  return force ? { reason: given } : null;
}

const noRun = ({ texts }: Cli, run: number): EzdError =>
  new EzdError('USAGE', texts.text('status.noRun', { run }), { hint: texts.text('rollback.number') });

/** The run, if it is one that can be taken back; null: only files of it are left. */
async function findRun(
  cli: Cli,
  { office }: Config,
  { ledger, pool, ledgerSchema }: Store,
  number: number,
): Promise<RunState | null> {
  const run = await ledger.getRun(office, number);
  if (run === null) throw noRun(cli, number);
  const why = noRollback(run);
  if (why === null) return run;
  const s = quoted(ledgerSchema);
  if (why === 'alreadyRolledBack' && (await withSession(pool, (session) => openRollback(session, s, run))) !== null)
    return run;
  if (why === 'alreadyRolledBack' && (await withSession(pool, (session) => filesWait(session, s, office)))) return null;
  const params = { run: number, command: run.command };
  throw new EzdError('USAGE', cli.texts.text(`rollback.refused.${why}`, params), {
    hint: cli.texts.text(`rollback.refused.${why}Hint`, params),
  });
}

/** A rollback was killed after its last transaction, before its files were gone. */
async function removeLeftFiles(
  cli: Cli,
  { office, target }: Config,
  { pool, ledgerSchema }: Store,
  run: number,
): Promise<number> {
  const root = target.contents?.root ?? null;
  if (root === null) cli.line(cli.texts.text('rollback.filesWait'));
  const files =
    root === null ? 0 : await withSession(pool, (session) => removeFiles(session, quoted(ledgerSchema), office, root));
  cli.line(cli.texts.text('rollback.leftFiles', { run, files: cli.texts.number(files) }));
  cli.result({ run, done: true, filesRemoved: files });
  return EXIT_CODES.done;
}

const requestOf = (config: Config, run: RunState, force: RollbackRequest['force']): RollbackRequest => ({
  run,
  known: knownPlaces(config),
  force,
  chunk: config.batchRows,
  contentsRoot: config.target.contents?.root ?? null,
  toolVersion: programVersion(),
  host: hostname(),
  user: userInfo().username,
});

const makePlan = ({ pool, ledgerSchema }: Store, { run, known, force }: RollbackRequest): Promise<RollbackPlan> =>
  withSession(pool, (session) => planRollback(session, { s: quoted(ledgerSchema), run, known, force: force !== null }));

function refuse(cli: Cli, plan: RollbackPlan): number {
  showRefusal(cli, plan);
  cli.result({ ...planObject(plan), done: false });
  return EXIT_CODES.differences;
}

async function isAgreed({ io, texts, options }: Cli, run: number): Promise<boolean> {
  if (io.ask === undefined || options.json) return false;
  return (await io.ask(texts.text('rollback.ask', { run }))).trim().toLowerCase() === texts.text('rollback.answer');
}

async function execute(
  cli: Cli,
  { pool, ledger, ledgerSchema }: Store,
  request: RollbackRequest,
): Promise<RollbackOutcome> {
  const progress = showProgress(cli);
  return withInterrupt(cli, (signal) =>
    rollbackRun(request, { pool, ledger, ledgerSchema, emit: progress.emit, signal }).finally(() => progress.stop()),
  );
}

function tell(cli: Cli, config: Config, outcome: RollbackOutcome, withPlan: boolean): number {
  const { plan } = outcome;
  // What was found under the lock may differ from what was shown before
  if (withPlan || outcome.kind === 'refused') showRollbackPlan(cli, plan);
  if (outcome.kind === 'refused') return refuse(cli, plan);
  const { by, resumed, filesRemoved } = outcome;
  showDone(cli, outcome);
  if (plan.contents.files > 0 && config.target.contents === null) cli.line(cli.texts.text('rollback.filesWait'));
  cli.result({ ...planObject(plan), done: true, by: by.id, resumed, filesRemoved });
  return EXIT_CODES.done;
}

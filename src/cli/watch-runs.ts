import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityCounts } from '../core/events.ts';
import type { RunState } from '../ledger/ledger.ts';
import { lockKey } from '../ledger/lock-key.ts';
import { readLockHolder } from '../write/postgres/server-health.ts';
import type { Cli } from './cli.ts';
import type { Store } from './open-store.ts';
import { showEntities, totalOf } from './run-report.ts';

export interface WatchOptions {
  readonly office: string;
  /** Between two looks, in milliseconds. */
  readonly pause: number;
  readonly signal: AbortSignal;
}

/** Clears a terminal and begins at its top. */
const CLEAR = '\u001B[2J\u001B[H';

/**
 * Shows the newest run again and again until it is over, or somebody stops looking. On a terminal the picture is drawn anew; elsewhere, and with --json, there is a
 * line each time something changed. Returns the run as it was last seen; null: there is none.
 */
export async function watchRuns(cli: Cli, store: Store, options: WatchOptions): Promise<RunState | null> {
  const { office, pause, signal } = options;
  let before: { readonly counts: EntityCounts; readonly at: number } | null = null;
  for (;;) {
    const [run] = await store.ledger.listRuns(office, 1);
    if (run === undefined) return null;
    const now = cli.io.now();
    const counts = totalOf(run.entities);
    const rate = before === null ? null : ((counts.read - before.counts.read) * 1000) / Math.max(1, now - before.at);
    const changed = before === null || counts.read !== before.counts.read;
    before = { counts, at: now };
    const alone = run.status === 'running' && !(await isHeld(store, office));
    show(cli, run, { rate, changed });
    if (run.status !== 'running' || alone) {
      if (alone) cli.line(cli.style.yellow(cli.texts.text('status.killed', { command: run.command })));
      return run;
    }
    if (await waited(pause, signal)) return run;
  }
}

/** A run that nobody holds the lock for was killed. The embedded database can only be opened when nobody works with it. */
async function isHeld(store: Store, office: string): Promise<boolean> {
  if (store.pool.kind === 'embedded') return false;
  const session = await store.pool.session();
  try {
    return (await readLockHolder(session, lockKey(`"${store.ledgerSchema}"`, office))) !== null;
  } finally {
    await session.release();
  }
}

function show(cli: Cli, run: RunState, { rate, changed }: { rate: number | null; changed: boolean }): void {
  const { texts, style, io } = cli;
  const onTerminal = io.stdout.isTTY === true && io.environment['TERM'] !== 'dumb';
  const { id, command, status, startedAt } = run;
  const params = { run: id, command, status: texts.text(`state.${status}`), started: texts.moment(startedAt) };
  const { read, loaded, unchanged, rejected, skipped } = totalOf(run.entities);
  const numbers = Object.fromEntries(
    Object.entries({ read, loaded, unchanged, rejected, skipped }).map(([name, value]) => [name, texts.number(value)]),
  );
  const speed = rate === null || rate <= 0 ? '' : `, ${texts.text('progress.rate', { rate: texts.number(rate) })}`;
  if (!onTerminal) {
    if (changed || status !== 'running')
      cli.line(`${texts.text('status.watchLine', { ...params, ...numbers })}${speed}`);
    return;
  }
  cli.line(`${CLEAR}${style.bold(texts.text('status.title', params))}`);
  showEntities(cli, run);
  cli.line(`${texts.text('status.watchLine', { ...params, ...numbers })}${speed}`);
  if (status === 'running') cli.line(style.dim(texts.text('status.watchEnd')));
}

/** True when somebody stopped looking. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return false;
  } catch {
    return true;
  }
}

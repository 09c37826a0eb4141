import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { RunState } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { openProjectLedger } from '../compose.ts';
import type { Store } from '../open-store.ts';
import { entityObject, runObject, showEntities, totalOf } from '../run-report.ts';
import { renderTable } from '../table.ts';
import { watchRuns } from '../watch-runs.ts';

interface StatusOptions {
  readonly run?: number;
  readonly limit: number;
  readonly watch?: boolean;
  readonly every: number;
}

/** Shows the newest run, or a given one, entity by entity, and the runs before it. */
export const status = defineCommand<StatusOptions>({
  name: 'status',
  summary: 'status.summary',
  examples: [
    'ezd-migrate status',
    'ezd-migrate status --run 12',
    'ezd-migrate status --watch',
    'ezd-migrate status --json',
  ],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('option.run'), wholeNumber('--run', texts))
      .option('--limit <number>', texts.text('status.limit'), wholeNumber('--limit', texts), 10)
      .option('--watch', texts.text('status.watch'))
      .option('--every <seconds>', texts.text('status.every'), wholeNumber('--every', texts), 2);
  },
  async run(cli, _args, { run: wanted, limit, watch = false, every }) {
    const { config } = cli.loadConfig();
    const store = await openProjectLedger(config);
    try {
      if (watch && store !== null) return await watchNewest(cli, store, config.office, every);
      const runs = (await store?.ledger.listRuns(config.office, limit)) ?? [];
      // Copies of contents have no entities; `contents status` tells about them.
      const id = wanted ?? (runs.find(({ entities }) => entities.length > 0) ?? runs[0])?.id;
      const run = id === undefined ? null : ((await store?.ledger.getRun(config.office, id)) ?? null);
      if (run === null && wanted !== undefined) throw noRun(cli, wanted);
      show(cli, run, runs);
      cli.result({
        ...(run === null ? { run: null, status: 'none' } : runObject(run)),
        entities: run?.entities.map(entityObject) ?? [],
        totals: totalOf(run?.entities ?? []),
        runs: runs.map(runObject),
      });
      return EXIT_CODES.done;
    } finally {
      await store?.close();
    }
  },
});

/** Looks until the newest run is over. */
async function watchNewest(cli: Cli, store: Store, office: string, seconds: number): Promise<number> {
  const run = await watching(cli, (signal) => watchRuns(cli, store, { office, pause: seconds * 1000, signal }));
  if (run === null) cli.line(cli.texts.text('status.none'));
  cli.result({
    ...(run === null ? { run: null, status: 'none' } : runObject(run)),
    entities: run?.entities.map(entityObject) ?? [],
    totals: totalOf(run?.entities ?? []),
  });
  return EXIT_CODES.done;
}

/** Ctrl-C ends the looking, not the run. */
async function watching<T>({ io }: Cli, look: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const release = io.onInterrupt(() => stop.abort());
  try {
    return await look(stop.signal);
  } finally {
    release();
  }
}

const noRun = ({ texts }: Cli, run: number): EzdError =>
  new EzdError('USAGE', texts.text('status.noRun', { run }), {
    hint: texts.text('usage.help', { command: 'status ' }),
  });

function show(cli: Cli, run: RunState | null, runs: readonly RunState[]): void {
  const { texts, style } = cli;
  if (run === null) {
    cli.line(texts.text('status.none'));
    return;
  }
  const { id, command, status, startedAt } = run;
  const params = { run: id, command, status: texts.text(`state.${status}`), started: texts.moment(startedAt) };
  cli.line(style.bold(texts.text('status.title', params)));
  showEntities(cli, run);
  if (status === 'interrupted' || status === 'failed') cli.line(texts.text('status.resume', { command }));
  const others = runs.filter((other) => other.id !== id);
  if (others.length === 0) return;
  cli.line();
  cli.line(style.bold(texts.text('status.runs')));
  const titles = (['column.run', 'column.command', 'column.state', 'column.started'] as const).map((key) => ({
    title: texts.text(key),
  }));
  const rows = others.map((other) => [
    String(other.id),
    other.command,
    texts.text(`state.${other.status}`),
    texts.moment(other.startedAt),
  ]);
  cli.line(renderTable(titles, rows));
}

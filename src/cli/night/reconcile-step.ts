import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import { readLargestRun } from '../../ledger/largest-run.ts';
import type { StoredReconcile } from '../../ledger/reconcile-record.ts';
import type { NightStep, StepResult } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { openProjectLedger } from '../compose.ts';
import { showProgress } from '../progress/show-progress.ts';
import { reconcileProject } from '../reconcile/reconcile-project.ts';
import { reportFailure } from '../report-failure.ts';
import { hasContents } from './contents-step.ts';
import { failedStep } from './step-failure.ts';

/** Differences of an entity that are kept one by one. */
const LIMIT = 1000;

/** An office of so many records is compared whole: that takes seconds. */
const WHOLE = 200_000;
/** Percent of the keys of a bigger one that a night compares: all in twenty nights. */
const SHARE = 5;

/** Compares source and target, of a big office a share, every night the next one; what differs is kept in the ledger. `wanted`: percent; null: by the size of the office. */
export const reconcileStep = (cli: Cli, config: Config, wanted: number | null): NightStep => ({
  name: 'reconcile',
  needs: ['doctor', 'sync'],
  run: async (signal) => {
    const contents = hasContents(config) ? ('sample' as const) : ('none' as const);
    const progress = showProgress(cli);
    try {
      const percent = wanted ?? (await shareOf(config));
      const choice = { entities: null, percent, contents, limit: LIMIT };
      return resultOf(await reconcileProject(cli, config, choice, progress.emit, signal));
    } catch (failure) {
      reportFailure(failure, cli);
      return failedStep(failure, config, signal);
    } finally {
      progress.stop();
    }
  },
});

/** null: everything. */
async function shareOf(config: Config): Promise<number | null> {
  const store = await openProjectLedger(config);
  const session = await store?.pool.session();
  try {
    if (store === null || session === undefined) return null;
    const records = await readLargestRun(session, `"${store.ledgerSchema}"`, config.office);
    return records <= WHOLE ? null : SHARE;
  } finally {
    await session?.release();
    await store?.close();
  }
}

function resultOf({ equal, entities, differences, contents }: StoredReconcile): StepResult {
  const sum = (of: 'expected' | 'rows' | 'missing' | 'extra' | 'value' | 'moved' | 'content'): number =>
    entities.reduce((total, entity) => total + entity[of], 0);
  return {
    exitCode: equal ? EXIT_CODES.done : EXIT_CODES.differences,
    numbers: {
      expected: sum('expected'),
      compared: sum('rows'),
      differences: differences.length,
      missing: sum('missing'),
      extra: sum('extra'),
      value: sum('value'),
      moved: sum('moved'),
      content: sum('content'),
      ...(contents === null ? {} : { contents_checked: contents.checked, contents_good: contents.good }),
    },
  };
}

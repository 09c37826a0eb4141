import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Cli } from '../cli.ts';
import { maskHistory } from '../history-report.ts';
import { programVersion } from '../program-version.ts';
import { readHistories } from '../read-histories.ts';
import type { RunOutcome } from '../run-project.ts';
import { totalOf } from '../run-report.ts';
import { syncProject } from '../sync-project.ts';

/** The case that changes. */
const SIGN = 'KZ.4130.1.2019';

/** A day passes in the made-up office, `sync` follows, and the history of the changed case is told. */
export async function playNight(cli: Cli, config: Config, signal: AbortSignal): Promise<RunOutcome> {
  changeDump(join(config.folder, 'dump'));
  const choice = { version: programVersion(), entities: null, full: false, allowDeletes: true, overwrite: false };
  const outcome = await syncProject(cli, config, choice, () => undefined, signal);
  if (outcome.failure !== null) throw outcome.failure;
  const { loaded, unchanged } = totalOf(outcome.run?.entities ?? []);
  const removed = (outcome.sync?.entities ?? []).reduce((sum, entity) => sum + entity.removed, 0);
  const { texts } = cli;
  const numbers = { loaded: texts.number(loaded), removed: texts.number(removed), unchanged: texts.number(unchanged) };
  cli.line(`    ${texts.text('demo.night', { sign: SIGN, ...numbers })}`);
  await tellHistory(cli, config);
  return outcome;
}

/** One record changes, one comes, one goes. */
function changeDump(folder: string): void {
  edit(folder, 'SpisSpraw', (rows) =>
    rows.map((row) => (row.includes(SIGN) ? row.replace('Piękoś Filip', 'Nowak Anna') : row)),
  );
  edit(folder, 'PismaUdostepnienia', (rows) => [...rows, rows[1]!.replace(/^\d+/, '51')]);
  edit(folder, 'PodmiotyPisma', (rows) => rows.filter((row) => !row.startsWith('1,2,1,')));
}

function edit(folder: string, table: string, change: (rows: string[]) => readonly string[]): void {
  const file = join(folder, `dbo.${table}.csv`);
  const rows = readFileSync(file, 'utf8').split('\n');
  const end = rows.at(-1) === '' ? rows.splice(-1) : [];
  writeFileSync(file, [...change(rows), ...end].join('\n'));
}

async function tellHistory(cli: Cli, config: Config): Promise<void> {
  for (const history of await readHistories(cli, config, SIGN, undefined)) {
    const { runs } = maskHistory(history, false);
    const [first, ...later] = runs;
    for (const { run, changes } of later.filter(({ did }) => did === 'changed')) {
      const told = changes
        .map(({ field, before, after }) => `${field}: ${String(before)} → ${String(after)}`)
        .join('; ');
      const params = { sign: SIGN, first: first?.run ?? '', run, changes: told };
      cli.line(`    ${cli.texts.text('demo.history', params)}`);
    }
  }
}

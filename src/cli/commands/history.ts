import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import { SIGN } from '../../history/find-subject.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { projectStoreIsThere } from '../compose.ts';
import { findInSource, type InSource, type Wanted } from '../find-in-source.ts';
import { maskHistory, showHistory } from '../history-report.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { readHistories } from '../read-histories.ts';
import { asEzdError } from '../report-failure.ts';

interface HistoryOptions {
  readonly withPersonalData?: boolean;
  readonly source: boolean;
}

/** Tells what happened to one record. */
export const history = defineCommand<HistoryOptions>({
  name: 'history <record> [key]',
  summary: 'history.summary',
  examples: [
    'ezd-migrate history sprawa 4711',
    'ezd-migrate history OR.120.7.2023',
    'ezd-migrate history uczestnik "12|7" --with-personal-data',
    'ezd-migrate history sprawa 4711 --no-source --json',
  ],
  define(command, texts) {
    command
      .option('--with-personal-data', texts.text('option.personal'))
      .option('--no-source', texts.text('history.noSource'));
  },
  async run(cli, [record = '', key], { withPersonalData: personal = false, source }) {
    const { config } = cli.loadConfig();
    if (!(await projectStoreIsThere(config)))
      throw new EzdError('USAGE', cli.texts.text('status.none'), { hint: cli.texts.text('status.noneHint') });
    const found = await readHistories(cli, config, record, key);
    const told = found.map((each) => maskHistory(each, personal));
    if (told.length > 1) cli.line(cli.texts.text('history.many', { sign: record }));
    const sources: (InSource | null)[] = [];
    for (const [index, each] of told.entries()) {
      if (index > 0) cli.line();
      showHistory(cli, each, { personal, root: config.target.contents?.root ?? null });
      const wanted = { entity: each.entity, key: each.key };
      sources.push(source && each.absence?.kind === 'unknown' ? await askSource(cli, config, wanted) : null);
    }
    if (told.length === 0) {
      cli.line(cli.texts.text('history.noSign', { sign: record }));
      sources.push(source ? await askSource(cli, config, { sign: record }) : null);
    }
    if (!personal && told.length > 0) cli.note(cli.texts.text('rejects.masked'));
    cli.result({ records: told, source: sources });
    return EXIT_CODES.done;
  },
});

/** What the source says of it; a source that cannot be asked is no failure, since the ledger has answered. */
async function askSource(cli: Cli, config: Config, wanted: Wanted): Promise<InSource | null> {
  const { texts } = cli;
  const entity = 'entity' in wanted ? wanted.entity : SIGN.entity;
  cli.note(texts.text('history.looking', { entity }));
  try {
    const found = await withInterrupt(cli, (signal) => findInSource(config, wanted, signal));
    if (found === null) return null;
    const params = { entity, reason: 'reason' in found ? found.reason : '', head: 'head' in found ? found.head : '' };
    cli.line(texts.text(`history.source.${found.kind}`, params));
    return found;
  } catch (error) {
    cli.note(texts.text('history.sourceFailed', { message: asEzdError(error).message }));
    return null;
  }
}

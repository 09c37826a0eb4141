import { join, resolve } from 'node:path';
import { EXIT_CODES } from '../../core/errors.ts';
import { comparePlan } from '../../inspect/against/compare-plan.ts';
import { lookupFiles } from '../../inspect/lookup-files.ts';
import { loadAgainst } from '../against-mappings.ts';
import { defineCommand, wholeNumber, words } from '../command.ts';
import { openSource } from '../compose.ts';
import { showComparison, showPicture } from '../inspect-report.ts';
import { inspectSource } from '../inspect-source.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { showInspection } from '../progress/show-inspection.ts';
import { writePicture } from '../write-picture.ts';

interface InspectFlags {
  readonly against?: string;
  readonly tables?: readonly string[];
  readonly sample?: number;
  readonly out?: string;
}

/** Draws the picture of the project's source, compares it with mappings when asked, and leaves page, JSON and look-ups to be filled in. */
export const inspect = defineCommand<InspectFlags>({
  name: 'inspect',
  summary: 'inspect.summary',
  examples: [
    'ezd-migrate inspect',
    'ezd-migrate inspect --against ezd-puw --out obraz',
    'ezd-migrate inspect --tables dbo.Pisma,SpisSpraw --sample 20000 --json > picture.json',
  ],
  define(command, texts) {
    command
      .option('--against <mappings>', texts.text('inspect.against'))
      .option('--tables <names>', texts.text('inspect.tables'), words)
      .option('--sample <rows>', texts.text('inspect.sample'), wholeNumber('--sample', texts))
      .option('--out <folder>', texts.text('inspect.out'));
  },
  async run(cli, _args, { against: mappings, tables = null, sample = null, out }) {
    const { config } = cli.loadConfig();
    const { cwd, now } = cli.io;
    const folder = out === undefined ? join(config.reports, 'inspect') : resolve(cwd, out);
    const loaded = mappings === undefined ? null : loadAgainst(mappings, cwd, config, cli.texts);
    const opened = openSource(config);
    const progress = showInspection(cli);
    try {
      const choice = { tables, sample, now, onProgress: progress.tell };
      const picture = await withInterrupt(cli, (signal) => inspectSource(opened, choice, cli.texts, signal));
      progress.stop();
      const against = loaded === null ? null : comparePlan(picture, { ...loaded, whole: tables === null });
      const lookups = lookupFiles(picture, against, cli.texts.language);
      const files = writePicture(folder, picture, against, lookups, {
        language: cli.texts.language,
        timezone: config.timezone,
      });
      showPicture(cli, picture);
      if (against !== null) showComparison(cli, against);
      cli.line();
      const written = [
        'inspect.html, inspect.json',
        cli.texts.text('inspect.lookups', { count: files.lookups.length }),
      ];
      cli.line(cli.texts.text('inspect.written', { folder, files: written.join(', ') }));
      if (files.kept.length > 0) cli.line(cli.texts.text('inspect.kept', { count: files.kept.length }));
      cli.result({ ...picture, against, files });
      return EXIT_CODES.done;
    } finally {
      progress.stop();
      await opened.source.close();
    }
  },
});

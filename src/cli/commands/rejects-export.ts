import { resolve } from 'node:path';
import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { exportRejects } from '../export-rejects.ts';
import { withRejects } from '../open-rejects.ts';
import { validationConfig } from '../scratch-store.ts';

interface ExportOptions {
  readonly validation?: boolean;
  readonly run?: number;
  readonly entity?: string;
  readonly code?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly withPersonalData?: boolean;
}

/**
 * Writes rejected records to a CSV file, one line a record. Of one entity (`--entity`) each source column is a column of its own; of several the
 * source row is JSON in the last one. With personal data only the owner may read the file.
 */
export const rejectsExport = defineCommand<ExportOptions>({
  name: 'export',
  summary: 'rejects.export',
  examples: [
    'ezd-migrate rejects export',
    'ezd-migrate rejects export --entity sprawa --out "D:\\raporty\\sprawy.csv" --with-personal-data',
  ],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('option.run'), wholeNumber('--run', texts))
      .option('-e, --entity <name>', texts.text('rejects.entity'))
      .option('--code <code>', texts.text('option.code'))
      .option('-o, --out <file>', texts.text('option.out'), 'rejects.csv')
      .option('--force', texts.text('option.force'))
      .option('--validation', texts.text('option.validation'))
      .option('--with-personal-data', texts.text('option.personal'));
  },
  async run(cli, _args, { validation, run: wanted, entity, code, out, force = false, withPersonalData = false }) {
    const { config } = cli.loadConfig();
    const file = resolve(cli.io.cwd, out);
    return withRejects(cli, validation === true ? validationConfig(config) : config, wanted, async (rejects) => {
      const choice = { file, entity, code, force, personal: withPersonalData };
      const count = await exportRejects(cli, rejects, choice);
      cli.line(cli.texts.text('rejects.exported', { count: cli.texts.number(count), file }));
      if (!withPersonalData) cli.note(cli.texts.text('rejects.masked'));
      cli.result({ run: rejects.run, file, rejects: count });
      return EXIT_CODES.done;
    });
  },
});

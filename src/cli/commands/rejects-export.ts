import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { compileProject, openProjectStages, openSource, targetCatalogue } from '../compose.ts';
import { exportRejects } from '../export-rejects.ts';
import { exportSheet, type SheetFile } from '../export-sheet.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { type OpenRejects, withRejects } from '../open-rejects.ts';
import { recordsOfSource } from '../records-of-source.ts';
import { validationConfig } from '../scratch-store.ts';

interface ExportOptions {
  readonly validation?: boolean;
  readonly run?: number;
  readonly entity?: string;
  readonly code?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly withPersonalData?: boolean;
  readonly asCorrections?: boolean;
  readonly findings?: boolean;
}

/**
 * Writes rejected records to a CSV file, one line a record. Of one entity (`--entity`) each source column is a column of its own; of several the
 * source row is JSON in the last one. `--as-corrections`: a sheet of corrections to be filled in. With personal data only the owner may read the file.
 */
export const rejectsExport = defineCommand<ExportOptions>({
  name: 'export',
  summary: 'rejects.export',
  examples: [
    'ezd-migrate rejects export',
    'ezd-migrate rejects export --entity sprawa --out "D:\\raporty\\sprawy.csv" --with-personal-data',
    'ezd-migrate rejects export --validation --as-corrections --findings --out "korekty.csv"',
  ],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('rejects.run'), wholeNumber('--run', texts))
      .option('-e, --entity <name>', texts.text('rejects.entity'))
      .option('--code <code>', texts.text('option.code'))
      .option('-o, --out <file>', texts.text('rejects.out'))
      .option('--force', texts.text('option.force'))
      .option('--as-corrections', texts.text('rejects.asCorrections'))
      .option('--findings', texts.text('rejects.withFindings'))
      .option('--validation', texts.text('option.validation'))
      .option('--with-personal-data', texts.text('option.personal'));
  },
  async run(cli, _args, options) {
    const { validation, run: wanted, entity, code, force = false, withPersonalData: personal = false } = options;
    const { config } = cli.loadConfig();
    const isSheet = options.asCorrections === true;
    if (options.findings === true && !isSheet)
      throw new EzdError('USAGE', cli.texts.text('rejects.findingsNeedCorrections'));
    const file = resolve(cli.io.cwd, options.out ?? (isSheet ? 'corrections-to-fill-in.csv' : 'rejects.csv'));
    return withRejects(cli, validation === true ? validationConfig(config) : config, wanted, async (rejects) => {
      const choice = { file, entity, code, force, personal };
      if (isSheet) return writeSheet(cli, config, rejects, choice, options.findings === true);
      const count = await exportRejects(cli, rejects, choice);
      cli.line(cli.texts.text('rejects.exported', { count: cli.texts.number(count), file }));
      if (!personal) cli.note(cli.texts.text('rejects.masked'));
      cli.result({ run: rejects.run, file, rejects: count });
      return EXIT_CODES.done;
    });
  },
});

/** The plan says which source column a finding is about; findings on loaded records need their rows, which the source has. */
async function writeSheet(
  cli: Cli,
  config: Config,
  rejects: OpenRejects,
  choice: Omit<SheetFile, 'loaded'>,
  findings: boolean,
): Promise<number> {
  const { source } = openSource(config);
  const catalogue = await source.catalogue();
  const { plan } = compileProject(config, catalogue, await targetCatalogue(config, null));
  const stages = openProjectStages(config, plan, catalogue);
  try {
    const { lines, notCorrectable } = await withInterrupt(cli, (signal) => {
      const ports = { source, stages, signal, now: cli.io.now() };
      const loaded: SheetFile['loaded'] = findings ? (wanted) => recordsOfSource(plan, wanted, ports) : null;
      return exportSheet(cli, plan, rejects, { ...choice, loaded });
    });
    const { file, personal } = choice;
    cli.line(cli.texts.text('rejects.sheetWritten', { count: cli.texts.number(lines), file }));
    if (notCorrectable > 0)
      cli.line(cli.texts.text('rejects.notCorrectable', { count: cli.texts.number(notCorrectable) }));
    if (!personal) cli.note(cli.texts.text('rejects.masked'));
    cli.result({ run: rejects.run, file, lines, notCorrectable });
    return EXIT_CODES.done;
  } finally {
    await stages.close();
    await source.close();
  }
}

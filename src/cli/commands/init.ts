import { existsSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PROJECT_FILE } from '../../config/load-config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import { defineCommand, oneOf } from '../command.ts';
import { PROJECT_SOURCES, type ProjectChoice, projectTemplate } from '../project-template.ts';

interface InitOptions extends ProjectChoice {
  readonly force?: boolean;
}

/** Writes a commented project file. */
export const init = defineCommand<InitOptions>({
  name: 'init',
  summary: 'init.summary',
  examples: [
    'ezd-migrate init --office UM-PRZYKLADOWO',
    'ezd-migrate init --office "UM PRZYKŁADOWO" --dump "D:\\zrzut ezd" --target postgres',
    'ezd-migrate init --source mssql --config urzad.yaml',
    'ezd-migrate init --source package --dump "D:\\paczki z eDok"',
  ],
  define(command, texts) {
    command
      .option('--office <name>', texts.text('init.office'), 'URZAD')
      .option(
        '--source <csv|mssql|package>',
        texts.text('init.source'),
        oneOf('--source', PROJECT_SOURCES, texts),
        'csv',
      )
      .option(
        '--target <embedded|postgres>',
        texts.text('init.target'),
        oneOf('--target', ['embedded', 'postgres'], texts),
        'embedded',
      )
      .option('--dump <folder>', texts.text('init.dump'))
      .option('--force', texts.text('option.force'));
  },
  async run(cli, _args, options) {
    const { io, texts } = cli;
    const file = resolve(io.cwd, cli.options.config ?? PROJECT_FILE);
    if (existsSync(file) && options.force !== true) {
      throw new EzdError('USAGE', texts.text('init.exists', { file }), { hint: texts.text('init.existsHint') });
    }
    write(file, projectTemplate(options, texts.language));
    cli.line(texts.text('init.written', { file: basename(file) }));
    cli.line(texts.text('init.next'));
    cli.result({ file });
    return EXIT_CODES.done;
  },
});

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new EzdError('USAGE', cause instanceof Error ? cause.message : String(cause), { subject: file, cause });
  }
}

import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { type ShownReject, shownReject, withRejects } from '../open-rejects.ts';
import { validationConfig } from '../scratch-store.ts';

interface ShowOptions {
  readonly validation?: boolean;
  readonly run?: number;
  readonly withPersonalData?: boolean;
}

/** Shows one rejected record whole. */
export const rejectsShow = defineCommand<ShowOptions>({
  name: 'show <entity> <key>',
  summary: 'rejects.show',
  examples: ['ezd-migrate rejects show sprawa 4711', 'ezd-migrate rejects show uczestnik "12|7" --with-personal-data'],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('rejects.run'), wholeNumber('--run', texts))
      .option('--validation', texts.text('option.validation'))
      .option('--with-personal-data', texts.text('option.personal'));
  },
  async run(cli, [entity = '', key = ''], { validation, run: wanted, withPersonalData = false }) {
    const { config } = cli.loadConfig();
    const { texts } = cli;
    return withRejects(
      cli,
      validation === true ? validationConfig(config) : config,
      wanted,
      async ({ ledger, run, standing }) => {
        const shown: ShownReject[] = [];
        for await (const reject of ledger.rejects(run, { standing, entity, key }))
          shown.push(shownReject(reject, cli, withPersonalData));
        if (shown.length === 0) {
          const hint = texts.text('rejects.unknownHint');
          throw new EzdError('USAGE', texts.text('rejects.unknown', { run, entity, key }), { hint });
        }
        for (const reject of shown) show(cli, reject);
        if (!withPersonalData) cli.note(texts.text('rejects.masked'));
        cli.result({ run, rejects: shown });
        return EXIT_CODES.done;
      },
    );
  },
});

function show(cli: Cli, { entity, key, source, reasons }: ShownReject): void {
  const { texts, style } = cli;
  cli.line(style.bold(`${entity} ${key ?? '–'}`));
  cli.line(texts.text('rejects.reasons'));
  for (const { code, severity, field, value, message, hint } of reasons) {
    const paint = severity === 'error' ? style.red : style.yellow;
    const where = [field, value].filter((part) => part !== undefined).join(' = ');
    cli.line(`  ${paint(code)}  ${message}${where === '' ? '' : `  [${where}]`}`);
    if (hint !== '') cli.line(`    → ${hint}`);
  }
  cli.line(texts.text('rejects.source'));
  const width = Math.max(...Object.keys(source).map((column) => column.length));
  for (const [column, value] of Object.entries(source)) {
    cli.line(`  ${column.padEnd(width)}  ${value === null ? 'NULL' : String(value)}`);
  }
  cli.line();
}

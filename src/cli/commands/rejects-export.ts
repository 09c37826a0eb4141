import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { Translator } from '../../i18n/translator.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { CSV_START, csvLine } from '../csv-line.ts';
import { type ShownReject, shownReject, withRejects } from '../open-rejects.ts';
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
    return withRejects(
      cli,
      validation === true ? validationConfig(config) : config,
      wanted,
      async ({ ledger, run }) => {
        const filter = { ...(entity === undefined ? {} : { entity }), ...(code === undefined ? {} : { code }) };
        const handle = create(file, force, withPersonalData, cli.texts);
        let count = 0;
        try {
          let columns: readonly string[] | null = null;
          for await (const reject of ledger.rejects(run, filter)) {
            const shown = shownReject(reject, cli, withPersonalData);
            if (columns === null) {
              columns = entity === undefined ? [] : Object.keys(shown.source);
              writeSync(handle, CSV_START + csvLine(header(cli.texts, columns)));
            }
            writeSync(handle, csvLine(lineOf(shown, columns)));
            count += 1;
          }
          if (columns === null) writeSync(handle, CSV_START + csvLine(header(cli.texts, [])));
        } finally {
          closeSync(handle);
        }
        cli.line(cli.texts.text('rejects.exported', { count: cli.texts.number(count), file }));
        if (!withPersonalData) cli.note(cli.texts.text('rejects.masked'));
        cli.result({ run, file, rejects: count });
        return EXIT_CODES.done;
      },
    );
  },
});

function create(file: string, force: boolean, personal: boolean, texts: Translator): number {
  try {
    return openSync(file, force ? 'w' : 'wx', personal ? 0o600 : 0o644);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const message = exists
      ? texts.text('init.exists', { file })
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw new EzdError('USAGE', message, {
      subject: file,
      cause,
      ...(exists ? { hint: texts.text('init.existsHint') } : {}),
    });
  }
}

function header(texts: Translator, columns: readonly string[]): string[] {
  const own = (['column.id', 'column.entity', 'column.key', 'column.code', 'column.message'] as const).map((key) =>
    texts.text(key),
  );
  return [...own, ...(columns.length === 0 ? [texts.text('rejects.source')] : columns)];
}

function lineOf({ id, entity, key, reasons, source }: ShownReject, columns: readonly string[]): string[] {
  const codes = reasons.map(({ code }) => code).join(', ');
  const messages = reasons.map(({ message }) => message).join(' ');
  const own = [String(id), entity, key ?? '', codes, messages];
  if (columns.length === 0) return [...own, JSON.stringify(source)];
  const rest = Object.keys(source).some((column) => !columns.includes(column));
  const cells = columns.map((column) => textOf(source[column]));
  return rest ? [...own, ...cells, JSON.stringify(source)] : [...own, ...cells];
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

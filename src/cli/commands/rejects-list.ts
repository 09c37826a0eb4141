import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { type ShownReject, shownReject, withRejects } from '../open-rejects.ts';
import { validationConfig } from '../scratch-store.ts';
import { renderTable } from '../table.ts';

interface ListOptions {
  readonly validation?: boolean;
  readonly run?: number;
  readonly entity?: string;
  readonly code?: string;
  readonly limit: number;
  readonly withPersonalData?: boolean;
}

/** Lists rejected records with their reasons. */
export const rejectsList = defineCommand<ListOptions>({
  name: 'list',
  summary: 'rejects.list',
  examples: ['ezd-migrate rejects list', 'ezd-migrate rejects list --run 12 --entity sprawa --code PARENT_MISSING'],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('rejects.run'), wholeNumber('--run', texts))
      .option('-e, --entity <name>', texts.text('rejects.entity'))
      .option('--code <code>', texts.text('option.code'))
      .option('--limit <rows>', texts.text('rejects.limit'), wholeNumber('--limit', texts), 50)
      .option('--validation', texts.text('option.validation'))
      .option('--with-personal-data', texts.text('option.personal'));
  },
  async run(cli, _args, { validation, run: wanted, entity, code, limit, withPersonalData = false }) {
    const { config } = cli.loadConfig();
    const { texts } = cli;
    return withRejects(
      cli,
      validation === true ? validationConfig(config) : config,
      wanted,
      async ({ ledger, run, standing }) => {
        const filter = {
          standing,
          ...(entity === undefined ? {} : { entity }),
          ...(code === undefined ? {} : { code }),
        };
        const shown: ShownReject[] = [];
        let more = false;
        for await (const reject of ledger.rejects(run, filter)) {
          more = shown.length === limit;
          if (more) break;
          shown.push(shownReject(reject, cli, withPersonalData));
        }
        if (shown.length === 0) cli.line(texts.text('rejects.none', { run }));
        else {
          const titles = (
            ['column.entity', 'column.key', 'column.code', 'column.field', 'column.message'] as const
          ).map((key) => ({ title: texts.text(key) }));
          cli.line(renderTable(titles, shown.flatMap(rowsOf)));
          if (more) cli.line(texts.text('rejects.more'));
          const earlier = shown.filter((reject) => reject.run !== run).length;
          if (earlier > 0) cli.note(texts.text('rejects.earlier', { run, count: texts.number(earlier) }));
        }
        cli.result({ run, rejects: shown.map(({ source, ...reject }) => reject), more });
        return EXIT_CODES.done;
      },
    );
  },
});

/** One line a reason; the record is named in the first one only. */
const rowsOf = ({ entity, key, reasons }: ShownReject): string[][] =>
  reasons.map(({ code, field = '', message }, index) =>
    index === 0 ? [entity, key ?? '–', code, field, message] : ['', '', code, field, message],
  );

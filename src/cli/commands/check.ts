import { EXIT_CODES } from '../../core/errors.ts';
import { formatProblem } from '../../core/format-problem.ts';
import { describeDialect } from '../../sources/csv/dialect.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { compileProject, openProjectLedger, openSource, targetCatalogue } from '../compose.ts';
import { renderTable } from '../table.ts';

/** Checks project file, source and mappings without reading or writing a record. */
export const check = defineCommand<object>({
  name: 'check',
  summary: 'check.summary',
  examples: ['ezd-migrate check', 'ezd-migrate check --config urzad.yaml --json'],
  define() {},
  async run(cli) {
    const { config, warnings: unwise } = cli.loadConfig();
    const opened = openSource(config);
    const catalogue = await opened.source.catalogue();
    const files = (await opened.files()) ?? [];
    const store = await openProjectLedger(config);
    try {
      const { plan, warnings } = compileProject(config, catalogue, await targetCatalogue(config, store));
      showFiles(cli, files);
      for (const warning of warnings) cli.note(cli.noteStyle.yellow(formatProblem(warning, cli.texts.language)));
      const problems = [...unwise, ...warnings];
      const params = { entities: plan.entities.length, tables: catalogue.tables.length, warnings: problems.length };
      cli.line(cli.style.green(cli.texts.text('check.good', params)));
      cli.result({
        office: plan.office,
        planHash: plan.hash,
        entities: plan.entities.map(({ name }) => name),
        files: files.map(({ dialect, ...file }) => ({ ...file, dialect })),
        problems: problems.map((problem) => ({ severity: 'error', ...problem })),
      });
      return EXIT_CODES.done;
    } finally {
      await store?.close();
      await opened.source.close();
    }
  },
});

function showFiles(cli: Cli, files: Awaited<NonNullable<ReturnType<ReturnType<typeof openSource>['files']>>>): void {
  if (files.length === 0) return;
  const { texts } = cli;
  const rows = files.map(({ table, columns, bytes, dialect }) => [
    table,
    texts.number(columns),
    texts.bytes(bytes),
    describeDialect(dialect),
  ]);
  const columns = [
    { title: texts.text('check.table') },
    { title: texts.text('check.columns'), align: 'right' as const },
    { title: texts.text('check.size'), align: 'right' as const },
    { title: texts.text('check.writtenAs') },
  ];
  cli.line(cli.style.bold(texts.text('check.files')));
  cli.line(renderTable(columns, rows));
  cli.line();
}

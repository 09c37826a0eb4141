import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand } from '../command.ts';
import { openProjectLedger } from '../compose.ts';
import { showSignatures } from '../contents-report.ts';
import { projectContentStatus } from '../project-contents.ts';
import { renderTable } from '../table.ts';

/** How many contents are stored, waiting, failed; what was found on them. */
export const contentsStatus = defineCommand<Record<string, never>>({
  name: 'status',
  summary: 'contents.status.summary',
  examples: ['ezd-migrate contents status', 'ezd-migrate contents status --json'],
  define() {},
  async run(cli) {
    const { texts } = cli;
    const { config } = cli.loadConfig();
    const store = await openProjectLedger(config);
    try {
      const status = store === null ? null : await projectContentStatus(store, config.office);
      cli.result(status ?? { stored: 0, failed: 0, waiting: 0 });
      if (status === null) {
        cli.line(texts.text('contents.nothing'));
        return EXIT_CODES.done;
      }
      const { stored, failed, waiting, verified, files } = status;
      const numbers = { stored, failed, waiting, verified, files };
      const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, texts.number(value)]));
      const sizes = { bytes: texts.bytes(status.bytes), fileBytes: texts.bytes(status.fileBytes) };
      cli.line(texts.text('contents.state', { ...shown, ...sizes }));
      cli.line();
      showSignatures(
        cli,
        status.signatures.map(({ kind, count }) => [kind, count]),
      );
      if (status.findings.length > 0) {
        const titles = [
          { title: texts.text('column.severity') },
          { title: texts.text('column.code') },
          { title: texts.text('column.count'), align: 'right' as const },
        ];
        const rows = status.findings.map(({ severity, code, count }) => [
          texts.text(`severity.${severity}`),
          code,
          texts.number(count),
        ]);
        cli.line(renderTable(titles, rows));
      }
      return EXIT_CODES.done;
    } finally {
      await store?.close();
    }
  },
});

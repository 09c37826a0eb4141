import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { openProjectStore } from '../compose.ts';
import { contentsObject, copyProgress, showCopy } from '../contents-report.ts';
import { copyOfProject } from '../copy-of-project.ts';
import { withInterrupt } from '../on-interrupt.ts';

interface CopyFlags {
  readonly jobs?: number;
  readonly bandwidth?: number;
  readonly minFree?: number;
}

/** Copies the bytes of everything that is loaded; goes on where an earlier copy stopped. */
export const contentsCopy = defineCommand<CopyFlags>({
  name: 'copy',
  summary: 'contents.copy.summary',
  logged: 'contents copy',
  examples: [
    'ezd-migrate contents copy',
    'ezd-migrate contents copy --jobs 8 --bandwidth 50',
    'ezd-migrate contents copy --json > contents.json',
  ],
  define(command, texts) {
    command
      .option('-j, --jobs <number>', texts.text('contents.jobs'), wholeNumber('--jobs', texts))
      .option('--bandwidth <MB/s>', texts.text('contents.bandwidth'), wholeNumber('--bandwidth', texts))
      .option('--min-free <GB>', texts.text('contents.minFree'), wholeNumber('--min-free', texts));
  },
  async run(cli, _args, flags) {
    const { config } = cli.loadConfig();
    const store = await openProjectStore(config);
    try {
      const { run, counts } = await withInterrupt(cli, (signal) =>
        copyOfProject(cli, config, store, { ...flags, signal, onProgress: copyProgress(cli) }),
      );
      const findings = await store.ledger.countFindings(run);
      showCopy(cli, run, counts, findings);
      cli.result(contentsObject({ run, counts, findings }));
      return findings.some(({ severity }) => severity === 'error') ? EXIT_CODES.findings : EXIT_CODES.done;
    } finally {
      await store.close();
    }
  },
});

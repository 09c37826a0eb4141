import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand, percentage, wholeNumber } from '../command.ts';
import { openProjectStore } from '../compose.ts';
import { storeFolder } from '../contents-folders.ts';
import { contentsActor } from '../copy-of-project.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { verifyProjectContents } from '../project-contents.ts';
import { showFindings } from '../run-report.ts';

interface VerifyFlags {
  readonly sample?: number;
  readonly jobs?: number;
  readonly bandwidth?: number;
}

/** Reads the store back and compares every file with its digest. */
export const contentsVerify = defineCommand<VerifyFlags>({
  name: 'verify',
  summary: 'contents.verify.summary',
  logged: 'contents verify',
  examples: ['ezd-migrate contents verify', 'ezd-migrate contents verify --sample 10%'],
  define(command, texts) {
    command
      .option('--sample <percent>', texts.text('contents.sample'), percentage('--sample', texts))
      .option('-j, --jobs <number>', texts.text('contents.jobs'), wholeNumber('--jobs', texts))
      .option('--bandwidth <MB/s>', texts.text('contents.bandwidth'), wholeNumber('--bandwidth', texts));
  },
  async run(cli, _args, { sample, jobs, bandwidth }) {
    const { config } = cli.loadConfig();
    const { texts } = cli;
    const { root } = storeFolder(cli, config);
    const store = await openProjectStore(config);
    try {
      const { run, counts } = await withInterrupt(cli, (signal) =>
        verifyProjectContents(store, contentsActor(config), {
          storeRoot: root,
          signal,
          ...(sample === undefined ? {} : { share: sample / 100 }),
          ...(jobs === undefined ? {} : { jobs }),
          ...(bandwidth === undefined ? {} : { bandwidth: bandwidth * 1e6 }),
        }),
      );
      const findings = await store.ledger.countFindings(run);
      if (findings.length > 0) showFindings(cli, findings);
      const { checked, good, notSampled, contentsLost, bytesRead } = counts;
      const numbers = { checked, good, notSampled, contentsLost };
      const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, texts.number(value)]));
      cli.line(texts.text('contents.verified', { run, bytes: texts.bytes(bytesRead), ...shown }));
      if (contentsLost > 0) cli.line(texts.text('contents.copyAgain', shown));
      cli.result({ run, ...counts, findings });
      return contentsLost > 0 ? EXIT_CODES.findings : EXIT_CODES.done;
    } finally {
      await store.close();
    }
  },
});

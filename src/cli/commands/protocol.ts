import { join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { RunState } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber } from '../command.ts';
import { openProjectStore, projectStoreIsThere } from '../compose.ts';
import { makeProtocol } from '../make-protocol.ts';
import type { Store } from '../open-store.ts';
import { protocolVerify } from './protocol-verify.ts';

interface ProtocolOptions {
  readonly out?: string;
}

/** Writes what an office files about a run: the protocol as a page for printing and as JSON, with the lists that it names by hash. */
export const protocol = {
  ...defineCommand<ProtocolOptions>({
    name: 'protocol [run]',
    summary: 'protocol.summary',
    examples: ['ezd-migrate protocol', 'ezd-migrate protocol 12 --out "D:\\protokol"', 'ezd-migrate protocol verify'],
    define(command, texts) {
      command.option('-o, --out <folder>', texts.text('protocol.out'));
    },
    async run(cli, [wanted], { out }) {
      const { config } = cli.loadConfig();
      const number = wanted === undefined ? null : wholeNumber('RUN', cli.texts)(wanted);
      if (!(await projectStoreIsThere(config))) throw nothingYet(cli);
      const store = await openProjectStore(config);
      try {
        const run = await findRun(cli, config, store, number);
        const folder = out === undefined ? join(config.reports, folderName(run)) : resolve(cli.io.cwd, out);
        const { chain, ...made } = await makeProtocol(cli, config, store, run, folder);
        cli.line(cli.texts.text('protocol.written', { run: run.id, folder }));
        if (chain.head !== null) cli.line(cli.texts.text('protocol.head', { ...chain.head }));
        const touched = chain.problems.length > 0;
        if (touched) cli.line(cli.style.red(cli.texts.text('verify.bad')));
        cli.result({ ...made, chain, folder });
        return touched ? EXIT_CODES.differences : EXIT_CODES.done;
      } finally {
        await store.close();
      }
    },
  }),
  children: [protocolVerify],
};

const folderName = ({ id }: RunState): string => `protokol-${String(id).padStart(6, '0')}`;

const nothingYet = ({ texts }: Cli): EzdError =>
  new EzdError('USAGE', texts.text('protocol.none'), { hint: texts.text('status.noneHint') });

/** The run of that number, else the newest finished one that read records. */
async function findRun(cli: Cli, { office }: Config, { ledger }: Store, number: number | null): Promise<RunState> {
  const { texts } = cli;
  if (number === null) {
    const runs = await ledger.listRuns(office, 100);
    const newest = runs.find(({ entities, status }) => entities.length > 0 && status === 'finished');
    if (newest === undefined) throw nothingYet(cli);
    return newest;
  }
  const run = await ledger.getRun(office, number);
  const hint = texts.text('usage.help', { command: 'status ' });
  if (run === null) throw new EzdError('USAGE', texts.text('status.noRun', { run: number }), { hint });
  if (run.status !== 'finished' && run.status !== 'rolled-back')
    throw new EzdError('USAGE', texts.text('protocol.open', { run: number }), { hint });
  return run;
}

import { resolve } from 'node:path';
import { EXIT_CODES } from '../../core/errors.ts';
import { type ChainState, verifyChain } from '../../ledger/verify-chain.ts';
import { chainText } from '../../report/protocol/chain-text.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, words } from '../command.ts';
import { openProjectStore, projectStoreIsThere } from '../compose.ts';
import type { Store } from '../open-store.ts';
import { type FiledProtocol, readProtocol } from '../read-protocol.ts';

interface VerifyOptions {
  readonly against?: readonly string[];
}

/** Tells whether the history of runs is as it was recorded, and as filed protocols say. */
export const protocolVerify = defineCommand<VerifyOptions>({
  name: 'verify',
  summary: 'verify.summary',
  examples: [
    'ezd-migrate protocol verify',
    'ezd-migrate protocol verify --against raporty/protokol-000012/protokol.json',
    'ezd-migrate protocol verify --json',
  ],
  define(command, texts) {
    command.option('--against <files...>', texts.text('verify.against'), words);
  },
  async run(cli, _args, { against = [] }) {
    const { config } = cli.loadConfig();
    const filed: FiledProtocol[] = [];
    for (const file of against) filed.push(await readProtocol(cli, resolve(cli.io.cwd, file), config.office));
    const state = await stateOf(config, filed);
    const lists = filed.flatMap(({ changedLists }) => changedLists);
    tell(cli, state, lists);
    return state.problems.length + lists.length === 0 ? EXIT_CODES.done : EXIT_CODES.differences;
  },
});

const NOTHING: ChainState = { records: 0, head: null, compared: 0, rolledBack: [], problems: [] };

async function stateOf(
  config: Parameters<typeof openProjectStore>[0],
  filed: readonly FiledProtocol[],
): Promise<ChainState> {
  const anchors = filed.flatMap(({ file, heads }) => heads.map((head) => ({ ...head, file })));
  if (!(await projectStoreIsThere(config)))
    return { ...NOTHING, problems: anchors.map(({ number, file }) => ({ kind: 'anchorDiffers', number, file })) };
  const store = await openProjectStore(config);
  try {
    return await chainOf(store, { office: config.office, runs: null, anchors });
  } finally {
    await store.close();
  }
}

/** The chain of an opened store. */
export async function chainOf(store: Store, options: Parameters<typeof verifyChain>[2]): Promise<ChainState> {
  const session = await store.pool.session();
  try {
    return await verifyChain(session, `"${store.ledgerSchema}"`, options);
  } finally {
    await session.release();
  }
}

function tell(cli: Cli, state: ChainState, lists: readonly string[]): void {
  const { texts, style } = cli;
  const { records, compared, problems, head, rolledBack } = state;
  if (problems.length + lists.length > 0) {
    cli.line(style.red(texts.text('verify.bad')));
    for (const problem of problems) cli.line(`  ${chainText(problem)[texts.language]}`);
    for (const file of lists) cli.line(`  ${texts.text('verify.listDiffers', { file })}`);
  } else if (records === 0) cli.line(texts.text('verify.empty'));
  else
    cli.line(
      style.green(texts.text('verify.good', { records: texts.number(records), compared: texts.number(compared) })),
    );
  if (rolledBack.length > 0) cli.line(texts.text('verify.rolledBack', { runs: rolledBack.join(', ') }));
  if (head !== null) cli.line(texts.text('protocol.head', { ...head }));
  cli.result({ ...state, changedLists: lists });
}

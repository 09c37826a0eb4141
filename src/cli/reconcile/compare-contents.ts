import type { Config } from '../../config/config.ts';
import type { ReconciledContents, ReconciledDifference } from '../../ledger/reconcile-record.ts';
import type { SqlSession } from '../../write/session.ts';
import type { Cli } from '../cli.ts';
import { storeFolder } from '../contents-folders.ts';
import { contentsActor } from '../copy-of-project.ts';
import type { Store } from '../open-store.ts';
import { projectContentStatus, verifyProjectContents } from '../project-contents.ts';

export interface ContentsComparison {
  readonly numbers: ReconciledContents;
  readonly differences: readonly ReconciledDifference[];
}

/** Share of the store that `--contents sample` reads when `--sample` says nothing else. */
const SHARE = 0.1;

/**
 * Compares contents by hash: the bytes in the store with the journal (a run `contents-verify` of its own), the journal with what the records of the store say, and
 * every record with the journal. What a copy could not bring has its finding and is accounted for.
 */
export async function compareContents(
  cli: Cli,
  config: Config,
  store: Store,
  choice: {
    readonly all: boolean;
    readonly percent: number | null;
    readonly limit: number;
    readonly signal: AbortSignal;
  },
): Promise<ContentsComparison> {
  const { root } = storeFolder(cli, config);
  const share = choice.all ? 1 : choice.percent === null ? SHARE : choice.percent / 100;
  const seed = Math.floor(cli.io.now() / 86_400_000);
  const { counts } = await verifyProjectContents(store, contentsActor(config), {
    storeRoot: root,
    signal: choice.signal,
    share,
    seed,
  });
  const { waiting, failed } = await projectContentStatus(store, config.office);
  const session = await store.pool.session();
  try {
    const differences = [
      ...(await damaged(session, store, config.office, choice.limit)),
      ...(await mislabelled(session, store, config.office, choice.limit)),
    ];
    const { checked, good, notSampled } = counts;
    const accounted = Math.max(0, failed - differences.filter(({ codes }) => codes.length > 0).length);
    return { numbers: { checked, good, notSampled, waiting, failed: accounted }, differences };
  } finally {
    await session.release();
  }
}

interface Damaged {
  content_id: string;
  document_key: string | null;
  problem: string;
  run_id: number;
}

/** Bytes that were stored and are not what they were; until a copy has brought them anew. */
async function damaged(
  session: SqlSession,
  { ledgerSchema }: Store,
  office: string,
  limit: number,
): Promise<ReconciledDifference[]> {
  const rows = await session.query<Damaged>(
    `SELECT content_id, document_key, problem, run_id FROM "${ledgerSchema}".content
     WHERE office = $1 AND status = 'failed' AND problem LIKE 'CONTENT\\_STORE\\_%' ORDER BY content_id LIMIT ${limit}`,
    [office],
  );
  return rows.map(({ content_id, document_key, problem, run_id }) => ({
    ...onDocument(content_id, document_key, run_id),
    fields: [{ field: 'tresc', source: content_id, target: null }],
    codes: [problem],
  }));
}

interface Mislabelled {
  content_id: string;
  document_key: string | null;
  run_id: number;
  expected: string;
  found: string | null;
}

/** Records of the store that name other bytes than the journal. */
async function mislabelled(
  session: SqlSession,
  { ledgerSchema, schema }: Store,
  office: string,
  limit: number,
): Promise<ReconciledDifference[]> {
  const rows = await session.query<Mislabelled>(
    `SELECT c.content_id, c.document_key, c.run_id, c.sha256 AS expected, t.sha256 AS found
     FROM "${ledgerSchema}".content c JOIN "${schema}".tresc t ON t.id_zrodla = c.content_id
     WHERE c.office = $1 AND c.status = 'stored' AND (t.sha256 IS DISTINCT FROM c.sha256 OR t.rozmiar_zmierzony IS DISTINCT FROM c.size)
     ORDER BY c.content_id LIMIT ${limit}`,
    [office],
  );
  return rows.map(({ content_id, document_key, run_id, expected, found }) => ({
    ...onDocument(content_id, document_key, run_id),
    fields: [{ field: 'sha256', source: expected, target: found }],
    codes: [],
  }));
}

const onDocument = (content: string, document: string | null, run: number) => ({
  entity: document === null ? 'tresc' : 'dokument',
  kind: 'content',
  cause: 'target',
  key: document ?? content,
  id: null,
  run,
});

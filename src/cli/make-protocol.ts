import { hostname, userInfo } from 'node:os';
import type { Config } from '../config/config.ts';
import { EzdError } from '../core/errors.ts';
import type { RunState } from '../ledger/ledger.ts';
import { latestReconcile } from '../ledger/reconcile-record.ts';
import { type RunRecord, readRunRecord } from '../ledger/run-record.ts';
import type { ChainHead } from '../ledger/verify-chain.ts';
import { buildReport } from '../report/build-report.ts';
import { collectCorrections } from '../report/collect-corrections.ts';
import { buildProtocol } from '../report/protocol/build-protocol.ts';
import { contentSums, MANIFEST_COLUMNS, manifestLines } from '../report/protocol/contents-manifest.ts';
import { countByUnit } from '../report/protocol/count-by-unit.ts';
import type { Protocol, ProtocolContents, ProtocolReconcile, SideFile } from '../report/protocol/protocol-model.ts';
import { protocolPage } from '../report/protocol/protocol-page.ts';
import { REJECTED_COLUMNS, rejectedLines } from '../report/protocol/rejected-lines.ts';
import { writeSideFile } from '../report/protocol/side-file.ts';
import { openReportFolder, type ReportFolder } from '../report/render/report-folder.ts';
import { CODES, personalKindOf } from '../validate/catalogue.ts';
import type { SqlSession } from '../write/session.ts';
import type { Cli } from './cli.ts';
import { chainOf } from './commands/protocol-verify.ts';
import { reportRequest } from './make-report.ts';
import type { Store } from './open-store.ts';
import { programVersion } from './program-version.ts';

/** Makes the protocol of a closed run and writes it: lists first, `protokol.json` last, so where that is, everything is. */
export async function makeProtocol(
  cli: Cli,
  config: Config,
  store: Store,
  run: RunState,
  path: string,
): Promise<Protocol> {
  const { language } = cli.texts;
  const { model } = await buildReport(store, {
    ...reportRequest(cli, config, run),
    ...(await collectCorrections(store.ledger, run, false)),
    kind: 'run',
    personal: false,
  });
  const folder = await openReportFolder(path, { language, personal: false });
  const rejectedList = await writeSideFile(
    folder,
    'odrzucone.csv',
    REJECTED_COLUMNS,
    rejectedLines(store.ledger, run.id, CODES, personalKindOf),
  );
  const { record, place, contents, reconcile } = await within(store, async (session) => ({
    ...(await recordOf(cli, session, store, run)),
    reconcile: await reconcileAfter(session, store, run),
    contents: await writeManifest(session, store, config.office, folder),
  }));
  const protocol = buildProtocol({
    model,
    record,
    place,
    chain: await chainOf(store, { office: config.office, runs: null, anchors: [] }),
    counts: await countByUnit(store),
    rejectedList,
    contents,
    reconcile,
    madeBy: { user: userInfo().username, host: hostname(), toolVersion: programVersion() },
  });
  await write(folder, 'protokol.html', protocolPage(protocol, language));
  await write(folder, 'protokol.json', `${JSON.stringify(protocol, null, 2)}\n`);
  return protocol;
}

/** The office's newest whole comparison, when it compared what this run or a later one had loaded. */
async function reconcileAfter(
  session: SqlSession,
  { ledgerSchema }: Store,
  { id, office }: RunState,
): Promise<ProtocolReconcile | null> {
  const found = await latestReconcile(session, `"${ledgerSchema}"`, office, { whole: true });
  if (found === null || (found.lastRun ?? 0) < id) return null;
  return {
    id: found.id,
    startedAt: found.startedAt.toISOString(),
    finishedAt: found.finishedAt.toISOString(),
    lastRun: found.lastRun,
    equal: found.equal,
    entities: found.entities.map(({ entity, expected, rows, missing, extra, value, moved, content }) => ({
      entity,
      expected,
      rows,
      differences: missing + extra + value + moved + content,
    })),
  };
}

async function write(folder: ReportFolder, name: string, text: string): Promise<void> {
  const file = await folder.create(name);
  await file.write(text);
  await file.close();
}

async function within<T>({ pool }: Store, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await pool.session();
  try {
    return await work(session);
  } finally {
    await session.release();
  }
}

/** The newest record of the run in the chain, and its place there. */
async function recordOf(
  { texts }: Cli,
  session: SqlSession,
  { ledgerSchema }: Store,
  { id, office }: RunState,
): Promise<{ readonly record: RunRecord; readonly place: ChainHead }> {
  const ledger = `"${ledgerSchema}"`;
  const [row] = await session.query<ChainHead & { record: string }>(
    `SELECT number, record_hash AS hash, record FROM ${ledger}.run_record WHERE office = $1 AND run_id = $2 ORDER BY number DESC LIMIT 1`,
    [office, id],
  );
  if (row === undefined) throw new EzdError('USAGE', texts.text('protocol.open', { run: id }));
  const { record, ...place } = row;
  return { record: parse(record) ?? (await readRunRecord(session, ledger, id))!, place };
}

/** The record's own text; null when somebody made something else of it, which the chain tells. */
function parse(text: string): RunRecord | null {
  try {
    const record = JSON.parse(text) as RunRecord | null;
    return Array.isArray(record?.entities) ? record : null;
  } catch {
    return null;
  }
}

async function writeManifest(
  session: SqlSession,
  { ledgerSchema }: Store,
  office: string,
  folder: ReportFolder,
): Promise<ProtocolContents | null> {
  const ledger = `"${ledgerSchema}"`;
  const sums = await contentSums(session, ledger, office);
  if (sums === null) return null;
  const manifest: SideFile = await writeSideFile(
    folder,
    'tresci.csv',
    MANIFEST_COLUMNS,
    manifestLines(session, ledger, office),
  );
  return { ...sums, manifest };
}

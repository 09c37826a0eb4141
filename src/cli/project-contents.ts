import { join } from 'node:path';
import type { ContentItem } from '../contents/content.ts';
import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import { type ContentStatus, readContentStatus } from '../contents/content-status.ts';
import { type CopyOptions, copyContents } from '../contents/copy-contents.ts';
import type { CopyCounts } from '../contents/copy-counts.ts';
import type { ContentJournal } from '../contents/journal.ts';
import { type PairCounts, pairSignatures } from '../contents/pair-signatures.ts';
import { openSqlJournal } from '../contents/sql-journal.ts';
import { storeItems } from '../contents/store-items.ts';
import { type VerifyCounts, type VerifyOptions, verifyContents } from '../contents/verify-contents.ts';
import { EzdError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { applyPolicy, type RulePolicy } from '../core/policy.ts';
import { createLedgerNames } from '../write/postgres/ledger-names.ts';
import type { SqlSession } from '../write/session.ts';
import type { Store } from './open-store.ts';

/** For whom it is done, and who does it, for the ledger. */
export interface ContentsActor {
  readonly office: string;
  /** What the office decided about codes; contents obey it as rules do. */
  readonly policy: RulePolicy;
  readonly toolVersion: string;
  readonly host: string;
  readonly user: string;
}

/** What became of a phase that the ledger keeps as a run of its own. */
export interface ContentsRun<Counts> {
  readonly run: number;
  readonly counts: Counts;
}

export type ProjectCopyOptions = Omit<CopyOptions, 'items' | 'journal'> & {
  readonly timezone: string;
  /** Changes items on their way from the store to the copy. */
  readonly through?: (items: AsyncIterable<ContentItem>) => AsyncIterable<ContentItem>;
};
export interface CopiedContents extends CopyCounts {
  readonly pairs: PairCounts;
}

/** Copies the contents of everything that is loaded, then pairs detached signatures. A run `contents` of the ledger; an unfinished one is gone on with. */
export function copyProjectContents(
  store: Store,
  actor: ContentsActor,
  options: ProjectCopyOptions,
): Promise<ContentsRun<CopiedContents>> {
  return asRun(store, actor, 'contents', async (session, journal) => {
    const listed = storeItems(session, { schema: store.schema, timezone: options.timezone });
    const items = options.through?.(listed) ?? listed;
    const counts = await copyContents({ ...options, items, journal });
    return { ...counts, pairs: await pairSignatures(journal, options.signal) };
  });
}

/** Reads the store back. A run `contents-verify` of the ledger. */
export function verifyProjectContents(
  store: Store,
  actor: ContentsActor,
  options: Omit<VerifyOptions, 'journal'>,
): Promise<ContentsRun<VerifyCounts>> {
  return asRun(store, actor, 'contents-verify', (_, journal) => verifyContents({ ...options, journal }));
}

export async function projectContentStatus(store: Store, office: string): Promise<ContentStatus> {
  const session = await store.pool.session();
  try {
    return await readContentStatus(session, { office, ledgerSchema: store.ledgerSchema, schema: store.schema });
  } finally {
    await session.release();
  }
}

/** Where values of binary columns are spooled. Beside the temporary files of the copy, not among them: these are cleared when it begins. */
export const spoolFolder = (storeRoot: string): string => join(storeRoot, 'values');

async function asRun<Counts>(
  store: Store,
  actor: ContentsActor,
  command: string,
  work: (session: SqlSession, journal: ContentJournal) => Promise<Counts>,
): Promise<ContentsRun<Counts>> {
  const { ledger } = store;
  const unlock = await ledger.lock(actor.office);
  try {
    const run = await beginRun(store, actor, command);
    try {
      const counts = await withJournal(store, actor, run, work);
      await ledger.finishRun(run, 'finished');
      return { run, counts };
    } catch (error) {
      const interrupted = error instanceof EzdError && error.code === 'INTERRUPTED';
      const failure = error instanceof Error ? error.message : String(error);
      await ledger.finishRun(run, interrupted ? 'interrupted' : 'failed', failure).catch(() => undefined);
      throw error;
    }
  } finally {
    await unlock();
  }
}

async function beginRun({ ledger }: Store, actor: ContentsActor, command: string): Promise<number> {
  const options = { entities: null, units: null, limit: null };
  const unfinished = await ledger.findUnfinished(actor.office, command, options);
  if (unfinished !== null) return unfinished.id;
  const { office, toolVersion, host, user } = actor;
  const request = { office, toolVersion, host, user, command, options, planHash: '', entities: [] };
  const { id } = await ledger.createRun(request);
  return id;
}

async function withJournal<Counts>(
  store: Store,
  { office, policy }: ContentsActor,
  run: number,
  work: (session: SqlSession, journal: ContentJournal) => Promise<Counts>,
): Promise<Counts> {
  const session = await store.pool.session();
  let broken = true;
  try {
    const names = createLedgerNames(office, store.ledgerSchema);
    const entities = Object.values(CONTENT_ENTITIES);
    await names.ensure(session, entities);
    const journal = openSqlJournal(session, {
      office,
      run,
      ledgerSchema: store.ledgerSchema,
      entityIds: new Map(entities.map((entity) => [entity, names.id(entity)])),
      target: { schema: store.schema, table: 'tresc', entity: CONTENT_ENTITIES.content },
    });
    const result = await work(session, underPolicy(journal, policy));
    broken = false;
    return result;
  } catch (error) {
    // A stop of our own leaves the connection as it was.
    broken = !(error instanceof EzdError);
    throw error;
  } finally {
    await session.release(broken);
  }
}

/** The journal, told only what the office wants to hear: codes that are off are left out, severities are the office's. */
function underPolicy(journal: ContentJournal, policy: RulePolicy): ContentJournal {
  const heard = (findings: readonly Finding[]): readonly Finding[] =>
    findings.flatMap((finding) => applyPolicy(finding, policy) ?? []);
  return {
    ...journal,
    record: (records, findings) => journal.record(records, heard(findings)),
    recordVerified: (results, findings) => journal.recordVerified(results, heard(findings)),
    notePairs: (records, findings) => journal.notePairs(records, heard(findings)),
  };
}

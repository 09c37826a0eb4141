import type { SqlSession } from '../write/session.ts';
import type { ChainProblem } from './chain-problem.ts';
import { recordHash } from './chain-record.ts';
import { compareRecord, type Recorded } from './compare-record.ts';
import { readRunRecord } from './run-record.ts';

/** A record's place in the chain; what a filed protocol keeps. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

export interface ChainState {
  readonly records: number;
  /** Newest record; null: nothing was recorded yet. */
  readonly head: ChainHead | null;
  /** Runs whose rows were compared with their record. */
  readonly compared: number;
  /** Runs that were rolled back since their record was made. */
  readonly rolledBack: readonly number[];
  /** Empty: nobody touched what the chain covers. */
  readonly problems: readonly ChainProblem[];
}

export interface VerifyOptions {
  readonly office: string;
  /** Compares the rows of these runs only; null: of all. The links of the chain are always checked. */
  readonly runs: readonly number[] | null;
  /** Heads that filed protocols name. */
  readonly anchors: readonly (ChainHead & { readonly file: string })[];
}

interface Link {
  readonly number: number;
  readonly run: number;
  readonly record: string;
  readonly previous: string | null;
  readonly hash: string;
}

const PAGE = 200;

/** Checks the office's chain: that it has no gap, that every link holds, and that the rows of the ledger still say what was recorded. Reads only. */
export async function verifyChain(session: SqlSession, s: string, options: VerifyOptions): Promise<ChainState> {
  const { office, runs } = options;
  const problems: ChainProblem[] = [];
  const newest = new Map<number, number>();
  const anchors = new Set(options.anchors);
  let [before, records]: [Link | null, number] = [null, 0];
  for await (const link of readLinks(session, s, office)) {
    problems.push(...checkLink(link, before));
    for (const anchor of anchors)
      if (anchor.number === link.number && anchor.hash === link.hash) anchors.delete(anchor);
    newest.set(link.run, link.number);
    records += 1;
    before = link;
  }
  problems.push(...(await unrecordedRuns(session, s, office, newest)));
  const wanted = [...newest].filter(([run]) => runs === null || runs.includes(run));
  const rolledBack: number[] = [];
  let compared = 0;
  for (const [run, number] of wanted) {
    const outcome = await compareRun(session, s, { office, run, number });
    problems.push(...outcome.problems);
    if (outcome.rolledBack) rolledBack.push(run);
    if (outcome.compared) compared += 1;
  }
  for (const { file, number } of anchors) problems.push({ kind: 'anchorDiffers', number, file });
  return { records, head: before === null ? null : headOf(before), compared, rolledBack, problems };
}

const headOf = ({ number, hash }: Link): ChainHead => ({ number, hash });

function checkLink({ number, run, record, previous, hash }: Link, before: Link | null): ChainProblem[] {
  const problems: ChainProblem[] = [];
  for (let gone = (before?.number ?? 0) + 1; gone < number && problems.length < 100; gone += 1)
    problems.push({ kind: 'recordMissing', number: gone });
  if (problems.length === 0 && previous !== (before?.hash ?? null)) problems.push({ kind: 'linkBroken', number, run });
  if (hash !== recordHash(previous, record) || parse(record)?.run !== run)
    problems.push({ kind: 'recordChanged', number, run });
  return problems;
}

function parse(record: string): Recorded | null {
  try {
    return JSON.parse(record) as Recorded | null;
  } catch {
    return null;
  }
}

async function* readLinks(session: SqlSession, s: string, office: string): AsyncGenerator<Link> {
  let after = 0;
  for (;;) {
    const page = await session.query<Link>(
      `SELECT number, run_id AS run, record, previous_hash AS previous, record_hash AS hash FROM ${s}.run_record
       WHERE office = $1 AND number > $2 ORDER BY number LIMIT ${PAGE}`,
      [office, after],
    );
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.number;
  }
}

/** Runs without a record that should have one: finished ones, and any that is older than a recorded one. */
async function unrecordedRuns(
  session: SqlSession,
  s: string,
  office: string,
  recorded: ReadonlyMap<number, number>,
): Promise<ChainProblem[]> {
  const newest = Math.max(0, ...recorded.keys());
  const rows = await session.query<{ run: number; status: string }>(
    `SELECT id AS run, status FROM ${s}.run r WHERE office = $1 AND NOT EXISTS
       (SELECT 1 FROM ${s}.run_record c WHERE c.office = $1 AND c.run_id = r.id) ORDER BY id LIMIT 1000`,
    [office],
  );
  return rows
    .filter(({ run, status }) => run < newest || status === 'finished')
    .map(({ run }) => ({ kind: 'runUnrecorded', run }));
}

interface Outcome {
  readonly problems: readonly ChainProblem[];
  readonly compared: boolean;
  readonly rolledBack: boolean;
}
const NOTHING: Outcome = { problems: [], compared: false, rolledBack: false };

/** Compares a run's rows with its newest record; not those of the office's last run while it may still be gone on with. */
async function compareRun(
  session: SqlSession,
  s: string,
  { office, run, number }: { office: string; run: number; number: number },
): Promise<Outcome> {
  const [row] = await session.query<{ record: string; open: boolean }>(
    `SELECT c.record, NOT EXISTS (SELECT 1 FROM ${s}.run r WHERE r.office = $1 AND r.id > c.run_id) AS open
     FROM ${s}.run_record c WHERE c.office = $1 AND c.number = $2`,
    [office, number],
  );
  const recorded = row === undefined ? null : parse(row.record);
  // A record that is no JSON any more was told of as changed.
  if (row === undefined || recorded === null || recorded.run !== run) return NOTHING;
  if (row.open && recorded.status !== 'finished') return NOTHING;
  const now = await readRunRecord(session, s, run);
  if (now === null) return { ...NOTHING, problems: [{ kind: 'runMissing', number, run }], compared: true };
  const rolledBack = now.status === 'rolled-back' && recorded.status !== 'rolled-back';
  return { problems: compareRecord(recorded, now), compared: true, rolledBack };
}

import type { Config } from '../config/config.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import { EzdError } from '../core/errors.ts';
import { isTargetId, SIGN, subjectOfId, subjectOfKey, subjectsOfSign } from '../history/find-subject.ts';
import { readHistory } from '../history/read-history.ts';
import type { RecordHistory, Subject } from '../history/record-history.ts';
import { allPlaces, type Place } from '../rollback/read-places.ts';
import { quoted } from '../write/postgres/ledger-names.ts';
import { withSession } from '../write/postgres/postgres-target.ts';
import type { SqlSession } from '../write/session.ts';
import type { Cli } from './cli.ts';
import { openProjectStore } from './compose.ts';
import { knownPlaces } from './known-places.ts';

/** Cases of one sign that are shown. */
const SAME_SIGN = 5;

/**
 * The records that words name: entity and key, a case sign, or a target id. None: a sign that nobody knows. Values are raw. Throws USAGE.
 */
export async function readHistories(
  cli: Cli,
  config: Config,
  record: string,
  key: string | undefined,
): Promise<readonly RecordHistory[]> {
  const store = await openProjectStore(config);
  const { office } = config;
  const s = quoted(store.ledgerSchema);
  try {
    return await withSession(store.pool, async (session) => {
      const known = knownPlaces(config);
      const places = await allPlaces(session, s, office, known);
      const names = [...new Set([...(await entityNames(session, s, office)), ...known.map(({ entity }) => entity)])];
      const subjects = await subjectsOf(cli, session, { s, office, places, names, record, key });
      const all: RecordHistory[] = [];
      for (const subject of subjects) all.push(await readHistory(session, { s, office, places }, subject));
      return all;
    });
  } finally {
    await store.close();
  }
}

async function entityNames(session: SqlSession, s: string, office: string): Promise<readonly string[]> {
  const rows = await session.query<{ name: string }>(`SELECT name FROM ${s}.entity WHERE office = $1 ORDER BY id`, [
    office,
  ]);
  return rows.map(({ name }) => name);
}

interface Words {
  readonly s: string;
  readonly office: string;
  readonly places: readonly Place[];
  /** Entities of ledger and mappings. */
  readonly names: readonly string[];
  readonly record: string;
  readonly key: string | undefined;
}

async function subjectsOf(
  { texts }: Cli,
  session: SqlSession,
  { s, office, places, names, record, key }: Words,
): Promise<readonly Subject[]> {
  if (key !== undefined) {
    if (names.includes(record)) return [subjectOfKey(office, record, key)];
    const near = didYouMean(record, names);
    const meant = near === null ? '' : `${texts.text('usage.didYouMean', { word: near })} `;
    const hint = `${meant}${texts.text('usage.allowed', { allowed: names.join(', ') })}`;
    throw new EzdError('USAGE', texts.text('history.unknownEntity', { entity: record }), { hint });
  }
  if (names.includes(record)) {
    const hint = texts.text('history.needsKeyHint', { entity: record });
    throw new EzdError('USAGE', texts.text('history.needsKey', { entity: record }), { hint });
  }
  if (!isTargetId(record)) {
    const place = places.find(({ entity }) => entity === SIGN.entity) ?? null;
    return subjectsOfSign(session, s, office, record.trim(), place, SAME_SIGN);
  }
  const subject = await subjectOfId(session, s, office, record, names);
  if (subject !== null) return [subject];
  throw new EzdError('USAGE', texts.text('history.unknownId', { id: record }), {
    hint: texts.text('history.unknownIdHint'),
  });
}

import type { Config } from '../../config/config.ts';
import { didYouMean } from '../../core/did-you-mean.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import { isTargetId, SIGN, subjectOfId, subjectOfKey, subjectsOfSign } from '../../history/find-subject.ts';
import { readHistory } from '../../history/read-history.ts';
import type { RecordHistory, Subject } from '../../history/record-history.ts';
import { allPlaces, type Place } from '../../rollback/read-places.ts';
import { quoted } from '../../write/postgres/ledger-names.ts';
import { withSession } from '../../write/postgres/postgres-target.ts';
import type { SqlSession } from '../../write/session.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { openProjectStore, projectStoreIsThere } from '../compose.ts';
import { findInSource, type InSource, type Wanted } from '../find-in-source.ts';
import { maskHistory, showHistory } from '../history-report.ts';
import { knownPlaces } from '../known-places.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { asEzdError } from '../report-failure.ts';

interface HistoryOptions {
  readonly withPersonalData?: boolean;
  readonly source: boolean;
}

/** Cases of one sign that are shown. */
const SAME_SIGN = 5;

/** Tells what happened to one record. */
export const history = defineCommand<HistoryOptions>({
  name: 'history <record> [key]',
  summary: 'history.summary',
  examples: [
    'ezd-migrate history sprawa 4711',
    'ezd-migrate history OR.120.7.2023',
    'ezd-migrate history uczestnik "12|7" --with-personal-data',
    'ezd-migrate history sprawa 4711 --no-source --json',
  ],
  define(command, texts) {
    command
      .option('--with-personal-data', texts.text('option.personal'))
      .option('--no-source', texts.text('history.noSource'));
  },
  async run(cli, [record = '', key], { withPersonalData: personal = false, source }) {
    const { config } = cli.loadConfig();
    if (!(await projectStoreIsThere(config)))
      throw new EzdError('USAGE', cli.texts.text('status.none'), { hint: cli.texts.text('status.noneHint') });
    const found = await readAll(cli, config, record, key);
    const told = found.map((each) => maskHistory(each, personal));
    if (told.length > 1) cli.line(cli.texts.text('history.many', { sign: record }));
    const sources: (InSource | null)[] = [];
    for (const [index, each] of told.entries()) {
      if (index > 0) cli.line();
      showHistory(cli, each, { personal, root: config.target.contents?.root ?? null });
      const wanted = { entity: each.entity, key: each.key };
      sources.push(source && each.absence?.kind === 'unknown' ? await askSource(cli, config, wanted) : null);
    }
    if (told.length === 0) {
      cli.line(cli.texts.text('history.noSign', { sign: record }));
      sources.push(source ? await askSource(cli, config, { sign: record }) : null);
    }
    if (!personal && told.length > 0) cli.note(cli.texts.text('rejects.masked'));
    cli.result({ records: told, source: sources });
    return EXIT_CODES.done;
  },
});

/** The records that the words name; none: a sign that nobody knows. */
async function readAll(
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

/** What the source says of it; a source that cannot be asked is no failure, since the ledger has answered. */
async function askSource(cli: Cli, config: Config, wanted: Wanted): Promise<InSource | null> {
  const { texts } = cli;
  const entity = 'entity' in wanted ? wanted.entity : SIGN.entity;
  cli.note(texts.text('history.looking', { entity }));
  try {
    const found = await withInterrupt(cli, (signal) => findInSource(config, wanted, signal));
    if (found === null) return null;
    const params = { entity, reason: 'reason' in found ? found.reason : '', head: 'head' in found ? found.head : '' };
    cli.line(texts.text(`history.source.${found.kind}`, params));
    return found;
  } catch (error) {
    cli.note(texts.text('history.sourceFailed', { message: asEzdError(error).message }));
    return null;
  }
}

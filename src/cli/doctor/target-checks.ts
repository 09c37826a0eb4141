import { EzdError } from '../../core/errors.ts';
import { type Check, failed, NotChecked, ok, type Verdict, warning } from '../../doctor/check.ts';
import { judgeClock } from '../../doctor/judge-clock.ts';
import { judgeLedger, judgeLock } from '../../doctor/judge-ledger.ts';
import { ZONE_MOMENTS, zoneOffsets } from '../../doctor/judge-machine.ts';
import {
  judgeTargetCollation,
  judgeTargetRights,
  judgeTargetState,
  judgeTargetTls,
  judgeTargetVersion,
  judgeTargetZone,
} from '../../doctor/judge-target.ts';
import { lockKey } from '../../ledger/lock-key.ts';
import { readLockHolder, readZoneOffsets, tryWriting } from '../../write/postgres/server-health.ts';
import type { SqlSession } from '../../write/session.ts';
import { needs, type Resources } from './resources.ts';

/** What is looked at in the target. */
export function targetChecks(parts: Resources): readonly Check[] {
  const { target, jobs } = parts.config;
  const schemas = [target.schema, target.ledgerSchema];
  const check = (id: string, look: Check['look'], short = false): Check => ({ id, area: 'target', short, look });
  const health = () => needs(parts.health, 'noTarget');
  const common = [
    check('target.ledger', () => ledger(parts), true),
    check('target.lock', () => lock(parts)),
    check('target.zone', () => zone(parts)),
  ];
  if (target.kind === 'embedded') return [check('target.reach', () => reachEmbedded(parts), true), ...common];
  return [
    check('target.reach', () => reachServer(parts), true),
    check('target.version', async () => judgeTargetVersion((await health()).server)),
    check('target.tls', async () => judgeTargetTls((await health()).server)),
    check('target.rights', async () => judgeTargetRights((await health()).server, schemas)),
    check('target.state', async () => judgeTargetState((await health()).server, jobs), true),
    check('target.write', () => write(parts, schemas), true),
    check('target.collation', async () => judgeTargetCollation((await health()).server)),
    check('target.clock', async () => {
      const { server, askedAt } = await health();
      return judgeClock('target', server.clock - askedAt / 1000);
    }),
    ...common,
  ];
}

async function reachServer(parts: Resources): Promise<Verdict> {
  const { target } = parts.config;
  await parts.health();
  const { hostname, port, pathname } = new URL(target.kind === 'postgres' ? target.url : '');
  return ok('targetReached', { place: `${hostname}:${port === '' ? '5432' : port}${pathname}` });
}

async function reachEmbedded(parts: Resources): Promise<Verdict> {
  const place = parts.config.target.kind === 'embedded' ? parts.config.target.folder : '';
  try {
    return (await parts.store()) === null ? ok('embeddedAbsent', { place }) : ok('embeddedThere', { place });
  } catch (fault) {
    // Somebody works with it: that is told by the check of the lock.
    if (fault instanceof EzdError && fault.code === 'LOCKED') return warning('lockHeld', { holder: place }, 'lockCure');
    throw fault;
  }
}

async function write(parts: Resources, schemas: readonly string[]): Promise<Verdict> {
  await needs(parts.health, 'noTarget');
  try {
    await parts.withServer((session) => tryWriting(session, schemas));
    return ok('writeGood');
  } catch (fault) {
    return failed('writeBad', { reason: fault instanceof Error ? fault.message : String(fault) }, 'writeCure');
  }
}

async function ledger(parts: Resources): Promise<Verdict> {
  const { office } = parts.config;
  let store: Awaited<ReturnType<Resources['store']>>;
  try {
    store = await parts.store();
  } catch (fault) {
    if (fault instanceof EzdError && fault.code === 'TARGET_NEWER')
      return judgeLedger({ state: 'newer', newest: null, deferred: 0 });
    throw new NotChecked('noTarget');
  }
  if (store === null) return judgeLedger({ state: 'absent', newest: null, deferred: 0 });
  const [newest] = await store.ledger.listRuns(office, 1);
  const session = await store.pool.session();
  try {
    const [row] = await session.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "${store.ledgerSchema}".deferred_ddl`,
    );
    return judgeLedger({
      state: 'current',
      newest: newest === undefined ? null : { run: newest.id, command: newest.command, status: newest.status },
      deferred: row?.count ?? 0,
    });
  } finally {
    await session.release();
  }
}

async function lock(parts: Resources): Promise<Verdict> {
  const { target, office } = parts.config;
  if (target.kind === 'embedded') {
    try {
      await parts.store();
      return judgeLock(null);
    } catch (fault) {
      if (fault instanceof EzdError && fault.code === 'LOCKED') return judgeLock(fault.message);
      throw new NotChecked('noTarget');
    }
  }
  await needs(parts.health, 'noTarget');
  const key = lockKey(`"${target.ledgerSchema.replaceAll('"', '""')}"`, office);
  return judgeLock(await parts.withServer((session) => readLockHolder(session, key)));
}

async function zone(parts: Resources): Promise<Verdict> {
  const { timezone, target } = parts.config;
  const ask = (session: SqlSession) => readZoneOffsets(session, timezone, ZONE_MOMENTS);
  const here = zoneOffsets(timezone, ZONE_MOMENTS);
  if (target.kind === 'postgres') {
    await needs(parts.health, 'noTarget');
    return judgeTargetZone(timezone, here, await parts.withServer(ask));
  }
  const store = await needs(parts.store, 'noTarget');
  if (store === null) throw new NotChecked('embeddedAbsent', { place: target.folder });
  const session = await store.pool.session();
  try {
    return judgeTargetZone(timezone, here, await ask(session));
  } finally {
    await session.release();
  }
}

import { describe, expect, test } from 'vitest';
import { EzdError } from '../../src/core/errors.ts';
import { type CheckStatus, failed, NotChecked, ok, type Verdict } from '../../src/doctor/check.ts';
import { DOCTOR_TEXTS } from '../../src/doctor/doctor-texts.ts';
import { judgeClock, judgeServerZone } from '../../src/doctor/judge-clock.ts';
import { judgeLedger, judgeLock } from '../../src/doctor/judge-ledger.ts';
import {
  judgeDisk,
  judgeFolders,
  judgeMemory,
  judgeNode,
  judgeSecrets,
  judgeZone,
  ZONE_MOMENTS,
  zoneOffsets,
} from '../../src/doctor/judge-machine.ts';
import { judgeRoots, judgeSample } from '../../src/doctor/judge-repository.ts';
import {
  judgeChanges,
  judgeIsolation,
  judgeLegacyCollation,
  judgeLegacyRights,
  judgeLegacyTls,
  judgeLegacyVersion,
} from '../../src/doctor/judge-source.ts';
import {
  judgeTargetCollation,
  judgeTargetRights,
  judgeTargetState,
  judgeTargetTls,
  judgeTargetVersion,
  judgeTargetZone,
  type TargetServer,
} from '../../src/doctor/judge-target.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { sizeText } from '../../src/doctor/size-text.ts';

const LEGACY = {
  version: 'Microsoft SQL Server 2019',
  compatibilityLevel: 150,
  collation: 'Polish_CI_AS',
  snapshotIsolation: true,
  readCommittedSnapshot: false,
};
const SERVER: TargetServer = {
  version: 160_004,
  encoding: 'UTF8',
  collation: 'pl_PL.UTF-8',
  collationVersion: '2.36',
  collationActual: '2.36',
  tls: true,
  local: false,
  standby: false,
  readOnly: false,
  maxConnections: 100,
  fsync: true,
  role: { name: 'ezd', superuser: false, more: [], create: true, schemas: [] },
};
const SCHEMAS = ['ezd', 'ezd_migrate'];
const role = (over: Partial<TargetServer['role']>): TargetServer => ({ ...SERVER, role: { ...SERVER.role, ...over } });
const table = (over: object) =>
  ({ table: 'dbo.Pisma', changeTracking: false, rowversion: false, asked: 'compare', ...over }) as const;

const CASES: readonly (readonly [what: string, verdict: Verdict, status: CheckStatus, message: string])[] = [
  ['an old compatibility level', judgeLegacyVersion({ ...LEGACY, compatibilityLevel: 100 }), 'warning', 'levelOld'],
  ['a current server', judgeLegacyVersion(LEGACY), 'ok', 'legacyVersion'],
  ['no encryption', judgeLegacyTls(false, false), 'warning', 'tlsOff'],
  ['any certificate', judgeLegacyTls(true, true), 'warning', 'tlsAny'],
  ['a checked certificate', judgeLegacyTls(true, false), 'ok', 'tlsGood'],
  ['too few rights', judgeLegacyRights([{ table: 'dbo.Pisma', select: false, more: [] }]), 'failed', 'rightsFew'],
  ['too many rights', judgeLegacyRights([{ table: 'a', select: true, more: ['INSERT'] }]), 'warning', 'rightsMany'],
  ['just SELECT', judgeLegacyRights([{ table: 'a', select: true, more: [] }]), 'ok', 'rightsGood'],
  ['no table to ask about', judgeLegacyRights([]), 'unknown', 'rightsNoTables'],
  ['snapshot isolation', judgeIsolation(LEGACY), 'ok', 'isolationSnapshot'],
  [
    'read committed snapshot',
    judgeIsolation({ ...LEGACY, snapshotIsolation: false, readCommittedSnapshot: true }),
    'ok',
    'isolationCommitted',
  ],
  ['no versions', judgeIsolation({ ...LEGACY, snapshotIsolation: false }), 'warning', 'isolationNone'],
  ['tables that tell nothing', judgeChanges([table({})], false), 'warning', 'changesNone'],
  ['some tables that track', judgeChanges([table({}), table({ rowversion: true })], false), 'ok', 'changesSome'],
  ['tables that all track', judgeChanges([table({ changeTracking: true })], true), 'ok', 'changesGood'],
  ['a rowversion that is not there', judgeChanges([table({ asked: 'rowversion' })], false), 'failed', 'changesLacking'],
  ['a Polish collation', judgeLegacyCollation(LEGACY), 'ok', 'collationGood'],
  [
    'a Western collation',
    judgeLegacyCollation({ ...LEGACY, collation: 'SQL_Latin1_General_CP1_CI_AS' }),
    'warning',
    'collationOther',
  ],
  ['PostgreSQL 12', judgeTargetVersion({ ...SERVER, version: 120_010 }), 'failed', 'postgresOld'],
  ['PostgreSQL 16', judgeTargetVersion(SERVER), 'ok', 'postgresGood'],
  ['PostgreSQL 19', judgeTargetVersion({ ...SERVER, version: 190_000 }), 'warning', 'postgresNew'],
  ['plain text to another machine', judgeTargetTls({ ...SERVER, tls: false }), 'warning', 'targetPlain'],
  ['plain text on this machine', judgeTargetTls({ ...SERVER, tls: false, local: true }), 'ok', 'targetLocal'],
  ['a role that may make schemas', judgeTargetRights(SERVER, SCHEMAS), 'ok', 'roleGood'],
  ['a superuser', judgeTargetRights(role({ superuser: true }), SCHEMAS), 'warning', 'roleSuper'],
  ['a role that makes roles', judgeTargetRights(role({ more: ['CREATEROLE'] }), SCHEMAS), 'warning', 'roleMany'],
  ['a role without CREATE', judgeTargetRights(role({ create: false }), SCHEMAS), 'failed', 'roleNoCreate'],
  [
    'a role without CREATE that owns both schemas',
    judgeTargetRights(role({ create: false, schemas: SCHEMAS.map((name) => ({ name, create: true })) }), SCHEMAS),
    'ok',
    'roleGood',
  ],
  [
    'schemas of somebody else',
    judgeTargetRights(role({ schemas: [{ name: 'ezd', create: false }] }), SCHEMAS),
    'failed',
    'roleNoSchema',
  ],
  ['a standby', judgeTargetState({ ...SERVER, standby: true }, 2), 'failed', 'targetStandby'],
  ['read only by default', judgeTargetState({ ...SERVER, readOnly: true }, 2), 'failed', 'targetReadOnly'],
  ['no fsync', judgeTargetState({ ...SERVER, fsync: false }, 2), 'warning', 'targetFsync'],
  ['five connections for two jobs', judgeTargetState({ ...SERVER, maxConnections: 5 }, 2), 'failed', 'connectionsFew'],
  ['another encoding', judgeTargetCollation({ ...SERVER, encoding: 'LATIN2' }), 'failed', 'encodingOther'],
  [
    'a library that changed',
    judgeTargetCollation({ ...SERVER, collationActual: '2.40' }),
    'warning',
    'collationChanged',
  ],
  ['a database without the zone', judgeTargetZone('Europe/Warsaw', [60], null), 'failed', 'targetZoneUnknown'],
  ['a database of another opinion', judgeTargetZone('Europe/Warsaw', [60, 120], [60, 60]), 'failed', 'targetZoneOther'],
  ['clocks three seconds apart', judgeClock('source', 3), 'ok', 'clockGood'],
  ['clocks a minute apart', judgeClock('source', -60), 'warning', 'clockApart'],
  ['clocks an hour apart', judgeClock('target', 3600), 'failed', 'clockFar'],
  ['a server in another zone', judgeServerZone(0, 60, 'Europe/Warsaw'), 'warning', 'serverZoneOther'],
  ['Node.js 20.18', judgeNode('20.18.9'), 'failed', 'nodeOld'],
  ['Node.js 20.19', judgeNode('20.19.0'), 'ok', 'nodeGood'],
  ['Node.js 26', judgeNode('26.1.0'), 'warning', 'nodeNew'],
  ['300 MB of memory', judgeMemory(3e8), 'warning', 'memoryShort'],
  ['a secret that all can read', judgeSecrets([{ file: 'p', mode: 0o644 }], 'linux'), 'warning', 'secretsOpen'],
  ['a secret of the account', judgeSecrets([{ file: 'p', mode: 0o600 }], 'linux'), 'ok', 'secretsGood'],
  ['a secret on Windows', judgeSecrets([{ file: 'p', mode: 0o666 }], 'win32'), 'unknown', 'secretsWindows'],
  ['a zone that is not', judgeZone('Europe/Wroclaw'), 'failed', 'zoneUnknown'],
  ['the zone of Poland', judgeZone('Europe/Warsaw'), 'ok', 'zoneGood'],
  ['a folder of somebody else', judgeFolders([{ folder: '/x', error: 'EACCES' }]), 'failed', 'foldersBad'],
  ['a disk that is too small', judgeDisk({ folder: '/x', free: 5e9, expected: 6e9 }), 'failed', 'diskShort'],
  ['a disk that is nearly too small', judgeDisk({ folder: '/x', free: 6.5e9, expected: 6e9 }), 'warning', 'diskTight'],
  ['a disk whose need nobody knows', judgeDisk({ folder: '/x', free: 6e9, expected: null }), 'unknown', 'diskOpen'],
  ['a disk that does not tell', judgeDisk({ folder: '/x', free: null, expected: 1 }), 'unknown', 'diskSilent'],
  ['a share that is gone', judgeRoots([{ root: '/mnt/x', error: 'ENOENT' }]), 'failed', 'rootsBad'],
  ['no root at all', judgeRoots([]), 'unknown', 'rootsNone'],
  [
    'a sample without any file',
    judgeSample({ from: 'store', tried: 9, missing: 9, refused: 0 }),
    'failed',
    'sampleMissing',
  ],
  ['a sample with a gap', judgeSample({ from: 'store', tried: 9, missing: 1, refused: 0 }), 'warning', 'sampleSome'],
  [
    'files that do not open',
    judgeSample({ from: 'disk', tried: 9, missing: 0, refused: 2 }),
    'failed',
    'sampleRefused',
  ],
  ['an empty repository', judgeSample({ from: 'disk', tried: 0, missing: 0, refused: 0 }), 'failed', 'sampleEmpty'],
  [
    'a broken first load',
    judgeLedger({ state: 'current', newest: { run: 1, command: 'run', status: 'failed' }, deferred: 7 }),
    'warning',
    'ledgerDeferred',
  ],
  [
    'an interrupted run',
    judgeLedger({ state: 'current', newest: { run: 2, command: 'run', status: 'interrupted' }, deferred: 0 }),
    'warning',
    'ledgerUnfinished',
  ],
  ['no run yet', judgeLedger({ state: 'absent', newest: null, deferred: 0 }), 'ok', 'ledgerNone'],
  ['a newer program', judgeLedger({ state: 'newer', newest: null, deferred: 0 }), 'failed', 'ledgerNewer'],
  ['a held lock', judgeLock('local, process 7'), 'warning', 'lockHeld'],
];

describe('the verdict', () => {
  test.each(CASES)('on %s is right', (_what, verdict, status, message) => {
    expect(verdict).toMatchObject({ status, message });
  });

  test.each(CASES.filter(([, , status]) => status === 'failed' || status === 'warning'))(
    'on %s leaves no parameter of its sentence or of its cure open',
    (_what, { message, cure, params = {} }) => {
      const said = [message, ...(cure === undefined ? [] : [cure])].flatMap((key) => [
        DOCTOR_TEXTS[key].pl,
        DOCTOR_TEXTS[key].en,
      ]);
      const open = said.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
      expect(open.filter((name) => params[name] === undefined)).toEqual([]);
    },
  );

  test('of every failure names a cure, except a missing answer and what a fault says itself', () => {
    const bare = CASES.filter(([, { status, cure }]) => status === 'failed' && cure === undefined);
    expect(bare.map(([what]) => what)).toEqual([]);
  });
});

test('offsets of a zone follow its summer time, and of UTC are nothing', () => {
  expect(zoneOffsets('Europe/Warsaw', ZONE_MOMENTS)).toEqual(ZONE_MOMENTS.map((_, i) => (i % 2 === 0 ? 60 : 120)));
  expect(zoneOffsets('UTC', ZONE_MOMENTS.slice(0, 2))).toEqual([0, 0]);
  expect(zoneOffsets('America/St_Johns', ZONE_MOMENTS.slice(0, 1))).toEqual([-210]);
});

test.each([
  [1.5e6, '1.5 MB'],
  [2.5e9, '2.5 GB'],
  [123e9, '123 GB'],
  [4e12, '4.0 TB'],
])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

describe('checks', () => {
  const check = (id: string, look: () => Promise<Verdict>) => ({ id, area: 'machine', short: false, look }) as const;

  test('stand alone: a fault, a silence and a missing part of some hide no other', async () => {
    const results = await runChecks(
      [
        check('fault', () => Promise.reject(new EzdError('TARGET_RIGHTS', 'may not', { hint: 'let it' }))),
        check('surprise', () => Promise.reject(new TypeError('odd'))),
        check('silent', () => new Promise<Verdict>(() => undefined)),
        check('dependent', () => Promise.reject(new NotChecked('noSource'))),
        check('good', async () => ok('lockFree')),
        check('bad', async () => failed('foldersBad', { folders: '/x' })),
      ],
      { timeout: 50, now: () => performance.now() },
    );
    expect(results.map(({ id, status, message }) => [id, status, message])).toEqual([
      ['fault', 'failed', 'fault'],
      ['surprise', 'unknown', 'notPossible'],
      ['silent', 'failed', 'timedOut'],
      ['dependent', 'unknown', 'noSource'],
      ['good', 'ok', 'lockFree'],
      ['bad', 'failed', 'foldersBad'],
    ]);
    expect(results[0]).toMatchObject({ cure: 'faultHint', params: { reason: 'may not', hint: 'let it' } });
    expect(results[2]!.milliseconds).toBeGreaterThanOrEqual(45);
  });
});

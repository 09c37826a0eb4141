import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { type Check, unknown, type Verdict } from '../../doctor/check.ts';
import {
  type FolderTrial,
  judgeDisk,
  judgeFolders,
  judgeMemory,
  judgeNode,
  judgeSecrets,
  judgeZone,
} from '../../doctor/judge-machine.ts';
import { sizeText } from '../../doctor/size-text.ts';
import type { Resources } from './resources.ts';

/** What needs no project: Node.js and memory. */
export const barestChecks = (): readonly Check[] => [
  { id: 'machine.node', area: 'machine', short: false, look: async () => judgeNode(process.versions.node) },
  { id: 'machine.memory', area: 'machine', short: true, look: async () => judgeMemory(freemem()) },
];

/** What is looked at on this machine. */
export function machineChecks(parts: Resources): readonly Check[] {
  const { config } = parts;
  const check = (id: string, look: Check['look'], short = false): Check => ({ id, area: 'machine', short, look });
  const contents = config.target.contents?.root;
  return [
    ...barestChecks(),
    check('machine.zone', async () => judgeZone(config.timezone)),
    check('machine.secrets', async () => judgeSecrets(config.secretFiles.map(modeOf), process.platform)),
    check('machine.folders', async () => judgeFolders(foldersOf(config).map(tryFolder)), true),
    check('machine.databaseDisk', () => databaseDisk(parts), true),
    ...(contents === undefined ? [] : [check('machine.contentsDisk', () => contentsDisk(parts, contents), true)]),
  ];
}

function modeOf(file: string): { file: string; mode: number | null } {
  try {
    return { file, mode: statSync(file).mode & 0o777 };
  } catch {
    return { file, mode: null };
  }
}

const foldersOf = ({ logs, reports, target }: Config): readonly string[] => [
  logs.folder,
  reports,
  ...(target.contents === null ? [] : [target.contents.root]),
  ...(target.kind === 'embedded' ? [target.folder] : []),
];

/** Writes a file and removes it, in the folder or, when it is not there yet, in the one that it would be made in. */
function tryFolder(folder: string): FolderTrial {
  const place = nearest(folder);
  const file = join(place, `.ezd-migrate-doctor-${process.pid}`);
  try {
    accessSync(place, constants.W_OK);
    writeFileSync(file, '', { flag: 'wx' });
    rmSync(file);
    return { folder, error: null };
  } catch (fault) {
    return { folder, error: (fault as NodeJS.ErrnoException).code ?? 'UNKNOWN' };
  }
}

function nearest(folder: string): string {
  for (let place = folder; ; place = dirname(place)) if (existsSync(place) || dirname(place) === place) return place;
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(nearest(folder));
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** How many bytes of the store one byte of the source becomes at most, indexes and ledger included (docs/doctor.md). */
const GROWTH = { mssql: 3, csv: 5, package: null } as const;

async function expectedDatabase(parts: Resources): Promise<number | null> {
  const growth = GROWTH[parts.config.source.kind];
  const catalogue = await parts.catalogue().catch(() => null);
  if (growth === null || catalogue === null) return null;
  const sizes = catalogue.tables.map(({ bytes }) => bytes);
  return sizes.some((bytes) => bytes === null)
    ? null
    : sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) * growth;
}

async function databaseDisk(parts: Resources): Promise<Verdict> {
  const { target } = parts.config;
  const loaded = await parts.store().catch(() => null);
  const expected = loaded === null ? await expectedDatabase(parts) : 0;
  if (target.kind === 'embedded') return judgeDisk({ folder: target.folder, free: freeBytes(target.folder), expected });
  if (loaded !== null) return unknown('databaseRoomLoaded');
  return expected === null ? unknown('databaseRoomUnknown') : unknown('databaseRoom', { expected: sizeText(expected) });
}

/** Bytes of the contents that are loaded but not stored yet. */
async function contentsDisk(parts: Resources, root: string): Promise<Verdict> {
  const free = freeBytes(root);
  const store = await parts.store().catch(() => null);
  if (store === null) return judgeDisk({ folder: root, free, expected: null });
  const session = await store.pool.session();
  try {
    const [row] = await session.query<{ bytes: number }>(
      `SELECT coalesce(sum(t.rozmiar), 0)::float8 AS bytes FROM "${store.schema}".tresc t WHERE NOT EXISTS
        (SELECT 1 FROM "${store.ledgerSchema}".content k WHERE k.office = $1 AND k.content_id = t.id_zrodla AND k.status = 'stored')`,
      [parts.config.office],
    );
    return judgeDisk({ folder: root, free, expected: row?.bytes ?? null });
  } finally {
    await session.release();
  }
}

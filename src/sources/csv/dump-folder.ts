import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EzdError } from '../../core/errors.ts';

/** One table of a dump folder. */
export interface TableFile {
  /** `schema.table` in the spelling of the file name; without a schema there, `dbo`. */
  readonly table: string;
  readonly path: string;
  readonly gzip: boolean;
  /** Bytes on disk. */
  readonly size: number;
  /** Whole milliseconds since 1970. */
  readonly modified: number;
  /** Path of `<table>.columns.txt`, if there is one. */
  readonly columnsFile: string | null;
}

const TABLE_FILE = /^(?:(\w+)\.)?([^.]+)\.(csv|tsv|txt)(\.gz)?$/i;
const COLUMNS_FILE = /^(?:(\w+)\.)?([^.]+)\.columns\.txt$/i;

/** Table files of a folder by lower-case `schema.table`. Throws SOURCE_MISSING, SOURCE_UNREADABLE. */
export async function listDump(folder: string): Promise<ReadonlyMap<string, TableFile>> {
  const entries = await readFolder(folder);
  const columns = new Map<string, string>();
  for (const entry of entries) {
    const match = COLUMNS_FILE.exec(entry.name);
    if (match !== null) columns.set(tableName(match).toLowerCase(), join(folder, entry.name));
  }
  const files = new Map<string, TableFile>();
  for (const entry of entries) {
    const match = TABLE_FILE.exec(entry.name);
    if (match === null || COLUMNS_FILE.test(entry.name)) continue;
    const table = tableName(match);
    const path = join(folder, entry.name);
    const twin = files.get(table.toLowerCase());
    if (twin !== undefined) throw twice(table, twin.path, path);
    const { size, mtimeMs } = await stat(path);
    const columnsFile = columns.get(table.toLowerCase()) ?? null;
    files.set(table.toLowerCase(), {
      table,
      path,
      gzip: match[4] !== undefined,
      size,
      modified: Math.trunc(mtimeMs),
      columnsFile,
    });
  }
  if (files.size === 0) throw empty(folder);
  return files;
}

const tableName = (match: RegExpExecArray): string => `${match[1] ?? 'dbo'}.${match[2] ?? ''}`;

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing) {
      throw new EzdError('SOURCE_MISSING', `The dump folder ${folder} does not exist`, {
        subject: folder,
        hint: 'Set source.folder in the project file to the folder that holds dbo.Pisma.csv and the other tables.',
        polish: {
          message: `Nie ma folderu zrzutu ${folder}.`,
          hint: 'W pliku projektu source.folder ma wskazywać folder, w którym są dbo.Pisma.csv i inne tabele.',
        },
        cause,
      });
    }
    throw new EzdError('SOURCE_UNREADABLE', `The dump folder ${folder} cannot be read`, {
      subject: folder,
      hint: 'It must be a folder, and this account must be allowed to list it.',
      polish: {
        message: `Nie da się czytać folderu zrzutu ${folder}.`,
        hint: 'To musi być folder, a to konto musi mieć prawo go przeglądać.',
      },
      cause,
    });
  }
}

const empty = (folder: string): EzdError =>
  new EzdError('SOURCE_MISSING', `The dump folder ${folder} holds no table`, {
    subject: folder,
    hint: 'One file a table is expected: dbo.Pisma.csv or dbo.Pisma.csv.gz; the schema may be left out.',
    polish: {
      message: `W folderze zrzutu ${folder} nie ma żadnej tabeli.`,
      hint: 'Spodziewany jest jeden plik na tabelę: dbo.Pisma.csv albo dbo.Pisma.csv.gz; nazwę schematu można pominąć.',
    },
  });

const twice = (table: string, one: string, other: string): EzdError =>
  new EzdError('SOURCE_UNREADABLE', `Two files hold the table ${table}: ${one} and ${other}`, {
    subject: table,
    hint: 'Keep one of them in the folder.',
    polish: {
      message: `Tabela ${table} jest w dwóch plikach: ${one} i ${other}.`,
      hint: 'Zostaw w folderze jeden z nich.',
    },
  });

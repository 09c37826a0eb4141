import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EzdError } from '../../core/errors.ts';
import type { Language } from '../../core/text.ts';

/** Characters kept before they go to the disk. */
const CHUNK = 1 << 18;

/** Where a report is written to. */
export interface ReportFolder {
  readonly path: string;
  readonly language: Language;
  /**
   * Begins a file below the folder (`/` between folders); one that is there is replaced when the new one is whole. In a folder with personal data only the owner may
   * read it, and its name says what is in it: `findings.csv` → `findings.dane-osobowe.csv`.
   */
  create(name: string): Promise<ReportFile>;
  /** Files that were written, in order, below the folder. */
  readonly written: readonly string[];
}

/** A file under way. Nothing of it is there before `close`. */
export interface ReportFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  /** Gives up: what was written is thrown away. */
  drop(): Promise<void>;
}

/** Mark in the names of files with personal data. */
export const PERSONAL_MARK = 'dane-osobowe';

/** Name of a file of a report: `findings.csv`, with personal data `findings.dane-osobowe.csv`. */
export const fileName = (name: string, personal: boolean): string =>
  personal ? name.replace(/(\.[a-z]+)$/, `.${PERSONAL_MARK}$1`) : name;

/** Makes the folder of a report; throws USAGE when the disk does not let it. */
export async function openReportFolder(
  path: string,
  { language, personal }: { readonly language: Language; readonly personal: boolean },
): Promise<ReportFolder> {
  const written: string[] = [];
  await about(path, () => mkdir(path, { recursive: true, mode: personal ? 0o700 : 0o777 }));
  return {
    path,
    language,
    written,
    async create(name) {
      const marked = fileName(name, personal);
      const file = join(path, marked);
      return await about(file, async () => {
        await mkdir(dirname(file), { recursive: true, mode: personal ? 0o700 : 0o777 });
        return await begin(file, personal ? 0o600 : 0o644, () => written.push(marked));
      });
    },
  };
}

async function begin(file: string, mode: number, done: () => void): Promise<ReportFile> {
  const part = `${file}.part`;
  await rm(part, { force: true });
  const handle = await open(part, 'wx', mode);
  let waiting: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    if (length === 0) return;
    const text = waiting.join('');
    [waiting, length] = [[], 0];
    await handle.writeFile(text);
  };
  return {
    async write(text) {
      waiting.push(text);
      length += text.length;
      if (length >= CHUNK) await about(file, flush);
    },
    async close() {
      await about(file, async () => {
        await flush();
        await handle.close();
        await rename(part, file);
      });
      done();
    },
    async drop() {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}

/** Writes a file that is one text. */
export async function writeWhole(folder: ReportFolder, name: string, text: string): Promise<void> {
  const file = await folder.create(name);
  await file.write(text);
  await file.close();
}

/** Throws away files of an earlier report of the same run that this one did not write: lists of units that have none any more. */
export async function clearOldFiles({ path, written }: ReportFolder, folder: string): Promise<void> {
  const place = join(path, folder);
  if (!existsSync(place)) return;
  const mine = new Set(written);
  for (const name of await readdir(place))
    if (/\.(csv|html)$/.test(name) && !mine.has(`${folder}/${name}`)) await rm(join(place, name), { force: true });
}

/** A fault of the disk in words. */
async function about<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const hint =
      code === 'ENOSPC'
        ? 'Make room on the disk, or name another folder with --out.'
        : 'Close the file where it is open (Excel), or name another folder with --out.';
    throw new EzdError('USAGE', `The report cannot be written: ${code === '' ? String(cause) : code}`, {
      subject: file,
      hint,
      cause,
    });
  }
}

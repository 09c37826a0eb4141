import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EzdError } from '../core/errors.ts';
import type { Comparison } from '../inspect/against/comparison.ts';
import type { LookupFile } from '../inspect/lookup-files.ts';
import { inspectPage, type PageReaders } from '../inspect/page/inspect-page.ts';
import type { Picture } from '../inspect/picture.ts';

/** What `inspect` leaves in its folder. */
export interface PictureFiles {
  readonly page: string;
  readonly json: string;
  /** Look-ups that were written. */
  readonly lookups: readonly string[];
  /** Look-ups that were there already, perhaps filled in, and were left as they are. */
  readonly kept: readonly string[];
}

/** Writes `inspect.html` and `inspect.json` (anew) and those of `lookups/*.csv` that are not there yet. Throws EzdError USAGE when the folder cannot be written. */
export function writePicture(
  folder: string,
  picture: Picture,
  against: Comparison | null,
  lookups: readonly LookupFile[],
  readers: PageReaders,
): PictureFiles {
  const page = join(folder, 'inspect.html');
  const json = join(folder, 'inspect.json');
  const files = lookups.map(({ name, text }) => ({ file: join(folder, 'lookups', `${name}.csv`), text }));
  try {
    mkdirSync(lookups.length > 0 ? join(folder, 'lookups') : folder, { recursive: true });
    writeFileSync(page, inspectPage(picture, against, readers));
    writeFileSync(json, `${JSON.stringify({ ...picture, against }, null, 1)}\n`);
    const fresh = files.filter(({ file }) => !existsSync(file));
    for (const { file, text } of fresh) writeFileSync(file, text);
    const written = fresh.map(({ file }) => file);
    const kept = files.map(({ file }) => file).filter((file) => !written.includes(file));
    return { page, json, lookups: written, kept };
  } catch (cause) {
    throw new EzdError('USAGE', cause instanceof Error ? cause.message : String(cause), { subject: folder, cause });
  }
}

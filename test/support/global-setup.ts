import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopServerIn } from './postgres.ts';
import { SHARED_DIR } from './shared-postgres.ts';

/** Run by vitest once: makes the meeting place of `createDatabase`, and stops at the end the server that was started there, if any. */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-pg-shared-'));
  process.env[SHARED_DIR] = folder;
  return async () => {
    const home = startedHome(folder);
    if (home !== undefined) await stopServerIn(home);
    rmSync(folder, { recursive: true, force: true });
  };
}

function startedHome(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8')) as { home?: string }).home;
  } catch {
    return undefined;
  }
}

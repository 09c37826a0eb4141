import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConfigFlags } from '../../src/config/config.ts';
import { type LoadedConfig, loadConfig, PROJECT_FILE } from '../../src/config/load-config.ts';
import { EzdError } from '../../src/core/errors.ts';

/** A project folder that is deleted after the test. */
export async function projectFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ezd-project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

export interface Given {
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: ConfigFlags;
  readonly files?: Readonly<Record<string, string>>;
}

export async function load({ text, environment = {}, flags = {}, files = {} }: Given): Promise<LoadedConfig> {
  const cwd = await projectFolder({ [PROJECT_FILE]: text, ...files });
  return loadConfig({ cwd, environment, flags: { language: 'en', ...flags } });
}

/** The refusal of a project file. */
export async function refuse(given: Given): Promise<EzdError> {
  try {
    await load(given);
  } catch (error) {
    if (error instanceof EzdError) return error;
    throw error;
  }
  throw new Error('the project file was accepted');
}

export const PROJECT = `office: UM-PRZYKLADOWO
source:
  kind: csv
  folder: zrzut
target:
  kind: embedded
  folder: store
`;

export const SERVERS = `office: UM-PRZYKLADOWO
source:
  kind: mssql
  server: ezd-sql.urzad.local
  database: EZD_PROD
  user: \${EZD_SOURCE_USER}
  passwordFile: source-password
target:
  kind: postgres
  url: \${EZD_URL:-postgres://ezd@localhost:5432/ezdrp}
`;

import { hostname, userInfo } from 'node:os';
import type { Config } from '../config/config.ts';
import type { CopyCounts } from '../contents/copy-counts.ts';
import type { Cli } from './cli.ts';
import { openSource, policyOf } from './compose.ts';
import { contentsFolders } from './contents-folders.ts';
import type { Store } from './open-store.ts';
import { openValues, throughSource } from './open-values.ts';
import { programVersion } from './program-version.ts';
import { type ContentsActor, type ContentsRun, type CopiedContents, copyProjectContents } from './project-contents.ts';

export interface CopyChoice {
  readonly jobs?: number;
  /** Megabytes a second. */
  readonly bandwidth?: number;
  /** Gigabytes that stay free. */
  readonly minFree?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (counts: CopyCounts) => void;
}

export const contentsActor = (config: Config): ContentsActor => ({
  office: config.office,
  policy: policyOf(config),
  toolVersion: programVersion(),
  host: hostname(),
  user: userInfo().username,
});

/** Copies the contents of the project's store from its source. Opens the source of its own: only contents in the database need it. */
export async function copyOfProject(
  cli: Cli,
  config: Config,
  store: Store,
  choice: CopyChoice,
): Promise<ContentsRun<CopiedContents>> {
  const opened = openSource(config);
  const { source, target } = contentsFolders(cli, config);
  const values = openValues(opened, target.root, choice.signal);
  try {
    return await copyProjectContents(store, contentsActor(config), {
      ...source,
      ...(opened.openFile === null ? {} : { through: throughSource }),
      storeRoot: target.root,
      timezone: config.timezone,
      openColumn: values.open,
      signal: choice.signal,
      onProgress: choice.onProgress,
      ...(target.formats === null ? {} : { formats: target.formats }),
      ...(choice.jobs === undefined ? {} : { jobs: choice.jobs }),
      ...(choice.bandwidth === undefined ? {} : { bandwidth: choice.bandwidth * 1e6 }),
      ...(choice.minFree === undefined ? {} : { minFree: choice.minFree * 1e9 }),
    });
  } finally {
    await values.close();
    await opened.source.close();
  }
}

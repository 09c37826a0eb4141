import type { Config } from '../config/config.ts';
import type { FindingCount } from '../ledger/ledger.ts';
import type { Cli } from './cli.ts';
import { openProjectStore } from './compose.ts';
import { copyProgress } from './contents-report.ts';
import { copyOfProject } from './copy-of-project.ts';
import type { CopiedContents } from './project-contents.ts';

/** What became of the contents after a run loaded the rows. */
export type ContentsOutcome =
  /** Not asked for, or the project does not say where they are. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'copied';
      readonly run: number;
      readonly counts: CopiedContents;
      readonly findings: readonly FindingCount[];
    }
  | { readonly kind: 'failed'; readonly failure: unknown };

/** The last phase of `run`: copies what the loaded rows name. A run of its own in the ledger, so that it goes on by itself where it stopped. */
export async function contentsAfterRun(cli: Cli, config: Config, signal: AbortSignal): Promise<ContentsOutcome> {
  const { source, target } = config;
  if (target.contents === null || (source.contents === null && source.kind !== 'package')) return { kind: 'none' };
  cli.note(cli.texts.text('contents.phase'));
  const store = await openProjectStore(config);
  try {
    const { run, counts } = await copyOfProject(cli, config, store, { signal, onProgress: copyProgress(cli) });
    return { kind: 'copied', run, counts, findings: await store.ledger.countFindings(run) };
  } catch (failure) {
    return { kind: 'failed', failure };
  } finally {
    await store.close();
  }
}

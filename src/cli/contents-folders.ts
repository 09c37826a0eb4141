import type { Config, SourceContentsConfig, TargetConfig } from '../config/config.ts';
import { EzdError } from '../core/errors.ts';
import type { Cli } from './cli.ts';

/** Where contents come from and go to, as the project says; throws EzdError CONFIG when it does not say. */
export interface ContentsFolders {
  readonly source: SourceContentsConfig;
  readonly target: NonNullable<TargetConfig['contents']>;
}

export function contentsFolders(cli: Cli, config: Config): ContentsFolders {
  const target = storeFolder(cli, config);
  // Packages hold their files themselves.
  if (config.source.kind === 'package') return { source: { roots: [], layout: { kind: 'flat' } }, target };
  return { source: config.source.contents ?? lacking(cli, 'source'), target };
}

export const storeFolder = (cli: Cli, { target }: Config): ContentsFolders['target'] =>
  target.contents ?? lacking(cli, 'target');

function lacking({ texts }: Cli, side: 'source' | 'target'): never {
  throw new EzdError('CONFIG', texts.text('contents.noFolder', { key: `${side}.contents.root` }), {
    subject: `${side}.contents`,
    hint: texts.text('contents.noFolderHint'),
  });
}

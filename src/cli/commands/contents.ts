import type { CliCommand } from '../command.ts';
import { contentsCopy } from './contents-copy.ts';
import { contentsStatus } from './contents-status.ts';
import { contentsVerify } from './contents-verify.ts';

/** The bytes of the files: copy, read back, how far it is. */
export const contents: CliCommand = {
  name: 'contents',
  summary: 'contents.summary',
  examples: ['ezd-migrate contents copy', 'ezd-migrate contents verify --sample 10', 'ezd-migrate contents status'],
  define() {},
  children: [contentsCopy, contentsVerify, contentsStatus],
};

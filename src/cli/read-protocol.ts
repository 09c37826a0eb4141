import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { EzdError } from '../core/errors.ts';
import type { ChainHead } from '../ledger/verify-chain.ts';
import type { Cli } from './cli.ts';

const LINK = z.object({ number: z.int(), hash: z.string() });
const LIST = z.object({ name: z.string().regex(/^[^/\\]+$/), sha256: z.string() });
const FILED = z.object({
  format: z.literal('ezd-migrate-protocol'),
  office: z.string(),
  chain: z.object({ head: LINK.nullable(), ofRun: LINK }),
  rejected: z.object({ list: LIST }),
  contents: z.object({ manifest: LIST }).nullable(),
});

/** What a filed protocol vouches for. */
export interface FiledProtocol {
  readonly file: string;
  /** Records of the chain that it names. */
  readonly heads: readonly ChainHead[];
  /** Lists beside it that are missing, or whose hash is another one. */
  readonly changedLists: readonly string[];
}

/** Reads a filed protocol and hashes the lists beside it. Throws USAGE when the file is none, or that of another office. */
export async function readProtocol({ texts }: Cli, file: string, office: string): Promise<FiledProtocol> {
  const filed = FILED.safeParse(parse(file));
  if (!filed.success) throw new EzdError('USAGE', texts.text('verify.noProtocol', { file }), { subject: file });
  const { chain, rejected, contents } = filed.data;
  if (filed.data.office !== office)
    throw new EzdError('USAGE', texts.text('verify.otherOffice', { file, office: filed.data.office }), {
      subject: file,
    });
  const changedLists: string[] = [];
  for (const { name, sha256 } of [rejected.list, ...(contents === null ? [] : [contents.manifest])]) {
    const list = join(dirname(file), name);
    if ((await hashOf(list)) !== sha256) changedLists.push(list);
  }
  return { file, heads: [chain.ofRun, ...(chain.head === null ? [] : [chain.head])], changedLists };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** SHA-256 of a file; null when it cannot be read. */
async function hashOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

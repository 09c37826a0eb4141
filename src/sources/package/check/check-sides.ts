import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Remark } from '../archive.ts';
import type { SignedFile } from './check-package.ts';

/**
 * Files beside a package: its checksum (SHA-256, hex or Base64, spaces and line ends around it) and its detached signature. What is not there is not asked for.
 */
export async function checkSides(
  path: string,
  signedFiles: (bytes: Buffer) => readonly SignedFile[],
): Promise<readonly Remark[]> {
  if (statSync(path).isDirectory()) return [];
  const name = basename(path);
  const remarks: Remark[] = [];
  const beside = readdirSync(dirname(path));
  const stem = name.slice(0, name.length - extname(name).length);
  const checksum = beside.find((each) =>
    [`${stem}_checksum`, `${name}.sha256`, `${stem}.sha256`, `${name}_checksum`].includes(each),
  );
  if (checksum !== undefined) {
    const digest = await digestOf(path, 'sha256');
    const text =
      readFileSync(join(dirname(path), checksum), 'utf8')
        .trim()
        .split(/\s+/)[0] ?? '';
    if (text.toLowerCase() !== digest.toString('hex') && text !== digest.toString('base64')) {
      remarks.push({ code: 'PACKAGE_CHECKSUM_MISMATCH', params: { file: checksum } });
    }
  }
  const signature = beside.find((each) => each.toLowerCase() === `${name}.xades`.toLowerCase());
  if (signature === undefined || !existsSync(join(dirname(path), signature))) return remarks;
  const signed = signedFiles(readFileSync(join(dirname(path), signature)));
  const mine = signed.find((each) => each.name === name);
  const reason = mine === undefined ? 'file-missing' : 'digest';
  const fits = mine !== undefined && (await digestOf(path, mine.algorithm)).toString('hex') === mine.digest;
  if (!fits) remarks.push({ code: 'PACKAGE_SIGNATURE_MISMATCH', path: signature, params: { reason } });
  return remarks;
}

async function digestOf(path: string, algorithm: string): Promise<Buffer> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest();
}

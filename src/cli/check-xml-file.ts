import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Remark } from '../sources/package/archive.ts';
import { schemaRemarks } from '../sources/package/check/check-package.ts';
import type { SchemaCheck } from '../sources/package/check/validate-schema.ts';
import { packageFault } from '../sources/package/package-fault.ts';

/** Schemas of XML files that stand alone. */
export type XmlSchema = 'metadane-1.7' | 'metadane-2.0' | 'spis-zdawczo-odbiorczy';

/** Bytes at the beginning of a file within which its root element must begin. */
const HEAD = 4096;

/** Whether a file is XML by its first character, whatever its name is. */
export function isXmlFile(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return /^\s*</.test(headOf(path));
}

/** The schema that a metadata file or a hand-over list (spis zdawczo-odbiorczy) follows. Throws EzdError SOURCE_UNREADABLE when its root is neither. */
export function schemaOf(path: string): XmlSchema {
  const root = /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]/.exec(headOf(path).replace(/<\?.*?\?>|<!--.*?-->/gs, ''))?.[1];
  if (root === 'SpisZdawczoOdbiorczy') return 'spis-zdawczo-odbiorczy';
  if (root === 'dokument')
    return /typ[Ii]dentyfikatora\s*>/.test(readFileSync(path, 'utf8')) ? 'metadane-2.0' : 'metadane-1.7';
  throw packageFault(
    path,
    `${basename(path)} is XML with the root <${root ?? '?'}>.`,
    'A metadata file has the root <dokument>, a hand-over list <SpisZdawczoOdbiorczy>.',
    {
      message: `${basename(path)} to XML o elemencie głównym <${root ?? '?'}>.`,
      hint: 'Plik metadanych ma element główny <dokument>, spis zdawczo-odbiorczy <SpisZdawczoOdbiorczy>.',
    },
  );
}

/** What of a single XML file does not follow its schema. */
export const checkXmlFile = (path: string, schema: XmlSchema, check: SchemaCheck): readonly Remark[] => [
  ...schemaRemarks(readFileSync(path), { path: basename(path), schema: schema.replace('metadane-', '') }, check),
];

function headOf(path: string): string {
  const head = Buffer.alloc(HEAD);
  const fd = openSync(path, 'r');
  try {
    const read = readSync(fd, head, 0, HEAD, 0);
    return head.toString('utf8', 0, read).replace(/^\ufeff/, '');
  } finally {
    closeSync(fd);
  }
}

import { openDigestTable } from '../../core/digest-table.ts';
import { VALUE_LIMIT } from '../../core/finding.ts';
import { packageEffect, packageSeverity } from '../../core/package-codes.ts';
import type { SourceRemark } from '../../core/slice.ts';
import type { Remark } from './archive.ts';
import { describedName, type PackageItem, type PackageReader } from './read-package.ts';

/** A remark in the words of findings; the package is among the parameters. */
export function sourceRemark(file: string, { code, path, params }: Remark): SourceRemark {
  return {
    code,
    severity: packageSeverity(code),
    effect: packageEffect(code),
    ...(path === undefined ? {} : { value: path.slice(0, VALUE_LIMIT) }),
    params: { ...params, package: file },
  };
}

/** Files of `dokumenty/` that no metadata file leads to, not even by a name that differs by case or Unicode form: nothing is known of them, so they are not read. */
export function* undescribed({ documents, entries }: PackageReader): Generator<Remark> {
  const described = openDigestTable();
  for (let index = entries.cases; index < entries.length; index++) {
    const [file] = documents.get(describedName(entries.at(index).path));
    if (file !== undefined) described.set(documentName(file.path), index);
  }
  for (const name of documents.names())
    if (!described.has(name)) yield { code: 'PACKAGE_METADATA_MISSING', path: `dokumenty/${name}` };
}

/** `dokumenty/a.pdf`, `dokumenty/a/b.pdf` → what the metadata file is named after. */
const documentName = (path: string): string => path.split('/')[1] ?? '';

/** A file that was found although its name is not spelled as its metadata file's. */
export function* otherSpelling({ name, files, path }: PackageItem): Generator<Remark> {
  const [file] = files;
  if (file !== undefined && documentName(file.path) !== name)
    yield { code: 'PACKAGE_XML_LENIENT', path, params: { reason: 'file-name' } };
}

/** A document of which the package has no file. */
export function* withoutFile({ kind, files, path }: PackageItem): Generator<Remark> {
  if (kind === 'document' && files.length === 0) yield { code: 'PACKAGE_DOCUMENT_MISSING', path };
}

/** A file that has not the size that its metadata tell. */
export function* otherSize({ files, object, path }: PackageItem): Generator<Remark> {
  const { bytes } = object.format;
  const [file] = files;
  if (bytes === null || file === undefined || files.length > 1 || file.size === bytes) return;
  yield { code: 'PACKAGE_SIZE_MISMATCH', path, params: { expected: bytes, found: file.size } };
}

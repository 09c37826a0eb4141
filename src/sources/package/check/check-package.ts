import { createHash } from 'node:crypto';
import { type DigestTable, openDigestTable } from '../../../core/digest-table.ts';
import type { ArchiveFile, Remark } from '../archive.ts';
import { PACKAGE_FOLDERS } from '../open-package.ts';
import { foldWord, type PackageObject } from '../package-object.ts';
import { otherSize } from '../package-remarks.ts';
import { originalName } from '../package-tables.ts';
import { caseSignOf, describedName, folderOf, type PackageItem, type PackageReader } from '../read-package.ts';
import { openTextIndex } from '../text-index.ts';
import { openTextList } from '../text-list.ts';
import type { SchemaCheck } from './validate-schema.ts';

/** What a detached signature says it signs; recognised by the caller's means. */
export interface SignedFile {
  readonly name: string;
  readonly algorithm: string;
  /** Hex. */
  readonly digest: string;
}

export interface CheckTools {
  readonly schemas: Readonly<Record<PackageObject['version'], SchemaCheck>>;
  /** Detached references of a signature file; empty: it is none. */
  readonly signedFiles: (bytes: Buffer) => readonly SignedFile[];
  readonly signal: AbortSignal;
}

/** The checks of a package, one after another; yields what is not met. Reads the metadata twice and signed files once; holds a few words an object. */
export async function* checkPackage(reader: PackageReader, tools: CheckTools): AsyncGenerator<Remark> {
  yield* reader.archive.remarks;
  yield* checkLayout(reader);
  const known = { cases: openDigestTable(), identifiers: openDigestTable(), names: openNames(reader) };
  for await (const { item } of readAll(reader, tools.signal)) {
    if (item === null) continue;
    if (item.kind === 'case') known.cases.set(item.key, item.ordinal);
    for (const { value } of item.object.identifiers) known.identifiers.set(value, item.ordinal);
    known.identifiers.set(item.name, item.ordinal);
    const [file] = item.files;
    if (file !== undefined && item.files.length === 1) known.names.add(originalName(item), file);
  }
  for await (const { item, entry, remarks } of readAll(reader, tools.signal)) {
    yield* remarks;
    if (item === null) continue;
    yield* checkSchema(await bytesOf(reader, entry), item, tools);
    if (item.kind === 'document') yield* checkDocument(item, known);
    yield* await checkContents(reader, item, known.names, tools);
  }
}

interface Known {
  readonly cases: DigestTable;
  readonly identifiers: DigestTable;
  readonly names: Names;
}

async function* readAll(
  reader: PackageReader,
  signal: AbortSignal,
): AsyncGenerator<{ item: PackageItem | null; entry: ArchiveFile; remarks: readonly Remark[] }> {
  for (let index = 0; index < reader.entries.length; index++) {
    signal.throwIfAborted();
    const read = await reader.read(index);
    yield { item: 'item' in read ? read.item : null, entry: reader.entries.at(index), remarks: read.remarks };
  }
}

/** Names must be spelled alike here; reading them is more lenient (`undescribed`). */
function* checkLayout({ archive, documents, entries }: PackageReader): Generator<Remark> {
  const tops = new Set<string>();
  for (const { path } of archive.files) {
    const folder = folderOf(path);
    if ((PACKAGE_FOLDERS as readonly string[]).includes(folder)) tops.add(path.slice(0, path.indexOf('/')));
    else yield { code: 'PACKAGE_EXTRA_FILE', path };
  }
  for (const folder of PACKAGE_FOLDERS) {
    if (!tops.has(folder)) yield { code: 'PACKAGE_FOLDER_MISSING', params: { folder } };
  }
  const described = openDigestTable();
  for (let index = entries.cases; index < entries.length; index++) {
    described.set(describedName(entries.at(index).path), index);
  }
  for (const name of documents.names()) {
    if (!described.has(name)) yield { code: 'PACKAGE_METADATA_MISSING', path: `dokumenty/${name}` };
  }
  for (let index = entries.cases; index < entries.length; index++) {
    const name = describedName(entries.at(index).path);
    if (described.get(name) === index && !documents.has(name)) {
      yield { code: 'PACKAGE_DOCUMENT_MISSING', path: `metadane/${name}.xml` };
    }
  }
}

function* checkSchema(bytes: Buffer, { object, path }: PackageItem, { schemas }: CheckTools): Generator<Remark> {
  const schema = object.version === '2.0' ? '2.0' : '1.7';
  yield* schemaRemarks(bytes, { path, schema }, schemas[object.version]);
}

/** What of an XML file does not follow its schema (`schema`: its name, for the message). */
export function* schemaRemarks(
  bytes: Buffer,
  { path, schema }: { readonly path: string; readonly schema: string },
  check: SchemaCheck,
): Generator<Remark> {
  const told = new Set<string>();
  for (const { element, reason, line } of check.faults(bytes)) {
    // A facet and the type it belongs to are one fault told twice.
    if (reason === 'type' && told.has(`${element} ${line}`)) continue;
    told.add(`${element} ${line}`);
    yield { code: 'PACKAGE_XML_INVALID', path, params: { schema, element, reason, line } };
  }
}

function* checkDocument(item: PackageItem, known: Known): Generator<Remark> {
  const { object, path } = item;
  const group = object.groups.find(({ type }) => foldWord(type) === 'znaksprawy');
  if (group === undefined) yield { code: 'PACKAGE_GROUP_MISSING', path };
  else if (!known.cases.has(caseSignOf(object) ?? '')) yield { code: 'PACKAGE_CASE_MISSING', path };
  for (const { type, targets } of object.relations) {
    if (!targets.some(({ value }) => known.identifiers.has(value))) {
      yield { code: 'PACKAGE_RELATION_OPEN', path, params: { type: foldWord(type) } };
    }
  }
  yield* otherSize(item);
}

/** Signatures are small; what is bigger is a document. */
const SIGNATURE_BYTES = 4 << 20;

/** Receipts of ePUAP: the root's namespace. */
const RECEIPT = 'http://crd.gov.pl/xml/schematy/UPO/';

/** Looks into small XML files: receipts must name their letter, detached signatures their file. */
async function checkContents(
  reader: PackageReader,
  { files, object, path }: PackageItem,
  names: Names,
  tools: CheckTools,
): Promise<readonly Remark[]> {
  const [file] = files;
  if (file === undefined || files.length > 1 || file.size > SIGNATURE_BYTES) return [];
  if (!/\.(?:xades|xml|sig)$/i.test(file.path)) return [];
  const bytes = await bytesOf(reader, file);
  const remarks: Remark[] = [];
  if (bytes.includes(RECEIPT) && object.relations.length === 0) remarks.push({ code: 'PACKAGE_RECEIPT_ALONE', path });
  for (const signed of tools.signedFiles(bytes)) {
    const candidates = names.get(signed.name);
    if (await anyFits(reader, candidates, signed)) continue;
    const reason = candidates.length === 0 ? 'file-missing' : 'digest';
    remarks.push({ code: 'PACKAGE_SIGNATURE_MISMATCH', path, params: { reason } });
  }
  return remarks;
}

/** Files by the names they have in the package and had before; one name may be that of many. */
interface Names {
  add(name: string, file: ArchiveFile): void;
  get(name: string): readonly ArchiveFile[];
}

function openNames({ archive, documents }: PackageReader): Names {
  const names = openTextList();
  const paths = openTextList();
  const index = openTextIndex((member) => names.at(member));
  const add: Names['add'] = (name, { path }) => {
    names.push(name);
    paths.push(path);
    index.add(name);
  };
  for (const document of documents.names()) {
    for (const file of documents.get(document)) add(file.path.split('/').at(-1) ?? '', file);
  }
  return {
    add,
    get: (name) => {
      const found = new Set([...index.members(name)].map((member) => paths.at(member)));
      return [...found].flatMap((path) => archive.files.find(path) ?? []);
    },
  };
}

async function anyFits(reader: PackageReader, files: readonly ArchiveFile[], signed: SignedFile): Promise<boolean> {
  for (const file of files) if (await fits(reader, file, signed)) return true;
  return false;
}

async function fits(reader: PackageReader, file: ArchiveFile, { algorithm, digest }: SignedFile): Promise<boolean> {
  if (!['sha1', 'sha256', 'sha384', 'sha512'].includes(algorithm)) return true;
  const hash = createHash(algorithm);
  for await (const chunk of reader.archive.open(file)) hash.update(chunk);
  return hash.digest('hex') === digest;
}

async function bytesOf({ archive }: PackageReader, file: ArchiveFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.open(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

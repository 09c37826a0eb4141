import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageFolder } from '../config/package-folder.ts';
import { recogniseSignature } from '../contents/signature.ts';
import type { Effect, Severity } from '../core/finding.ts';
import type { Remark } from '../sources/package/archive.ts';
import { type CheckTools, checkPackage, type SignedFile } from '../sources/package/check/check-package.ts';
import { checkSides } from '../sources/package/check/check-sides.ts';
import { openSchema, type SchemaCheck } from '../sources/package/check/validate-schema.ts';
import { openPackage } from '../sources/package/open-package.ts';
import { sourceRemark } from '../sources/package/package-remarks.ts';
import { openPackageReader } from '../sources/package/read-package.ts';
import { checkXmlFile, isXmlFile, schemaOf, type XmlSchema } from './check-xml-file.ts';

/** Something said about a package, in the words of findings. `value` is a path in it: personal data. */
export interface PackageFinding {
  readonly package: string;
  readonly code: Remark['code'];
  readonly severity: Severity;
  readonly effect: Effect;
  readonly value?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface CheckedPackage {
  readonly package: string;
  readonly cases: number;
  readonly documents: number;
  /** A single XML file: the schema it was checked against. */
  readonly schema?: XmlSchema;
}

/** Checks packages one after another: layout, names, schemas, relations, sizes, signatures, side files. Findings are handed on as they come. */
export async function checkPackages(
  paths: readonly string[],
  onFinding: (finding: PackageFinding) => void,
  signal: AbortSignal,
): Promise<readonly CheckedPackage[]> {
  const opened = new Map<XmlSchema, SchemaCheck>();
  const schema = (name: XmlSchema): SchemaCheck => {
    const found = opened.get(name) ?? openSchema(readFileSync(join(SCHEMAS, `${name}.xsd`)));
    opened.set(name, found);
    return found;
  };
  const checked: CheckedPackage[] = [];
  try {
    for (const path of paths) {
      if (isXmlFile(path)) checked.push(checkXml(path, schema, onFinding));
      else {
        const schemas = { '1.x': schema('metadane-1.7'), '2.0': schema('metadane-2.0') };
        checked.push(await checkOne(path, { schemas, signedFiles, signal }, onFinding));
      }
    }
  } finally {
    for (const each of opened.values()) each.close();
  }
  return checked;
}

const SCHEMAS = join(packageFolder(), 'mappings', 'paczka', 'schemas');

/** A metadata file or a hand-over list by itself. */
function checkXml(
  path: string,
  schemas: (name: XmlSchema) => SchemaCheck,
  onFinding: (finding: PackageFinding) => void,
): CheckedPackage {
  const schema = schemaOf(path);
  for (const remark of checkXmlFile(path, schema, schemas(schema))) onFinding(toFinding(basename(path), remark));
  return { package: basename(path), cases: 0, documents: 0, schema };
}

async function checkOne(
  path: string,
  tools: CheckTools,
  onFinding: (finding: PackageFinding) => void,
): Promise<CheckedPackage> {
  const archive = await openPackage(path);
  try {
    const reader = openPackageReader(path, archive);
    for await (const remark of checkPackage(reader, tools)) onFinding(toFinding(reader.file, remark));
    for (const remark of await checkSides(path, tools.signedFiles)) onFinding(toFinding(reader.file, remark));
    return { package: basename(path), cases: reader.entries.cases, documents: reader.documents.size };
  } finally {
    await archive.close();
  }
}

const signedFiles = (bytes: Buffer): readonly SignedFile[] =>
  recogniseSignature({ head: bytes, tail: bytes, whole: true, size: bytes.length })?.signs ?? [];

const toFinding = (file: string, remark: Remark): PackageFinding => {
  const { severity, effect, value } = sourceRemark(file, remark);
  const { code, params } = remark;
  const told = { package: file, code, severity, effect };
  return { ...told, ...(value === undefined ? {} : { value }), ...(params === undefined ? {} : { params }) };
};

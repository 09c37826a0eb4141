import type { ContentSignature, SignatureKind } from './content.ts';
import type { FileView } from './file-view.ts';
import { isSignedData } from './media-type.ts';
import { readXmlSignature } from './signature-xml.ts';

/**
 * Recognises an electronic signature from the bytes; null: none seen. It is never judged: neither digests nor certificates are checked. Of a file over 2 MiB only
 * the first and the last mebibyte are looked at, so `count` is then a lower bound.
 */
export function recogniseSignature(view: FileView): ContentSignature | null {
  const { head } = view;
  if (head.length < 16) return null;
  if (head.toString('latin1', 0, 1024).includes('%PDF-')) return pdfSignature(view);
  if (head[0] === 0x50 && head[1] === 0x4b) return asicSignature(view);
  if (isSignedData(head)) return cmsSignature(head);
  const pem = pemSignedData(head);
  if (pem !== null) return cmsSignature(pem);
  return readXmlSignature(view);
}

const signature = (kind: SignatureKind, rest: Partial<ContentSignature> = {}): ContentSignature => ({
  kind,
  count: 1,
  trustedProfile: false,
  digests: [],
  signs: [],
  coversWhole: null,
  ...rest,
});

function pdfSignature(view: FileView): ContentSignature | null {
  // Most PDFs are not signed: found out without turning them into text.
  if (!view.head.includes('/ByteRange') && !view.tail.includes('/ByteRange')) return null;
  const text = textOf(view);
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*\d+\s+\d+\s+(\d+)\s+(\d+)\s*\]/g)];
  // A document time stamp has a ByteRange too but signs nothing.
  const stamps = text.match(/\/SubFilter\s*\/ETSI\.RFC3161/g)?.length ?? 0;
  if (ranges.length - stamps < 1) return null;
  const coversWhole = ranges.some((range) => Number(range[1]) + Number(range[2]) === view.size);
  return signature('pades', { count: ranges.length - stamps, coversWhole, digests: digestsInHex(text) });
}

const DIGEST_OIDS: readonly (readonly [string, string])[] = [
  ['sha1', '06052b0e03021a'],
  ['sha256', '0609608648016503040201'],
  ['sha384', '0609608648016503040202'],
  ['sha512', '0609608648016503040203'],
];

function digestsInHex(text: string): string[] {
  const found = /\/Contents\s*<([0-9a-fA-F]{64,})/.exec(text)?.[1]?.slice(0, 4096).toLowerCase() ?? '';
  return DIGEST_OIDS.filter(([, oid]) => found.includes(oid)).map(([name]) => name);
}

function asicSignature(view: FileView): ContentSignature | null {
  const start = view.head.toString('latin1', 0, 200);
  const kind = /application\/vnd\.etsi\.asic-([se])\+zip/.exec(start)?.[1];
  if (kind === undefined) return null;
  const names = view.tail.toString('latin1').match(/PK\x01\x02[\s\S]{42}META-INF\/[^/]*signature[^/]*?\.(?:xml|p7s)/gi);
  return signature(kind === 's' ? 'asic-s' : 'asic-e', { count: Math.max(1, names?.length ?? 0) });
}

function pemSignedData(head: Buffer): Buffer | null {
  const text = head.toString('latin1', 0, 4096);
  const body =
    /^\s*-----BEGIN (?:PKCS7|CMS)-----\s*([A-Za-z0-9+/=\s]+)/.exec(text)?.[1] ??
    /^MI[A-Za-z0-9+/\s]{60,}/.exec(text)?.[0];
  if (body === undefined) return null;
  const bytes = Buffer.from(body, 'base64');
  return isSignedData(bytes) ? bytes : null;
}

function cmsSignature(head: Buffer): ContentSignature {
  const start = head.subarray(0, 2048).toString('hex');
  const digests = DIGEST_OIDS.filter(([, oid]) => start.includes(oid)).map(([name]) => name);
  return signature(hasEncapsulatedContent(head) ? 'cades-enveloping' : 'cades-detached', { digests });
}

/** SignedData ::= { version, digestAlgorithms, encapContentInfo { type, [0] content OPTIONAL } …}: is the content there? */
function hasEncapsulatedContent(bytes: Buffer): boolean {
  let at = enter(bytes, 0); // ContentInfo
  at = skip(bytes, at); // its object identifier
  at = enter(bytes, at); // [0]
  at = enter(bytes, at); // SignedData
  at = skip(bytes, at); // version
  at = skip(bytes, at); // digestAlgorithms
  const info = readLength(bytes, at);
  const content = skip(bytes, info.start);
  const inside = info.length === null || content < info.start + info.length;
  return inside && bytes[content] === 0xa0;
}

/** Length of the element at `at`; null: BER's indefinite form. */
function readLength(bytes: Buffer, at: number): { start: number; length: number | null } {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return { start: at + 2, length: first };
  if (first === 0x80) return { start: at + 2, length: null };
  let length = 0;
  for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return { start: at + 2 + (first & 0x7f), length };
}

const enter = (bytes: Buffer, at: number): number => readLength(bytes, at).start;
function skip(bytes: Buffer, at: number): number {
  const { start, length } = readLength(bytes, at);
  return start + (length ?? 0);
}

/** Bytes as text, one character a byte: enough to look for marks. */
export const textOf = (view: FileView): string =>
  view.whole ? view.head.toString('latin1') : view.head.toString('latin1') + view.tail.toString('latin1');

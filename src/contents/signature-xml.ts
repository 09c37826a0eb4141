import type { ContentSignature, SignatureKind, SignedReference } from './content.ts';
import type { FileView } from './file-view.ts';

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const XADES = 'http://uri.etsi.org/01903';
const TRUSTED_PROFILE = 'http://crd.gov.pl/xml/schematy/ppzp/';

/**
 * XML signatures. The marks are looked for in the text without parsing the document: it may be a 100 MB letter whose attachments are inside as Base64, and
 * it must be recognised also where the XML is broken.
 */
export function readXmlSignature(view: FileView): ContentSignature | null {
  const text = decode(view);
  if (text === null || !text.includes(XMLDSIG)) return null;
  const count = text.match(/<(?:[\w.-]+:)?Signature(?=[\s>])/g)?.length ?? 0;
  if (count === 0) return null;
  const references = readReferences(text);
  const signs = references.filter((reference) => isOutside(reference.uri)).map(toSigned);
  return {
    kind: kindOf(text, signs.length > 0, references),
    count,
    trustedProfile: text.includes(TRUSTED_PROFILE),
    digests: [...new Set(references.map((reference) => reference.algorithm))],
    signs,
    coversWhole: null,
  };
}

function decode(view: FileView): string | null {
  const { head, tail, whole } = view;
  const wide = head[0] === 0xff && head[1] === 0xfe;
  const start = head.toString(wide ? 'utf16le' : 'latin1', 0, 256).replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '');
  if (!start.trimStart().startsWith('<')) return null;
  if (!wide && whole && !head.includes(XMLDSIG)) return null;
  const encoding = wide ? 'utf16le' : 'utf8';
  return whole ? head.toString(encoding) : head.toString(encoding) + tail.toString(encoding);
}

interface Reference {
  readonly uri: string;
  readonly algorithm: string;
  readonly digest: string;
}

function readReferences(text: string): Reference[] {
  const found: Reference[] = [];
  for (const [, attributes, body] of text.matchAll(
    /<(?:[\w.-]+:)?Reference((?:\s[^>]*)?)>([\s\S]{0,20000}?)<\/(?:[\w.-]+:)?Reference>/g,
  )) {
    if (attributes === undefined || body === undefined || /SignedProperties/.test(attributes)) continue;
    const algorithm = /DigestMethod[^>]*?Algorithm\s*=\s*["'][^"']*#([\w-]+)["']/.exec(body)?.[1];
    const digest = /DigestValue[^>]*>\s*([A-Za-z0-9+/=\s]+?)\s*</.exec(body)?.[1];
    if (algorithm === undefined || digest === undefined) continue;
    found.push({
      uri: unescapeXml(/\bURI\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes)?.slice(1).join('') ?? ''),
      algorithm: algorithm.toLowerCase(),
      digest: Buffer.from(digest, 'base64').toString('hex'),
    });
  }
  return found;
}

const isOutside = (uri: string): boolean => uri !== '' && !uri.startsWith('#');

function kindOf(text: string, detached: boolean, references: readonly Reference[]): SignatureKind {
  if (!text.includes(XADES)) return 'xmldsig';
  if (detached) return 'xades-detached';
  const root = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(text.replace(/<[?!][^>]*>/g, ''))?.[1];
  const wholeDocument = references.some((reference) => reference.uri === '');
  return root === 'Signature' && !wholeDocument ? 'xades-enveloping' : 'xades-enveloped';
}

function toSigned(reference: Reference): SignedReference {
  return { name: fileName(reference.uri), algorithm: reference.algorithm, digest: reference.digest };
}

/** The bare file name of a reference; URIs come percent-encoded or plain. */
function fileName(uri: string): string {
  const last = uri.split(/[/\\]/).at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

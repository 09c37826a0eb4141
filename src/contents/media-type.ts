import type { FileView } from './file-view.ts';

/**
 * Media type from the bytes, never from the name. null: binary that nothing recognises. Text has no mark of its own: bytes that
 * are text and nothing else are `text/plain` (also CSV), with XML, HTML and e-mail told apart by how they begin.
 */
export async function sniffMediaType(view: FileView): Promise<string | null> {
  if (view.size === 0) return null;
  const asic = zipMimetype(view.head);
  if (asic !== null) return asic;
  if (isSignedData(view.head)) return 'application/pkcs7-mime';
  const { fileTypeFromBuffer } = await import('file-type');
  const known = await fileTypeFromBuffer(view.head);
  if (known !== undefined) return known.mime;
  return isText(view.head) ? textType(view.head) : null;
}

/** The stored `mimetype` that OpenDocument and ASiC containers begin with. */
function zipMimetype(head: Buffer): string | null {
  if (head.length < 38 || head.readUInt32LE(0) !== 0x04034b50 || head.toString('latin1', 30, 38) !== 'mimetype') {
    return null;
  }
  const start = 38 + head.readUInt16LE(28);
  const text = head.toString('latin1', start, start + Math.min(head.readUInt32LE(18), 100));
  return /^[\w.+-]+\/[\w.+-]+/.exec(text)?.[0] ?? null;
}

const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

/** DER or BER of CMS SignedData: a sequence whose first member is the object identifier 1.2.840.113549.1.7.2. */
export const isSignedData = (head: Buffer): boolean =>
  head[0] === 0x30 && head.subarray(0, 20).includes(SIGNED_DATA) && head.indexOf(SIGNED_DATA) <= 6;

function isText(head: Buffer): boolean {
  if (head[0] === 0xff && head[1] === 0xfe) return true;
  const sample = head.subarray(0, 8192);
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
  return true;
}

function textType(head: Buffer): string {
  const start = head
    .toString('latin1', 0, 2048)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (/^(?:<!doctype html|<html)/i.test(start)) return 'text/html';
  if (/^<(?:\?xml|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s/>])/.test(start)) return 'application/xml';
  if (
    /^(?:Received|Return-Path|From|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+): /im.test(start.slice(0, 200))
  ) {
    return /^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){2,}/.test(start) ? 'message/rfc822' : 'text/plain';
  }
  return 'text/plain';
}

const ZIP = 'application/zip';
const CFB = 'application/x-cfb';
const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODF = 'application/vnd.oasis.opendocument.';
const XML = ['application/xml', 'text/xml'];
const TEXT = ['text/plain'];
const SIGNED = ['application/pkcs7-mime', 'application/xml', 'text/plain'];

/** Extension → media types that fit it. An extension that is not here is not compared. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  pdf: ['application/pdf'],
  txt: [...TEXT, 'message/rfc822', ...XML, 'text/html'],
  csv: [...TEXT, 'text/csv'],
  rtf: ['application/rtf', 'text/rtf'],
  xml: XML,
  xsd: XML,
  xsl: XML,
  xslt: XML,
  gml: XML,
  svg: ['image/svg+xml', ...XML],
  html: ['text/html', ...XML],
  htm: ['text/html', ...XML],
  xhtml: ['text/html', ...XML],
  eml: ['message/rfc822', ...TEXT],
  msg: [CFB, 'application/vnd.ms-outlook'],
  doc: [CFB, 'application/msword', 'application/rtf', 'text/rtf'],
  xls: [CFB, 'application/vnd.ms-excel'],
  ppt: [CFB, 'application/vnd.ms-powerpoint'],
  docx: [`${OOXML}wordprocessingml.document`, ZIP],
  xlsx: [`${OOXML}spreadsheetml.sheet`, ZIP],
  pptx: [`${OOXML}presentationml.presentation`, ZIP],
  odt: [`${ODF}text`],
  ods: [`${ODF}spreadsheet`],
  odp: [`${ODF}presentation`],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  gif: ['image/gif'],
  bmp: ['image/bmp'],
  tif: ['image/tiff'],
  tiff: ['image/tiff'],
  zip: [ZIP],
  '7z': ['application/x-7z-compressed'],
  gz: ['application/gzip'],
  tar: ['application/x-tar'],
  rar: ['application/x-rar-compressed'],
  mp3: ['audio/mpeg'],
  mp4: ['video/mp4'],
  wav: ['audio/wav', 'audio/vnd.wave'],
  xades: XML,
  p7m: SIGNED,
  p7s: SIGNED,
  sig: SIGNED,
  asice: ['application/vnd.etsi.asic-e+zip', ZIP],
  sce: ['application/vnd.etsi.asic-e+zip', ZIP],
  asics: ['application/vnd.etsi.asic-s+zip', ZIP],
};

/** Extension of a file name, lower case, without the dot; '' for none. */
export const extensionOf = (name: string): string => /\.([^./\\\s]{1,16})\s*$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether name and bytes agree; null: the extension says nothing. */
export function extensionFits(name: string, mediaType: string | null): boolean | null {
  const expected = EXPECTED[extensionOf(name)];
  return expected === undefined ? null : mediaType !== null && expected.includes(mediaType);
}

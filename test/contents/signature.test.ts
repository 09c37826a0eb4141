import { describe, expect, it } from 'vitest';
import type { FileView } from '../../src/contents/file-view.ts';
import { extensionFits, sniffMediaType } from '../../src/contents/media-type.ts';
import { recogniseSignature } from '../../src/contents/signature.ts';

const view = (bytes: string | Buffer): FileView => {
  const head = Buffer.from(bytes as string);
  return { head, tail: head, whole: true, size: head.length };
};

const DIGEST = Buffer.alloc(32, 7);
const reference = (uri: string, type = ''): string =>
  `<ds:Reference URI="${uri}"${type}><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
  `<ds:DigestValue>${DIGEST.toString('base64')}</ds:DigestValue></ds:Reference>`;
const signature = (references: string, object = ''): string =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>${references}` +
  `${reference('#props', ' Type="http://uri.etsi.org/01903#SignedProperties"')}</ds:SignedInfo>` +
  `<ds:SignatureValue>AAAA</ds:SignatureValue><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"/>` +
  `</ds:Object>${object}</ds:Signature>`;

/** DER of CMS SignedData with or without content; certificates left out. */
function cms(content: Buffer | null): Buffer {
  const der = (tag: number, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const sha256 = Buffer.from('300b0609608648016503040201', 'hex');
  const info = der(
    0x30,
    Buffer.from('06092a864886f70d010701', 'hex'),
    ...(content === null ? [] : [der(0xa0, der(0x04, content))]),
  );
  const signed = der(0x30, Buffer.from([2, 1, 1]), der(0x31, sha256), info, der(0x31));
  return der(0x30, Buffer.from('06092a864886f70d010702', 'hex'), der(0xa0, signed));
}

/** A ZIP whose first entry is the stored `mimetype`, and a central directory with the given names. */
function zip(mimetype: string, names: readonly string[]): Buffer {
  const local = Buffer.alloc(38 + mimetype.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt32LE(mimetype.length, 18);
  local.writeUInt32LE(mimetype.length, 22);
  local.writeUInt16LE(8, 26);
  local.write(`mimetype${mimetype}`, 30, 'latin1');
  const central = names.map((name) =>
    Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.alloc(42), Buffer.from(name)]),
  );
  return Buffer.concat([local, ...central]);
}

describe('signatures are recognised by their bytes', () => {
  it('XAdES inside the document it signs, with the trusted profile named', () => {
    const letter = `<?xml version="1.0"?><wnio:Dokument xmlns:wnio="x">${signature(reference(''))}<ppZP:PodpisZP xmlns:ppZP="http://crd.gov.pl/xml/schematy/ppzp/"/></wnio:Dokument>`;
    expect(recogniseSignature(view(letter))).toMatchObject({
      kind: 'xades-enveloped',
      count: 1,
      trustedProfile: true,
      digests: ['sha256'],
      signs: [],
    });
  });

  it('XAdES around the document', () => {
    const around = signature(reference('#document'), '<ds:Object Id="document">QUJD</ds:Object>');
    expect(recogniseSignature(view(`\ufeff<?xml version="1.0"?>\n${around}`))?.kind).toBe('xades-enveloping');
  });

  it('XAdES beside the document, with the name and the digest of what it signs', () => {
    const beside = signature(reference('Umowa%20%C5%82%C4%85czna.pdf'));
    expect(recogniseSignature(view(beside))).toMatchObject({
      kind: 'xades-detached',
      signs: [{ name: 'Umowa łączna.pdf', algorithm: 'sha256', digest: DIGEST.toString('hex') }],
    });
  });

  it('XML signatures without XAdES, and several in one file', () => {
    const plain = signature(reference('')).replaceAll('http://uri.etsi.org/01903', 'urn:other');
    expect(recogniseSignature(view(`<a>${plain}${plain}</a>`))).toMatchObject({ kind: 'xmldsig', count: 2 });
  });

  it('PAdES, and whether the last signature covers the whole file', () => {
    const range = (end: number): string =>
      `%PDF-1.7\n1 0 obj <</SubFilter/ETSI.CAdES.detached/Contents <${'30'.repeat(20)}0609608648016503040201${'00'.repeat(40)}>` +
      `/ByteRange [0 10 20 ${String(end).padStart(5)}]>>\n%%EOF`;
    const whole = range(range(0).length - 20);
    expect(recogniseSignature(view(whole))).toMatchObject({ kind: 'pades', coversWhole: true, digests: ['sha256'] });
    expect(recogniseSignature(view(`${whole}\nchanged later`))).toMatchObject({ kind: 'pades', coversWhole: false });
    expect(recogniseSignature(view('%PDF-1.7\nno signature'))).toBeNull();
    const stamp = whole.replace('ETSI.CAdES.detached', 'ETSI.RFC3161');
    expect(recogniseSignature(view(stamp))).toBeNull();
  });

  it('CAdES with and without the content, in DER and in PEM', () => {
    expect(recogniseSignature(view(cms(Buffer.alloc(300, 1))))).toMatchObject({
      kind: 'cades-enveloping',
      digests: ['sha256'],
    });
    expect(recogniseSignature(view(cms(null)))?.kind).toBe('cades-detached');
    const pem = `-----BEGIN PKCS7-----\n${cms(null).toString('base64')}\n-----END PKCS7-----\n`;
    expect(recogniseSignature(view(pem))?.kind).toBe('cades-detached');
  });

  it('ASiC containers of both kinds, and no other ZIP', () => {
    const names = ['META-INF/signatures0.xml', 'META-INF/signatures1.xml', 'pismo.pdf'];
    expect(recogniseSignature(view(zip('application/vnd.etsi.asic-e+zip', names)))).toMatchObject({
      kind: 'asic-e',
      count: 2,
    });
    expect(recogniseSignature(view(zip('application/vnd.etsi.asic-s+zip', [])))).toMatchObject({
      kind: 'asic-s',
      count: 1,
    });
    expect(recogniseSignature(view(zip('application/vnd.oasis.opendocument.text', names)))).toBeNull();
  });

  it('nothing in an ordinary letter, nor in a text about signatures', () => {
    expect(recogniseSignature(view('<a>zwykły list, bez podpisu</a>'))).toBeNull();
    expect(recogniseSignature(view('Signature http://www.w3.org/2000/09/xmldsig# <ds:Signature >'))).toBeNull();
  });
});

describe('the media type comes from the bytes', () => {
  it.each<[string, string | Buffer, string | null]>([
    ['a PDF', '%PDF-1.4\n%âãÏÓ\n', 'application/pdf'],
    ['XML', '\ufeff<?xml version="1.0"?><a/>', 'application/xml'],
    ['XML without declaration', '<pismo xmlns="x"><a/></pismo>', 'application/xml'],
    ['a web page', '<!DOCTYPE html><p>', 'text/html'],
    ['a mail', 'Received: from a\r\n\tby b\r\nFrom: jan@example.org\r\nSubject: x\r\n\r\ntext', 'message/rfc822'],
    ['text in windows-1250', Buffer.from([0x7a, 0x61, 0xb3, 0xb9, 0x63, 0x7a, 0x6e, 0x69, 0x6b, 13, 10]), 'text/plain'],
    ['CMS', cms(null), 'application/pkcs7-mime'],
    ['OpenDocument', zip('application/vnd.oasis.opendocument.text', []), 'application/vnd.oasis.opendocument.text'],
    ['binary nobody knows', Buffer.from([1, 2, 3, 4, 5, 0, 0, 1]), null],
    ['nothing', '', null],
  ])('%s', async (_, bytes, type) => {
    expect(await sniffMediaType(view(bytes))).toBe(type);
  });

  it.each<[string, string | null, boolean | null]>([
    ['Decyzja.PDF', 'application/pdf', true],
    ['decyzja.pdf', 'image/jpeg', false],
    ['pismo.doc', 'application/x-cfb', true],
    ['pismo.doc', null, false],
    ['podpis.xades', 'application/xml', true],
    ['skan.tif', 'image/tiff', true],
    ['bez rozszerzenia', 'application/pdf', null],
    ['rysunek.xyz', 'application/pdf', null],
  ])('%s with bytes of %s fits: %s', (name, type, fits) => {
    expect(extensionFits(name, type)).toBe(fits);
  });
});

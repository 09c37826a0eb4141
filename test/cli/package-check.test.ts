import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPackages, type PackageFinding } from '../../src/cli/check-packages.ts';
import { main } from '../../src/cli/main.ts';
import { type ArchiveParts, makeTar, makeZip, partsOf } from '../support/make-archive.ts';

const EXAMPLES = join(import.meta.dirname, '..', 'sources', 'package', 'examples');
const ARCHIVAL = partsOf(join(EXAMPLES, 'paczka-archiwalna-1.7'));
const EADM = partsOf(join(EXAMPLES, 'paczka-eadm-2.0'));
const home = mkdtempSync(join(tmpdir(), 'ezd-package-check-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const signal = new AbortController().signal;
async function check(name: string, bytes: Buffer): Promise<PackageFinding[]> {
  writeFileSync(join(home, name), bytes);
  const findings: PackageFinding[] = [];
  await checkPackages([join(home, name)], (finding) => findings.push(finding), signal);
  return findings;
}

type Parts = readonly (readonly [string, Buffer])[];
const buffers = (parts: ArchiveParts): Parts => parts.map(([name, bytes]) => [name, Buffer.from(bytes as Buffer)]);

/** Changes the text of one file; fails when nothing changed, so that no mutation is idle. */
const edit = (file: string, from: string | RegExp, to: string) => (parts: Parts) => {
  let changed = false;
  const result = parts.map(([name, bytes]) => {
    if (name !== file) return [name, bytes] as const;
    const text = bytes.toString().replace(from, to);
    changed = text !== bytes.toString();
    return [name, Buffer.from(text)] as const;
  });
  if (!changed) throw new Error(`nothing to change in ${file}`);
  return result;
};
const without = (file: string) => (parts: Parts) => parts.filter(([name]) => name !== file);
const rename = (file: string, to: string) => (parts: Parts) =>
  parts.map(([name, bytes]) => [name === file ? to : name, bytes] as const);
const withFile = (file: string, text: string) => (parts: Parts) => [...parts, [file, Buffer.from(text)] as const];

type Mutation = readonly [what: string, change: (parts: Parts) => Parts, code: string, reason?: string];
const LETTER = 'metadane/1001_5001.pdf.xml';
const CASE = 'sprawy/OR.120.7.2023.xml';
const INVALID = 'PACKAGE_XML_INVALID';

const ARCHIVAL_MUTATIONS: readonly Mutation[] = [
  [
    'elements in another order',
    edit(LETTER, /(<dostep>[\s\S]*?<\/dostep>)\s*(<format>[\s\S]*?<\/format>)/, '$2$1'),
    INVALID,
    'order',
  ],
  [
    'title before everything',
    edit(LETTER, /(<odbiorca>)/, '<tytul><oryginalny>x</oryginalny></tytul>$1'),
    INVALID,
    'order',
  ],
  ['no title', edit(LETTER, /<tytul>[\s\S]*?<\/tytul>/, ''), INVALID, 'missing'],
  ['no creator', edit(LETTER, /<tworca>[\s\S]*?<\/tworca>/, ''), INVALID, 'order'],
  ['no date', edit(LETTER, /(<data>[\s\S]*?<\/data>\s*)+/, ''), INVALID, 'order'],
  ['no access', edit(LETTER, /<dostep>[\s\S]*?<\/dostep>/, ''), INVALID, 'order'],
  ['no format', edit(LETTER, /<format>[\s\S]*?<\/format>/, ''), INVALID, 'order'],
  ['no type', edit(LETTER, /<typ>\s*<kategoria>[\s\S]*?<\/typ>/, ''), INVALID, 'order'],
  ['no identifier in a case', edit(CASE, /<identyfikator>[\s\S]*?<\/identyfikator>/, ''), INVALID, 'order'],
  [
    'a line break in the title',
    edit(LETTER, 'Pismo przykładowe.pdf</oryginalny>', 'Pismo\nprzykładowe.pdf</oryginalny>'),
    INVALID,
    'pattern',
  ],
  ['a line break in the group', edit(LETTER, 'Id koszulki', 'Id\nkoszulki'), INVALID, 'pattern'],
  ['an empty title', edit(LETTER, 'Pismo przykładowe.pdf</oryginalny>', '</oryginalny>'), INVALID],
  ['an access that is not in the list', edit(LETTER, '>metadane<', '>publiczny<'), INVALID, 'list'],
  ['a kind of date that is not in the list', edit(LETTER, '>otrzymany<', '>otrzymany dnia<'), INVALID, 'list'],
  ['a kind of recipient that is not in the list', edit(LETTER, '>glowny<', '>główny<'), INVALID, 'list'],
  ['a category that is not in the list', edit(LETTER, '>Text<', '>Tekst<'), INVALID, 'list'],
  ['a date that is none', edit(LETTER, '>2023-03-14</czas>', '>14.03.2023</czas>'), INVALID],
  [
    'a date without a time of EZD PUW',
    edit(LETTER, '<dostep>', '<data><typ>dostepnyPo</typ></data><dostep>'),
    INVALID,
    'missing',
  ],
  ['a size without a unit', edit(LETTER, ' jednostka="bajt"', ''), INVALID, 'missing'],
  ['a language of two letters', edit(LETTER, 'kod="pol"', 'kod="pl"'), INVALID],
  ['a country in words', edit(LETTER, '<kraj>PL</kraj>', '<kraj>Polska</kraj>'), INVALID],
  ['an element nobody knows', edit(LETTER, '</dokument>', '<nowy/></dokument>'), INVALID, 'order'],
  ['an element in capitals', edit(LETTER, /<(\/?)opis>/g, '<$1Opis>'), INVALID, 'order'],
  ['an attribute nobody knows', edit(LETTER, '<tytul>', '<tytul nowy="1">'), INVALID, 'attribute'],
  ['no category of qualification', edit(CASE, '<kategoria>A</kategoria>', ''), INVALID],
  ['an end tag missing', edit(LETTER, '</tytul>', ''), 'PACKAGE_XML_BROKEN', 'xml'],
  ['another root', edit(LETTER, /dokument(?=[ >])/g, 'pismo'), 'PACKAGE_XML_BROKEN', 'root'],
  ['a document type', edit(LETTER, '<dokument', '<!DOCTYPE dokument><dokument'), 'PACKAGE_XML_REFUSED', 'doctype'],
  ['a document without its metadata', without(LETTER), 'PACKAGE_METADATA_MISSING'],
  ['metadata without their document', without('dokumenty/1001_5001.pdf'), 'PACKAGE_DOCUMENT_MISSING'],
  ['no case', without(CASE), 'PACKAGE_FOLDER_MISSING'],
  [
    'a document of a case that is not there',
    edit(LETTER, '<kod>OR.120.7.2023</kod>', '<kod>OR.120.8.2023</kod>'),
    'PACKAGE_CASE_MISSING',
  ],
  ['a document without a case', edit(LETTER, '<typ>znak sprawy</typ>', '<typ>inny</typ>'), 'PACKAGE_GROUP_MISSING'],
  [
    'a relation to nothing',
    edit(LETTER, '<wartosc>D2001_20230315_101500.txt</wartosc>', '<wartosc>D9.txt</wartosc>'),
    'PACKAGE_RELATION_OPEN',
  ],
  ['a size that is not true', edit(LETTER, '>597<', '>598<'), 'PACKAGE_SIZE_MISMATCH'],
  [
    'a byte more in the signed file',
    edit('dokumenty/1001_5001.pdf', /$/, '\n'),
    'PACKAGE_SIGNATURE_MISMATCH',
    'digest',
  ],
  [
    'the signed file renamed',
    rename('dokumenty/1001_5001.pdf', 'dokumenty/inna.pdf'),
    'PACKAGE_SIGNATURE_MISMATCH',
    'file-missing',
  ],
  ['a file at the top', withFile('manifest.txt', 'x'), 'PACKAGE_EXTRA_FILE'],
  ['a name with ..', withFile('dokumenty/../../x', 'x'), 'PACKAGE_NAME_UNSAFE'],
  ['two files of one name', withFile('dokumenty/1001_5001.pdf', 'x'), 'PACKAGE_NAME_REPEATED'],
  ['names that differ by case', withFile('dokumenty/1001_5001.PDF', 'x'), 'PACKAGE_NAME_COLLISION'],
];

const DECISION = 'metadane/Decyzja.pdf.xml';
const EADM_MUTATIONS: readonly Mutation[] = [
  [
    'elements in the order of 1.7',
    edit(DECISION, /(<identyfikator>[\s\S]*<\/identyfikator>)\s*(<tytul>[\s\S]*?<\/tytul>)/, '$2$1'),
    INVALID,
    'order',
  ],
  ['no group', edit(DECISION, /<grupowanie>[\s\S]*<\/grupowanie>/, ''), INVALID, 'order'],
  ['no kind', edit(DECISION, '<rodzaj>decyzja</rodzaj>', ''), INVALID],
  ['no place in an address', edit(DECISION, /<miejscowosc>[^<]*<\/miejscowosc>/, ''), INVALID],
  ['no surname of an employee', edit(DECISION, /<nazwisko>Wzorcowa<\/nazwisko>/, ''), INVALID],
  [
    'an altered byte in the signed file',
    edit('dokumenty/Decyzja.pdf', 'PDF', 'PDf'),
    'PACKAGE_SIGNATURE_MISMATCH',
    'digest',
  ],
  ['no signed file', without('dokumenty/Decyzja.pdf'), 'PACKAGE_SIGNATURE_MISMATCH', 'file-missing'],
  [
    'a receipt that names no letter',
    edit('metadane/UPO.xml.xml', /<relacja>[\s\S]*<\/relacja>/, ''),
    'PACKAGE_RECEIPT_ALONE',
  ],
];

describe('package check', () => {
  it('finds nothing wrong in the examples, as folders, TAR and ZIP', async () => {
    expect(await check('a.tar', await makeTar(ARCHIVAL))).toEqual([]);
    expect(await check('b.zip', makeZip(buffers(EADM)))).toEqual([]);
    const findings: PackageFinding[] = [];
    const folders = ['paczka-archiwalna-1.7', 'paczka-eadm-2.0'].map((name) => join(EXAMPLES, name));
    const checked = await checkPackages(folders, (finding) => findings.push(finding), signal);
    expect(findings).toEqual([]);
    expect(checked.map(({ cases, documents }) => [cases, documents])).toEqual([
      [1, 5],
      [1, 4],
    ]);
  });

  for (const [what, change, code, reason] of ARCHIVAL_MUTATIONS) {
    it(`finds ${what} in an archival package`, async () => {
      const parts = change(buffers(ARCHIVAL));
      const findings = await check('m.tar', await makeTar(parts));
      const params = reason === undefined ? {} : { params: expect.objectContaining({ reason }) };
      expect(findings).toContainEqual(expect.objectContaining({ code, ...params }));
    });
  }

  for (const [what, change, code, reason] of EADM_MUTATIONS) {
    it(`finds ${what} in an eADM package`, async () => {
      const parts = change(buffers(EADM));
      const findings = await check('m.zip', makeZip(parts));
      const params = reason === undefined ? {} : { params: expect.objectContaining({ reason }) };
      expect(findings).toContainEqual(expect.objectContaining({ code, ...params }));
    });
  }

  it('never repeats a value of the metadata', async () => {
    const parts = edit(LETTER, 'Przykładowski</nazwisko>', '\n</nazwisko>')(buffers(ARCHIVAL));
    const broken = edit(LETTER, '<kraj>PL</kraj>', '<kraj>Kowalski Jan</kraj>')(parts);
    expect(JSON.stringify(await check('p.tar', await makeTar(broken)))).not.toContain('Kowalski');
  });

  it.each<[string, (bytes: Buffer) => string, boolean]>([
    ['hex', (bytes) => createHash('sha256').update(bytes).digest('hex'), true],
    ['Base64 with a space and CRLF', (bytes) => `${createHash('sha256').update(bytes).digest('base64')} \r\n`, true],
    ['the sum of other bytes', () => createHash('sha256').update('x').digest('hex'), false],
  ])('compares the checksum beside the package: %s', async (_, sum, fits) => {
    const tar = await makeTar(ARCHIVAL);
    writeFileSync(join(home, 'c_checksum'), sum(tar));
    const findings = await check('c.tar', tar);
    expect(findings.map(({ code }) => code)).toEqual(fits ? [] : ['PACKAGE_CHECKSUM_MISMATCH']);
  });

  it.each([
    ['fits', 's.zip', true],
    ['names another file', 'inna.zip', false],
  ])('compares the signature beside the package: %s', async (_, uri, fits) => {
    const zip = makeZip(buffers(EADM));
    const digest = createHash('sha256').update(zip).digest('base64');
    const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="${uri}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo></ds:Signature>`;
    writeFileSync(join(home, 's.zip.xades'), signature);
    const findings = await check('s.zip', zip);
    expect(findings.map(({ code }) => code)).toEqual(fits ? [] : ['PACKAGE_SIGNATURE_MISMATCH']);
  });

  it('ends with exit code 3 for a package that is not valid, and masks paths unless asked', async () => {
    const tar = await makeTar(edit(LETTER, '>597<', '>598<')(buffers(ARCHIVAL)));
    writeFileSync(join(home, 'e.tar'), tar);
    const run = async (...argv: string[]): Promise<{ code: number; out: string }> => {
      const texts: string[] = [];
      const code = await main(['package', 'check', 'e.tar', ...argv], {
        cwd: home,
        environment: {},
        stdout: { write: (text: string) => texts.push(text) },
        stderr: { write: () => undefined },
        onInterrupt: () => () => undefined,
        exitNow: () => undefined,
        now: () => Date.now(),
      });
      return { code, out: texts.join('') };
    };
    const masked = await run('--lang', 'en');
    expect(masked.code).toBe(3);
    expect(masked.out).toContain('597 bytes');
    expect(masked.out).not.toContain('1001_5001');
    expect((await run('--personal', '--json')).out).toContain('metadane/1001_5001.pdf.xml');
  });
});

describe('a single XML file', () => {
  it.each(['metadane-1.7-all-elements.xml', 'spis-zdawczo-odbiorczy.xml'])('%s follows its schema', async (name) => {
    expect(await check(name, readFileSync(join(EXAMPLES, name)))).toEqual([]);
  });

  it('that does not follow its schema is told with element and line', async () => {
    const list = readFileSync(join(EXAMPLES, 'spis-zdawczo-odbiorczy.xml'), 'utf8');
    const broken = list.replace(/<ZnakSprawy>.*?<\/ZnakSprawy>/s, '');
    expect(broken).not.toBe(list);
    const [finding] = await check('spis.xml', Buffer.from(broken));
    expect(finding).toMatchObject({ code: 'PACKAGE_XML_INVALID', params: { schema: 'spis-zdawczo-odbiorczy' } });
    const metadata = readFileSync(join(EXAMPLES, 'metadane-1.7-all-elements.xml'), 'utf8');
    expect((await check('m.xml', Buffer.from(metadata.replace('<tytul>', '<tytul><x/>'))))[0]?.params).toMatchObject({
      schema: '1.7',
    });
  });

  it('with another root is refused with what is allowed', async () => {
    await expect(check('other.xml', Buffer.from('<?xml version="1.0"?>\n<faktura/>'))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      hint: expect.stringContaining('SpisZdawczoOdbiorczy'),
    });
  });
});

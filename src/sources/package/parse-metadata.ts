import { XMLParser } from 'fast-xml-parser';
import { type Identifier, type ObjectDate, PARTY_ROLES, type PackageObject, type Party } from './package-object.ts';
import { attribute, childrenOf, childTexts, firstText, type XmlNode } from './xml-node.ts';

export type ParsedMetadata =
  | { readonly object: PackageObject; readonly lenient: readonly string[] }
  /** `broken`: not XML, or not this kind of document; `refused`: XML made to harm. */
  | { readonly problem: 'broken' | 'refused'; readonly reason: string };

/** Largest metadata file that is parsed. */
export const METADATA_BYTES = 64 << 20;

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Reads a metadata file of any version and producer: any prefix, BOM, both spellings of the identifier's type, empty elements, dates without a time. Every leniency used is named in
 * `lenient`. A document type declaration is refused before parsing: no entity is ever expanded, no address opened. Pure.
 */
export function parseMetadata(bytes: Uint8Array): ParsedMetadata {
  if (bytes.byteLength > METADATA_BYTES) return { problem: 'refused', reason: 'size' };
  const lenient: string[] = [];
  const text = decode(bytes, lenient);
  if (text === null) return { problem: 'broken', reason: 'encoding' };
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return { problem: 'refused', reason: 'doctype' };
  let roots: XmlNode[];
  try {
    roots = parser.parse(text, true) as XmlNode[];
  } catch {
    return { problem: 'broken', reason: 'xml' };
  }
  const [root] = childrenOf(roots, 'dokument');
  if (root === undefined) return { problem: 'broken', reason: 'root' };
  if (/<[\w.-]+:dokument[\s>]/.test(text)) lenient.push('prefix');
  return { object: toObject(root, lenient), lenient: [...new Set(lenient)] };
}

function decode(bytes: Uint8Array, lenient: string[]): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) lenient.push('bom');
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (wide !== null) {
    lenient.push('utf16');
    return new TextDecoder(wide).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
    const named = /encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase();
    if (named !== 'windows-1250' && named !== 'iso-8859-2') return null;
    lenient.push('encoding');
    return new TextDecoder(named).decode(bytes);
  }
}

function toObject(root: XmlNode[], lenient: string[]): PackageObject {
  const modern = childrenOf(root, 'identyfikator').some((node) => firstText(node, 'wartoscId') !== null);
  const [title] = childrenOf(root, 'tytul');
  const [format] = childrenOf(root, 'format');
  const [type] = childrenOf(root, 'typ');
  const [access] = childrenOf(root, 'dostep');
  const [qualification] = childrenOf(root, 'kwalifikacja');
  const [status] = childrenOf(root, 'status');
  return {
    identifiers: childrenOf(root, 'identyfikator').flatMap((node) => toIdentifier(node, lenient)),
    titles: title === undefined ? [] : childTexts(title, 'oryginalny'),
    otherTitles: title === undefined ? [] : childTexts(title, 'alternatywny'),
    dates: childrenOf(root, 'data').flatMap((node) => toDate(node, lenient)),
    access: access === undefined ? null : firstText(access, 'dostepnosc'),
    format: {
      type: format === undefined ? null : firstText(format, 'typ', 'typFormatu'),
      specification: format === undefined ? null : firstText(format, 'specyfikacja'),
      bytes: format === undefined ? null : sizeOf(format),
    },
    groups: childrenOf(root, 'grupowanie').flatMap((node) => {
      const kind = firstText(node, 'typ', 'typGrupy');
      const code = firstText(node, 'kod', 'kodGrupy');
      return kind === null || code === null ? [] : [{ type: kind, code, text: firstText(node, 'opis') }];
    }),
    languages: root
      .flatMap((node) => ('jezyk' in node ? [attribute(node, 'kod', 'kodJezyka') ?? ''] : []))
      .filter(Boolean),
    description: firstText(root, 'opis'),
    qualification:
      qualification === undefined
        ? null
        : { category: firstText(qualification, 'kategoria'), date: firstText(qualification, 'data') },
    relations: childrenOf(root, 'relacja').flatMap((node) => {
      const kind = firstText(node, 'typ', 'typRelacji');
      const targets = childrenOf(node, 'identyfikator').flatMap((target) => toIdentifier(target, lenient));
      return kind === null || targets.length === 0 ? [] : [{ type: kind, targets }];
    }),
    status: status === undefined ? null : { kind: firstText(status, 'rodzaj'), version: firstText(status, 'wersja') },
    parties: PARTY_ROLES.flatMap((role) => childrenOf(root, role).flatMap((node) => toParty(role, node))),
    category: type === undefined ? null : firstText(type, 'kategoria', 'klasa'),
    kinds: type === undefined ? [] : childTexts(type, 'rodzaj'),
    version: modern ? '2.0' : '1.x',
  };
}

function toIdentifier(node: XmlNode[], lenient: string[]): Identifier[] {
  const small = firstText(node, 'typidentyfikatora');
  if (small !== null) lenient.push('typidentyfikatora');
  const type = firstText(node, 'typ', 'typIdentyfikatora') ?? small;
  const value = firstText(node, 'wartosc', 'wartoscId');
  if (type !== null && value !== null) return [{ type, value }];
  lenient.push('empty-identifier');
  return [];
}

function toDate(node: XmlNode[], lenient: string[]): ObjectDate[] {
  const type = firstText(node, 'typ', 'typDaty') ?? (firstText(node, 'zakresDat') === null ? null : 'daty skrajne');
  const time = firstText(node, 'czas');
  const from = firstText(node, 'od', 'czasOd');
  const to = firstText(node, 'do', 'czasDo');
  if (type !== null && (time !== null || from !== null || to !== null)) return [{ type, time, from, to }];
  // EZD PUW writes "dostepnyPo" without any time.
  lenient.push('date-without-time');
  return [];
}

function sizeOf(format: XmlNode[]): number | null {
  const text = firstText(format, 'wielkosc');
  const node = format.find((each) => 'wielkosc' in each);
  const unit = node === undefined ? null : attribute(node, 'jednostka', 'miara');
  const isBytes = unit === null || /^bajt/i.test(unit) || /^b$/i.test(unit);
  return text !== null && isBytes && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function toParty(role: Party['role'], node: XmlNode[]): Party[] {
  const parties: Party[] = [];
  const functions = [...childTexts(node, 'funkcja'), ...childTexts(node, 'rodzaj')];
  const copy = firstText(node, 'doWiadomosci') === null ? [] : ['do wiadomosci'];
  const what = [...functions, ...copy].join(', ') || null;
  for (const subject of childrenOf(node, 'podmiot')) {
    for (const person of childrenOf(subject, 'osoba')) {
      parties.push({
        ...common(role, what, person),
        kind: 'osoba',
        surname: firstText(person, 'nazwisko'),
        firstName: childTexts(person, 'imie').join(' ') || null,
        name: null,
        units: [],
        employee: null,
      });
    }
    for (const institution of childrenOf(subject, 'instytucja')) {
      parties.push({
        ...common(role, what, institution),
        kind: 'instytucja',
        surname: null,
        firstName: null,
        name: firstText(institution, 'nazwa'),
        ...unitsOf(institution),
      });
    }
  }
  return parties;
}

const common = (role: Party['role'], what: string | null, node: XmlNode[]) => ({
  role,
  function: what,
  ids: tagged(node, 'id', 'typ', 'typId'),
  contacts: tagged(node, 'kontakt', 'typ', 'typKontaktu'),
  address: addressOf(node),
});

/** Units from the institution down, and the employee at the bottom. */
function unitsOf(institution: XmlNode[]): Pick<Party, 'units' | 'employee'> {
  const units: string[] = [];
  let at: XmlNode[] = institution;
  for (let depth = 0; depth < 30; depth++) {
    const next = childrenOf(at, 'jednostka')[0] ?? childrenOf(at, 'komorka')[0];
    if (next === undefined) break;
    const name = firstText(next, 'nazwa');
    if (name !== null) units.push(name);
    at = next;
  }
  const [employee] = childrenOf(at, 'pracownik');
  const surname = employee === undefined ? null : firstText(employee, 'nazwisko');
  if (employee === undefined || surname === null) return { units, employee: null };
  return {
    units,
    employee: { surname, firstName: firstText(employee, 'imie'), post: firstText(employee, 'funkcja', 'stanowisko') },
  };
}

const tagged = (node: XmlNode[], name: string, ...attributes: string[]): Identifier[] =>
  node.flatMap((each) => {
    if (!(name in each)) return [];
    const value = firstText([each], name);
    return value === null ? [] : [{ type: attribute(each, ...attributes) ?? '', value }];
  });

const ADDRESS = {
  kod: ['kod', 'kodPocztowy'],
  poczta: ['poczta'],
  miejscowosc: ['miejscowosc'],
  ulica: ['ulica'],
  budynek: ['budynek'],
  lokal: ['lokal'],
  skrytka: ['skrytkapocztowa', 'skrytkaPocztowa'],
  kraj: ['kraj'],
} as const;

function addressOf(node: XmlNode[]): Readonly<Record<string, string>> | null {
  const [address] = childrenOf(node, 'adres');
  if (address === undefined) return null;
  const found = Object.entries(ADDRESS).flatMap(([name, spellings]) => {
    const value = firstText(address, ...spellings);
    return value === null ? [] : [[name, value] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

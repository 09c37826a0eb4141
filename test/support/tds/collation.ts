/**
 * Collations that the test server knows: how they go over the wire, which code page their varchar has, how they compare.
 * LCIDs and sort ids are those of SQL Server; a name that is not here is an error, never a guess.
 */
export interface Collation {
  readonly name: string;
  /** The five bytes of the wire. */
  readonly bytes: Buffer;
  /** Label for TextDecoder. */
  readonly codePage: string;
  readonly locale: string;
  readonly caseSensitive: boolean;
  readonly binary: boolean;
}

const IGNORE_CASE = 1;
const IGNORE_KANA = 4;
const IGNORE_WIDTH = 8;
const BINARY2 = 32;
const UTF8 = 64;

interface Spec {
  readonly lcid: number;
  readonly sortId: number;
  readonly codePage: string;
  readonly locale: string;
}

const FAMILIES: Readonly<Record<string, Spec>> = {
  polish: { lcid: 0x0415, sortId: 0, codePage: 'windows-1250', locale: 'pl' },
  sql_polish_cp1250: { lcid: 0x0415, sortId: 88, codePage: 'windows-1250', locale: 'pl' },
  czech: { lcid: 0x0405, sortId: 0, codePage: 'windows-1250', locale: 'cs' },
  latin1_general: { lcid: 0x0409, sortId: 0, codePage: 'windows-1252', locale: 'en' },
  sql_latin1_general_cp1: { lcid: 0x0409, sortId: 52, codePage: 'windows-1252', locale: 'en' },
  cyrillic_general: { lcid: 0x0419, sortId: 0, codePage: 'windows-1251', locale: 'ru' },
  german_phonebook: { lcid: 0x10407, sortId: 0, codePage: 'windows-1252', locale: 'de' },
};

const cache = new Map<string, Collation>();

/** The collation of a name, or an error naming those that are known. */
export function collationOf(name: string): Collation {
  const known = cache.get(name) ?? makeCollation(name);
  cache.set(name, known);
  return known;
}

function makeCollation(name: string): Collation {
  const lower = name.toLowerCase();
  const family = Object.keys(FAMILIES)
    .sort((a, b) => b.length - a.length)
    .find((prefix) => lower.startsWith(`${prefix}_`));
  if (family === undefined) {
    throw new Error(
      `collation ${name} is not known here; known: ${Object.keys(FAMILIES).join(', ')} with _CI_AS, _BIN2`,
    );
  }
  const spec = FAMILIES[family]!;
  const binary = lower.includes('_bin');
  const utf8 = lower.endsWith('_utf8');
  const caseSensitive = binary || lower.includes('_cs');
  let flags = binary ? BINARY2 : IGNORE_KANA | IGNORE_WIDTH | (caseSensitive ? 0 : IGNORE_CASE);
  if (utf8) flags |= UTF8;
  const version = lower.includes('_100_') ? 2 : 0;
  const bytes = Buffer.from([
    spec.lcid & 0xff,
    (spec.lcid >>> 8) & 0xff,
    ((spec.lcid >>> 16) & 0x0f) | ((flags & 0x0f) << 4),
    ((flags & 0xf0) >>> 4) | (version << 4),
    binary ? 0 : spec.sortId,
  ]);
  return { name, bytes, codePage: utf8 ? 'utf-8' : spec.codePage, locale: spec.locale, caseSensitive, binary };
}

const encodings = new Map<string, Map<string, number>>();

/** Encodes text in the code page of a collation; a character that the page lacks becomes `?`, as SQL Server does it. */
export function encodeText(text: string, collation: Collation): Buffer {
  if (collation.codePage === 'utf-8') return Buffer.from(text, 'utf8');
  const table = encodings.get(collation.codePage) ?? encodingTable(collation.codePage);
  encodings.set(collation.codePage, table);
  const bytes = Buffer.allocUnsafe(text.length);
  let at = 0;
  for (const char of text) bytes[at++] = table.get(char) ?? 0x3f;
  return bytes.subarray(0, at);
}

function encodingTable(codePage: string): Map<string, number> {
  const decoder = new TextDecoder(codePage);
  const table = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  return table;
}

const collators = new Map<string, (a: string, b: string) => number>();

/** Compares two texts as the collation does: trailing spaces do not count, letters by language, BIN2 by code unit. */
export function textComparer(name: string): (a: string, b: string) => number {
  const known = collators.get(name);
  if (known !== undefined) return known;
  const collation = collationOf(name);
  const trim = (text: string): string => text.replace(/ +$/, '');
  const letters = new Intl.Collator(collation.locale, { sensitivity: collation.caseSensitive ? 'variant' : 'accent' });
  const units = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const compare = collation.binary
    ? (a: string, b: string): number => units(trim(a), trim(b))
    : (a: string, b: string): number => letters.compare(trim(a), trim(b));
  collators.set(name, compare);
  return compare;
}

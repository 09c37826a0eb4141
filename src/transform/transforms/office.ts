import { type CaseSign, parseLenient, parseStrict } from '../../core/case-sign.ts';
import { trimText } from '../text/normalise.ts';
import { hexOf } from '../text/text-of.ts';
import { onText, type TransformDefinition } from './definition.ts';

const SIGN_PARTS = ['unit', 'class', 'number', 'subNumber', 'year', 'referent'] as const;
type SignPart = (typeof SIGN_PARTS)[number];

const partOf = (sign: CaseSign, part: SignPart): string | number | null => {
  switch (part) {
    case 'unit':
      return sign.unit;
    case 'class':
      return sign.jrwa;
    case 'number':
      return sign.no;
    case 'subNumber':
      return sign.sub === 0 ? null : sign.sub;
    case 'year':
      return sign.year;
    case 'referent':
      return sign.ref;
  }
};

const signReader = (): ((text: string) => CaseSign | null) => {
  const strict: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };
  return (text) => {
    const sign = trimText(text);
    return parseStrict(sign, strict) ? strict : parseLenient(sign);
  };
};

/** Length of a hash in hexadecimal digits → algorithm; what the length alone can tell. */
const HEX_HASHES: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };

/** A hash as hexadecimal digits: from hexadecimal with or without 0x, or from Base64; null when it is neither. */
const hashHex = (text: string): string | null => {
  const hash = trimText(text);
  const hex = /^(?:0x)?([0-9a-f]+)$/i.exec(hash)?.[1];
  if (hex !== undefined && hex.length in HEX_HASHES) return hex.toLowerCase();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(hash) || hash.length % 4 !== 0) return null;
  const decoded = hexOf(Buffer.from(hash, 'base64'));
  return decoded.length in HEX_HASHES ? decoded : null;
};

const isEmailLike = (text: string): boolean => text.includes('@');

const onlyText = { argument: { kind: 'none' }, takes: ['text'], gives: 'text' } as const;

/** Transforms that know office data. None of them reports: the rules of the rule book do. */
export const OFFICE: Readonly<Record<string, TransformDefinition>> = {
  signPart: {
    argument: { kind: 'string', allowed: SIGN_PARTS },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Część znaku sprawy: `unit` symbol komórki, `class` klasa, `number` numer, `subNumber` numer w wydzielonej grupie, `year` rok, `referent` symbol prowadzącego; nic, gdy znaku nie da się rozłożyć.',
      en: 'Part of a case sign: `unit`, `class`, `number`, `subNumber` (inside a group of cases), `year`, `referent` (symbol of the person); nothing where the sign cannot be taken apart.',
    },
    examples: [
      ['unit', 'BI-I.014.11.2019', 'BI-I'],
      ['class', 'BI-I.014.11.2019', '014'],
      ['number', 'ABC.123.78.2.2011', '78'],
      ['subNumber', 'ABC.123.78.2.2011', '2'],
      ['subNumber', 'ABC.123.77.2011', 'null'],
      ['year', 'ABC.123.77.2011.JK2', '2011'],
      ['referent', 'ABC.123.77.2011.JK2', 'JK2'],
      ['unit', 'OR.I.0123/4/09', 'null'],
    ],
    make: (arg) => {
      const read = signReader();
      const part = arg as SignPart;
      return onText((text) => {
        const sign = read(text);
        return sign === null ? null : partOf(sign, part);
      });
    },
  },
  hashHex: {
    ...onlyText,
    doc: {
      pl: 'Skrót pliku jako cyfry szesnastkowe, małymi literami, także z Base64; nic, gdy długość nie pasuje do żadnego algorytmu.',
      en: 'Hash of a file as lower-case hexadecimal digits, from Base64 too; nothing where its length fits no algorithm.',
    },
    examples: [
      ['', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
      ['', '1B2M2Y8AsgTpgAmY7PhCfg==', 'd41d8cd98f00b204e9800998ecf8427e'],
      ['', 'abc', 'null'],
    ],
    make: () => onText(hashHex),
  },
  hashAlgorithm: {
    ...onlyText,
    doc: {
      pl: 'Algorytm skrótu odgadnięty z jego długości: md5, sha1, sha256, sha512; nic, gdy nie pasuje żaden.',
      en: 'Algorithm of a hash guessed from its length: md5, sha1, sha256, sha512; nothing where none fits.',
    },
    examples: [
      ['', 'd41d8cd98f00b204e9800998ecf8427e', 'md5'],
      ['', '2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'sha1'],
      ['', 'abc', 'null'],
    ],
    make: () =>
      onText((text) => {
        const hex = hashHex(text);
        return hex === null ? null : HEX_HASHES[hex.length]!;
      }),
  },
  fileExtension: {
    ...onlyText,
    doc: {
      pl: 'Rozszerzenie nazwy pliku, małymi literami, bez kropki.',
      en: 'Extension of a file name, in small letters, without the dot.',
    },
    examples: [
      ['', 'Skan.PDF', 'pdf'],
      ['', 'umowa.pdf.xades', 'xades'],
      ['', 'bez rozszerzenia', 'null'],
    ],
    make: () => onText((text) => /\.([\p{L}\p{N}]{1,10})\s*$/u.exec(text)?.[1]?.toLowerCase() ?? null),
  },
  onlyEmail: {
    ...onlyText,
    doc: {
      pl: 'Zostawia tekst z @ (pole, w którym bywa e-mail albo faks).',
      en: 'Keeps a text with @ (a field that holds an e-mail address or a fax number).',
    },
    examples: [
      ['', 'jan@example.pl', 'jan@example.pl'],
      ['', '85 123 45 67', 'null'],
    ],
    make: () => onText((text) => (isEmailLike(text) ? text : null)),
  },
  notEmail: {
    ...onlyText,
    doc: {
      pl: 'Zostawia tekst bez @ (pole, w którym bywa e-mail albo faks).',
      en: 'Keeps a text without @ (a field that holds an e-mail address or a fax number).',
    },
    examples: [
      ['', '85 123 45 67', '85 123 45 67'],
      ['', 'jan@example.pl', 'null'],
    ],
    make: () => onText((text) => (isEmailLike(text) ? null : text)),
  },
  firstEmail: {
    ...onlyText,
    doc: {
      pl: 'Pierwszy z adresów rozdzielonych średnikiem, przecinkiem lub spacją (EMAIL_SEVERAL).',
      en: 'The first of several addresses separated by semicolon, comma or space (EMAIL_SEVERAL).',
    },
    examples: [
      ['', 'jan@example.pl; ewa@example.pl', 'jan@example.pl'],
      ['', 'jan@example.pl', 'jan@example.pl'],
    ],
    make: (_, { report }) =>
      onText((text) => {
        const parts = text.split(/[;,\s]+/).filter((part) => part !== '');
        if (parts.length > 1 && parts.every(isEmailLike)) {
          report('EMAIL_SEVERAL', 'warning', 'change', { count: parts.length });
          return parts[0]!;
        }
        return text;
      }),
  },
};

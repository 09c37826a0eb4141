import type { CodeEntry } from '../../core/code-entry.ts';
import { type EntryRow, entries } from '../entries.ts';
import { type Rule, type RuleColumnSpec, textOf } from '../rule.ts';

const source = { text: 'EZD RP Integrator API v2 (OpenAPI)', read: true } as const;
const CHARACTERS = { pl: 'znaki', en: 'characters' } as const;

/** Row of the table of codes for a text that the new system takes only up to a length. */
const longest = (limit: number, what: readonly [pl: string, en: string]): EntryRow => [
  'warning',
  [
    `${what[0]}: ponad {limit} znaków, tyle przyjmuje nowy system (jest {length}).`,
    `${what[1]}: over {limit} characters, the most that the new system takes (there are {length}).`,
  ],
  [
    'Skróć tekst korektą albo przenieś go do metadanych; w magazynie zostaje w całości.',
    'Shorten the text by a correction, or move it to metadata; the store keeps it whole.',
  ],
  { threshold: { default: limit, unit: CHARACTERS } },
];

const codes = entries(
  { area: 'limits', origin: 'record', effect: 'load', source },
  {
    LIMIT_TITLE_LENGTH: longest(500, ['Tytuł sprawy', 'Title of the case']),
    LIMIT_TITLE_WORDS: [
      'warning',
      [
        'Tytuł sprawy nie ma dwóch wyrazów po co najmniej trzy litery, jak chce nowy system.',
        'The title of the case lacks two words of at least three letters, which the new system wants.',
      ],
      ['Rozwiń tytuł korektą.', 'Make the title longer by a correction.'],
    ],
    LIMIT_REMARKS: longest(73, ['Uwagi przy zakończeniu lub zawieszeniu', 'Remarks on closing or suspending']),
    LIMIT_REREGISTRATION_REASON: longest(700, ['Powód przerejestrowania', 'Reason of re-registering']),
    LIMIT_PARTICIPANT_REMARKS: longest(128, ['Uwagi o uczestniku', 'Remarks on the participant']),
    LIMIT_PARTICIPANT_ROLE: longest(36, ['Rodzaj strony', 'Kind of party']),
    LIMIT_METADATA_SEARCH: longest(128, [
      'Wartość metadanej, po której będzie się szukać',
      'Metadata value to be searched for',
    ]),
    LIMIT_OUTGOING_SIGN: longest(50, ['Znak sprawy na przesyłce wychodzącej', 'Case sign on an outgoing letter']),
    LIMIT_ENVELOPE_CONTENT: longest(60, ['Zawartość koperty', 'Content of the envelope']),
    LIMIT_MAIL_SUBJECT: longest(256, ['Tytuł wiadomości e-mail', 'Subject of an e-mail']),
    LIMIT_FILE_SIZE: [
      'warning',
      [
        'Plik jest większy niż {limit} MB, a tyle na pewno przyjmuje nowy system.',
        'The file is larger than {limit} MB, the most that the new system is known to take.',
      ],
      [
        'Uzgodnij z NASK wgranie dużego pliku; migracja do magazynu go nie pomija.',
        'Agree with NASK on how to upload it; the migration to the store does not leave it out.',
      ],
      { threshold: { default: 500, unit: { pl: 'MB', en: 'MB' } }, personal: 'none' },
    ],
  },
);

const entry = (code: string): CodeEntry => codes.find((candidate) => candidate.code === code)!;

/** Characters as people count them, at no cost for short texts. */
const longerThan = (text: string, limit: number): number => {
  if (text.length <= limit) return 0;
  const length = [...text].length;
  return length > limit ? length : 0;
};

/** A rule on the length of one or two texts. */
function lengthRule(
  name: string,
  doc: Rule['doc'],
  parts: Readonly<Record<string, RuleColumnSpec & { code: string }>>,
): Rule {
  const columns = Object.fromEntries(Object.entries(parts).map(([column, { code: _, ...spec }]) => [column, spec]));
  const list = Object.entries(parts).map(([column, { code }]) => ({ column, code }));
  const first = (text: string): Record<string, string> => Object.fromEntries(list.map(({ column }) => [column, text]));
  const most = Math.min(...list.map(({ code }) => entry(code).threshold?.default ?? 0));
  return {
    name,
    doc,
    columns,
    codes: list.map(({ code }) => entry(code)),
    examples: [
      { record: first('krótki tekst'), says: [] },
      { record: first('x'.repeat(most)), says: [] },
      { record: first('x'.repeat(1000)), says: list.map(({ code }) => code) },
    ],
    bind: (use) => {
      const bound = list
        .map(({ column, code }) => ({ at: use.at(column), code, limit: use.threshold(code) }))
        .filter(({ at }) => at >= 0);
      return (values, report) => {
        for (let i = 0; i < bound.length; i++) {
          const { at, code, limit } = bound[i]!;
          const text = textOf(values[at]);
          if (text === null) continue;
          const length = longerThan(text, limit);
          if (length > 0) report(code, at, { limit, length });
        }
      };
    },
  };
}

const optional = (column: string, code: string): RuleColumnSpec & { code: string } => ({
  default: column,
  optional: true,
  takes: 'text',
  code,
});

/** True when the text has two words of three or more letters or digits. */
export function hasTwoWords(text: string): boolean {
  let run = 0;
  let found = 0;
  for (let i = 0; i < text.length; i++) {
    run = isWordUnit(text, i) ? run + 1 : 0;
    if (run === 3 && ++found === 2) return true;
  }
  return false;
}

/** Letter or digit; ASCII and Latin letters without a regular expression, since nearly all titles are made of them. */
function isWordUnit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  if (code >= 0xc0 && code < 0x250) return code !== 0xd7 && code !== 0xf7;
  return (code >= 0xd800 && code < 0xe000) || /[\p{L}\p{N}]/u.test(text.charAt(index));
}

/** Title of a case as the new system takes it. */
export const titleLimit: Rule = {
  name: 'limitTytulu',
  doc: {
    pl: 'Tytuł sprawy: do 500 znaków i co najmniej dwa wyrazy po trzy litery.',
    en: 'Title of a case: up to 500 characters and at least two words of three letters.',
  },
  columns: { tytul: { default: 'tytul', takes: 'text' } },
  codes: [entry('LIMIT_TITLE_LENGTH'), entry('LIMIT_TITLE_WORDS')],
  examples: [
    { record: { tytul: 'Wniosek o wpis do rejestru' }, says: [] },
    { record: { tytul: 'Skarga – Łąka' }, says: [] },
    { record: { tytul: `Wniosek ${'x'.repeat(492)}` }, says: [] },
    { record: { tytul: `Wniosek ${'x'.repeat(493)}` }, says: ['LIMIT_TITLE_LENGTH'] },
    { record: { tytul: 'Wniosek' }, says: ['LIMIT_TITLE_WORDS'] },
    { record: { tytul: 'RE: Wniosek' }, says: ['LIMIT_TITLE_WORDS'] },
  ],
  bind: (use) => {
    const index = use.at('tytul');
    const limit = use.threshold('LIMIT_TITLE_LENGTH');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const length = longerThan(text, limit);
      if (length > 0) report('LIMIT_TITLE_LENGTH', index, { limit, length });
      if (!hasTwoWords(text)) report('LIMIT_TITLE_WORDS', index);
    };
  },
};

/** Remarks of closing and suspending. */
export const remarksLimit = lengthRule(
  'limitUwag',
  {
    pl: 'Uwagi przy zakończeniu lub zawieszeniu: do 73 znaków.',
    en: 'Remarks on closing or suspending: up to 73 characters.',
  },
  { uwagi: { default: 'uwagi', takes: 'text', code: 'LIMIT_REMARKS' } },
);

export const reregistrationLimit = lengthRule(
  'limitPowoduPrzerejestrowania',
  { pl: 'Powód przerejestrowania: do 700 znaków.', en: 'Reason of re-registering: up to 700 characters.' },
  { powod: { default: 'powod_przerejestrowania', takes: 'text', code: 'LIMIT_REREGISTRATION_REASON' } },
);

export const participantLimit = lengthRule(
  'limitUczestnika',
  {
    pl: 'Uczestnik: uwagi do 128 znaków, rodzaj strony do 36.',
    en: 'Participant: remarks up to 128 characters, kind of party up to 36.',
  },
  {
    uwagi: optional('uwagi', 'LIMIT_PARTICIPANT_REMARKS'),
    rola: optional('rola', 'LIMIT_PARTICIPANT_ROLE'),
  },
);

export const metadataLimit = lengthRule(
  'limitMetadanej',
  {
    pl: 'Metadana, po której się szuka: do 128 znaków.',
    en: 'A metadata value to be searched for: up to 128 characters.',
  },
  { wartosc: { default: 'wartosc', takes: 'text', code: 'LIMIT_METADATA_SEARCH' } },
);

export const outgoingLimit = lengthRule(
  'limitWysylki',
  {
    pl: 'Przesyłka wychodząca: znak sprawy do 50 znaków, zawartość koperty do 60, tytuł e-maila do 256.',
    en: 'Outgoing letter: case sign up to 50 characters, content of the envelope up to 60, e-mail subject up to 256.',
  },
  {
    znak: optional('znak', 'LIMIT_OUTGOING_SIGN'),
    zawartosc: optional('zawartosc_koperty', 'LIMIT_ENVELOPE_CONTENT'),
    tytul: optional('tytul', 'LIMIT_MAIL_SUBJECT'),
  },
);

/** Size of a file that the new system is known to take. */
export const fileSizeLimit: Rule = {
  name: 'limitPliku',
  doc: { pl: 'Plik do 500 MB.', en: 'A file of up to 500 MB.' },
  columns: { rozmiar: { default: 'rozmiar', takes: 'integer' } },
  codes: [entry('LIMIT_FILE_SIZE')],
  examples: [
    { record: { rozmiar: 524_288_000 }, says: [] },
    { record: { rozmiar: 0 }, says: [] },
    { record: { rozmiar: 524_288_001 }, says: ['LIMIT_FILE_SIZE'] },
  ],
  bind: (use) => {
    const index = use.at('rozmiar');
    const limit = use.threshold('LIMIT_FILE_SIZE');
    const bytes = limit * 1024 * 1024;
    return (values, report) => {
      if (values[index] !== null && Number(values[index]) > bytes) report('LIMIT_FILE_SIZE', index, { limit });
    };
  },
};

import { entries } from '../entries.ts';
import { type Rule, textCheck, textOf } from '../rule.ts';

const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*]/;
const FORBIDDEN_ALL = /[\u0000-\u001f\u007f<>:"|?*]/g;

/** Bytes of the text in UTF-8, without making them. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** File name without path parts and forbidden characters, at most `limit` bytes in UTF-8, extension kept. */
export function repairFileName(name: string, limit: number): string {
  const bare = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replace(FORBIDDEN_ALL, '_');
  const named = bare === '' || bare === '.' || bare === '..' ? '_' : bare;
  if (utf8Length(named) <= limit) return named;
  const dot = named.lastIndexOf('.');
  const extension = dot > 0 && named.length - dot <= 12 ? named.slice(dot) : '';
  const letters = [...named.slice(0, named.length - extension.length)];
  let rest = utf8Length(named) - limit;
  while (rest > 0 && letters.length > 1) rest -= utf8Length(letters.pop()!);
  return letters.join('') + extension;
}

const codes = entries(
  { area: 'files', origin: 'record', effect: 'change', repairs: true },
  {
    FILE_NAME_PATH: [
      'warning',
      ['Nazwa pliku zawiera ścieżkę; zostawiono samą nazwę.', 'The file name holds a path; only the name was kept.'],
      [
        'Nic nie trzeba robić; pierwotna nazwa zostaje przy treści.',
        'Nothing to do; the original name stays with the content.',
      ],
    ],
    FILE_NAME_CHARACTER: [
      'warning',
      [
        'Nazwa pliku zawiera znak niedozwolony (sterujący lub < > : " | ? *); zamieniono go na podkreślenie.',
        'The file name holds a forbidden character (control or < > : " | ? *); it became an underscore.',
      ],
      [
        'Nic nie trzeba robić; pierwotna nazwa zostaje przy treści.',
        'Nothing to do; the original name stays with the content.',
      ],
    ],
    FILE_NAME_LONG: [
      'warning',
      ['Nazwa pliku ma ponad {limit} bajtów; skrócono ją.', 'The file name is over {limit} bytes; it was cut.'],
      [
        'Nic nie trzeba robić; pierwotna nazwa zostaje przy treści.',
        'Nothing to do; the original name stays with the content.',
      ],
      { threshold: { default: 255, unit: { pl: 'bajty w UTF-8', en: 'bytes in UTF-8' } } },
    ],
    HASH_UNKNOWN: [
      'info',
      [
        'Skrót pliku w źródle jest nieznanego rodzaju; nie da się go porównać.',
        "The source's hash of the file is of an unknown kind; it cannot be compared.",
      ],
      [
        'Pliki są i tak liczone na nowo (SHA-256); sprawdź na próbce, jakim algorytmem liczy źródło.',
        'Files are hashed anew (SHA-256) anyway; find out on a sample which algorithm the source uses.',
      ],
      { effect: 'load', repairs: false, personal: 'none' },
    ],
  },
);

/** Name of a file that every file system can hold. */
export const fileName: Rule = {
  name: 'nazwaPliku',
  doc: {
    pl: 'Nazwa pliku: bez ścieżki, bez znaków sterujących i < > : " / \\ | ? *, do 255 bajtów.',
    en: 'File name: no path, no control characters and none of < > : " / \\ | ? *, up to 255 bytes.',
  },
  columns: { nazwa: { default: 'nazwa', takes: 'text' } },
  codes: codes.slice(0, 3),
  examples: [
    { record: { nazwa: 'wniosek o wpis (2).pdf' }, says: [] },
    { record: { nazwa: 'zażółć gęślą jaźń.odt' }, says: [] },
    { record: { nazwa: 'C:\\skany\\a.pdf' }, says: ['FILE_NAME_PATH'], becomes: { nazwa: 'a.pdf' } },
    { record: { nazwa: '../../a.pdf' }, says: ['FILE_NAME_PATH'], becomes: { nazwa: 'a.pdf' } },
    { record: { nazwa: 'a:b?.pdf' }, says: ['FILE_NAME_CHARACTER'], becomes: { nazwa: 'a_b_.pdf' } },
    {
      record: { nazwa: `${'ż'.repeat(130)}.pdf` },
      says: ['FILE_NAME_LONG'],
      becomes: { nazwa: `${'ż'.repeat(125)}.pdf` },
    },
  ],
  bind: (use) => {
    const index = use.at('nazwa');
    const limit = use.threshold('FILE_NAME_LONG');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const path = text.includes('/') || text.includes('\\');
      const character = FORBIDDEN.test(
        path ? text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1) : text,
      );
      const long = text.length * 3 > limit && utf8Length(text) > limit;
      if (!path && !character && !long) return;
      const repaired = repairFileName(text, limit);
      if (path) report('FILE_NAME_PATH', index, undefined, repaired);
      if (character) report('FILE_NAME_CHARACTER', index, undefined, repaired);
      if (long) report('FILE_NAME_LONG', index, { limit }, repaired);
    };
  },
};

/** Algorithm of a hash by its length and alphabet, or null. To be confirmed on a sample before it is trusted. */
export function hashAlgorithm(hash: string): 'sha-1' | 'sha-256' | 'sha-512' | null {
  if (/^[0-9a-f]+$/i.test(hash)) {
    return hash.length === 40 ? 'sha-1' : hash.length === 64 ? 'sha-256' : hash.length === 128 ? 'sha-512' : null;
  }
  return /^[A-Za-z0-9+/]{86}==$/.test(hash) ? 'sha-512' : null;
}

/** Hash of a file as the source keeps it. */
export const fileHash: Rule = {
  name: 'skrotPliku',
  doc: {
    pl: 'Skrót pliku ze źródła: rozpoznany algorytm (SHA-1, SHA-256, SHA-512).',
    en: "The source's hash of a file: a known algorithm (SHA-1, SHA-256, SHA-512).",
  },
  columns: { skrot: { default: 'skrot_zrodla', takes: 'text' } },
  codes: codes.slice(3),
  examples: [
    { record: { skrot: 'ab'.repeat(32) }, says: [] },
    { record: { skrot: 'AB'.repeat(64) }, says: [] },
    { record: { skrot: 'ab'.repeat(20) }, says: [] },
    { record: { skrot: `${'Aa'.repeat(43)}==` }, says: [] },
    { record: { skrot: null }, says: [] },
    { record: { skrot: 'd41d8cd98f00b204e9800998ecf8427e' }, says: ['HASH_UNKNOWN'] },
  ],
  bind: textCheck('skrot', (text) => (hashAlgorithm(text) === null ? 'HASH_UNKNOWN' : null)),
};

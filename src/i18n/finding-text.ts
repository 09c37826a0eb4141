import { type CodeEntry, fillTemplate } from '../core/code-entry.ts';
import type { Finding } from '../core/finding.ts';
import type { Language } from '../core/text.ts';
import { KIND_TEXTS } from './kind-texts.ts';

/** All codes by their name. */
export type CodeBook = ReadonlyMap<string, CodeEntry>;

/** Why a line of a dump cannot be read, in words; the reasons of `src/sources/csv/parse-slice.ts`. */
const LINE_REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  columnCount: { pl: 'kolumn: {found} zamiast {expected}', en: '{found} columns instead of {expected}' },
  quotes: { pl: 'cudzysłowy się nie domykają', en: 'quotes do not close' },
  encoding: { pl: 'znaki spoza kodowania pliku', en: 'bytes that the encoding does not know' },
  emptyLine: { pl: 'wiersz jest pusty', en: 'the line is empty' },
};

/** As much of a book as the sentence of a finding needs. */
export interface MessageBook {
  get(code: string): Pick<CodeEntry, 'message'> | undefined;
}

/** What a finding says, one sentence. A code that no book knows (an expression of a mapping) is shown with its parameters. */
export function findingText(finding: Pick<Finding, 'code' | 'params'>, book: MessageBook, language: Language): string {
  const { code, params = {} } = finding;
  const entry = book.get(code);
  if (entry === undefined) return [code, ...Object.values(params)].join(' ');
  const shown =
    code === 'CSV_BROKEN_LINE' ? { ...params, reason: lineReason(String(params['reason']), language) } : params;
  const said = fillTemplate(entry.message[language], shown);
  // A remark on a package has no key: without its name nobody would know where to look.
  return params['package'] === undefined ? said : `${said} (${params['package']})`;
}

/** What all findings of a code have in common, one sentence without parameters: they differ from record to record. */
export function findingKindText(code: string, book: CodeBook, language: Language): string {
  const own = KIND_TEXTS[code];
  if (own !== undefined) return own[language];
  const message = book.get(code)?.message[language] ?? code;
  return message.replace(/ \([^()]*\{\w+\}[^()]*\)/g, '').replace(/: \{\w+\}[^{}]*$/, '.');
}

/** How to cure it; empty where nobody knows. */
export const findingHint = (code: string, book: CodeBook, language: Language): string =>
  book.get(code)?.hint[language] ?? '';

/** Why a line of a dump cannot be read, in words: of the parameter `reason` of CSV_BROKEN_LINE. */
export function lineReason(reason: string, language: Language): string {
  const [word = '', found = '', expected = ''] = reason.split(':');
  const template = LINE_REASONS[word]?.[language];
  return template === undefined ? reason : fillTemplate(template, { found, expected });
}

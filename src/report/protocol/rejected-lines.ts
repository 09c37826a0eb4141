import { maskFinding, type PersonalKind } from '../../core/mask.ts';
import { type CodeBook, findingText } from '../../i18n/finding-text.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** Titles of the columns of the list of rejected records. */
export const REJECTED_COLUMNS = ['nr', 'encja', 'klucz', 'kody', 'powody', 'reasons'] as const;

/** Every rejected record of a run: number in the ledger, kind, legacy key, codes, reasons in both languages, masked. The source row stays in the ledger. */
export async function* rejectedLines(
  ledger: Ledger,
  run: number,
  book: CodeBook,
  kindOfCode: (code: string) => PersonalKind | undefined,
): AsyncGenerator<readonly string[]> {
  for await (const { id, entity, key, reasons } of ledger.rejects(run, {})) {
    const masked = reasons.map((reason) => maskFinding(reason, kindOfCode));
    const told = (language: 'pl' | 'en'): string =>
      masked.map((reason) => findingText(reason, book, language)).join(' ');
    yield [String(id), entity, key ?? '', reasons.map(({ code }) => code).join(', '), told('pl'), told('en')];
  }
}

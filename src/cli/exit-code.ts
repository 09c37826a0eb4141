import { EXIT_CODES, EzdError } from '../core/errors.ts';

/** The exit code of a failure: the one switch of the program; its table is docs/exit-codes.md. */
export function exitCodeOf(failure: unknown): number {
  if (!(failure instanceof EzdError)) return EXIT_CODES.unexpected;
  switch (failure.code) {
    case 'USAGE':
    case 'CONFIG':
    case 'MAPPING':
    case 'CORRECTIONS':
    case 'CATALOGUE':
      return EXIT_CODES.usage;
    case 'TOO_MANY_DELETES':
      return EXIT_CODES.differences;
    case 'LOCKED':
      return EXIT_CODES.locked;
    case 'SOURCE_MISSING':
    case 'SOURCE_UNREADABLE':
    case 'SOURCE_UNREACHABLE':
    case 'TARGET_UNREACHABLE':
    case 'TARGET_RIGHTS':
    case 'TARGET_FULL':
    case 'TARGET_NEWER':
      return EXIT_CODES.unreachable;
    case 'INTERRUPTED':
      return EXIT_CODES.interrupted;
    case 'TARGET_REFUSED':
    case 'LEDGER':
    case 'INTERNAL':
      return EXIT_CODES.unexpected;
  }
}

/** What each exit code means, for `--help` and docs/exit-codes.md. */
export const EXIT_CODE_TEXTS: Readonly<Record<number, { readonly pl: string; readonly en: string }>> = {
  [EXIT_CODES.done]: { pl: 'wykonano', en: 'done' },
  [EXIT_CODES.unexpected]: { pl: 'nieoczekiwana usterka', en: 'unexpected fault' },
  [EXIT_CODES.usage]: { pl: 'błąd wywołania, projektu albo mapowań', en: 'wrong usage, project file or mappings' },
  [EXIT_CODES.findings]: { pl: 'wykonano, są błędy w danych', en: 'done, the data has errors' },
  [EXIT_CODES.differences]: {
    pl: 'uzgodnienie znalazło różnice, cofnięcie odrzucone albo sync chciał usunąć za dużo',
    en: 'reconcile found differences, rollback was refused, or sync would remove too much',
  },
  [EXIT_CODES.locked]: { pl: 'trwa inny przebieg', en: 'another run is under way' },
  [EXIT_CODES.unreachable]: {
    pl: 'źródło albo cel są niedostępne lub nie do użycia',
    en: 'source or target cannot be reached or used',
  },
  [EXIT_CODES.interrupted]: { pl: 'przerwano, punkt kontrolny zapisany', en: 'interrupted, checkpoint saved' },
};

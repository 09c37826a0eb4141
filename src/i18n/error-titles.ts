import type { ErrorCode } from '../core/errors.ts';
import type { Texts } from '../core/text.ts';

/** What a fault is, in a few words; the message of the error says on which thing. One row a code, as in docs/errors.md. */
export const ERROR_TITLES: Texts<ErrorCode> = {
  USAGE: { pl: 'Niepoprawne wywołanie', en: 'Wrong usage' },
  CONFIG: { pl: 'Błąd w pliku projektu', en: 'Wrong project file' },
  MAPPING: { pl: 'Błąd w mapowaniach', en: 'Wrong mappings' },
  CORRECTIONS: { pl: 'Błąd w korektach', en: 'Wrong corrections' },
  CATALOGUE: { pl: 'Mapowania nie pasują do źródła albo celu', en: 'Mappings do not fit source or target' },
  SOURCE_MISSING: { pl: 'Brak źródła', en: 'Source is not there' },
  SOURCE_UNREADABLE: { pl: 'Nie można odczytać źródła', en: 'Source cannot be read' },
  SOURCE_UNREACHABLE: { pl: 'Źródło nie odpowiada', en: 'Source cannot be reached' },
  TARGET_UNREACHABLE: { pl: 'Cel nie odpowiada', en: 'Target cannot be reached' },
  TARGET_RIGHTS: { pl: 'Brak uprawnień w celu', en: 'No rights in the target' },
  TARGET_FULL: { pl: 'Brak miejsca w celu', en: 'Target is full' },
  TARGET_NEWER: { pl: 'Cel jest w nowszej wersji', en: 'Target has a newer version' },
  TARGET_REFUSED: { pl: 'Cel odmówił zapisu', en: 'Target refused the batch' },
  TOO_MANY_DELETES: { pl: 'Za dużo rekordów do usunięcia', en: 'Too many records would be removed' },
  LOCKED: { pl: 'Trwa inny przebieg', en: 'Another run is under way' },
  LEDGER: { pl: 'Rachunek rekordów się nie zgadza', en: 'The books do not balance' },
  INTERRUPTED: { pl: 'Przerwano', en: 'Interrupted' },
  INTERNAL: { pl: 'Usterka programu', en: 'Defect of the program' },
};

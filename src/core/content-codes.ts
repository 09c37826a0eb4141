import type { CodeEntry } from './code-entry.ts';
import type { Severity } from './finding.ts';

type Texts = readonly [severity: Severity, message: readonly [pl: string, en: string], hint: readonly [string, string]];

const LOOK_IN_LEGACY: readonly [string, string] = [
  'Sprawdź plik w repozytorium starego systemu; po naprawie uruchom kopiowanie ponownie.',
  'Look at the file in the repository of the legacy system; once cured, run the copy again.',
];
const FROM_BACKUP: readonly [string, string] = [
  'Odtwórz plik z kopii zapasowej repozytorium i uruchom kopiowanie ponownie.',
  'Restore the file from a backup of the repository and run the copy again.',
];
const COMPARE_COPIES: readonly [string, string] = [
  'Porównaj obie kopie w starym systemie i usuń niewłaściwą; obie są w magazynie treści pod swoimi skrótami.',
  'Compare both copies in the legacy system and remove the wrong one; both are in the content store under their digests.',
];
const COPY_AGAIN: readonly [string, string] = [
  'Uruchom „contents copy” ponownie: treść zostanie odczytana ze źródła od nowa; sprawdź dysk magazynu.',
  'Run “contents copy” again: the content is read from the source anew; check the disk of the store.',
];

const TEXTS = {
  /** No place at all, or in none of them a file. */
  CONTENT_MISSING: [
    'error',
    [
      'Brak pliku treści {content} w repozytorium (miejsc: {places}).',
      'The file of content {content} is not in the repository (places: {places}).',
    ],
    FROM_BACKUP,
  ],
  CONTENT_OUTSIDE_ROOT: [
    'error',
    [
      'Ścieżka treści {content} wychodzi poza repozytorium; pliku nie odczytano.',
      'The path of content {content} leads out of the repository; the file was not read.',
    ],
    LOOK_IN_LEGACY,
  ],
  /** Several files whose names differ by case or Unicode form only; none taken. */
  CONTENT_AMBIGUOUS: [
    'error',
    [
      'Do treści {content} pasuje {candidates} plików, których nazwy różnią się tylko wielkością liter lub zapisem Unicode; nie wybrano żadnego.',
      '{candidates} files fit content {content}, their names differing only by case or Unicode form; none was taken.',
    ],
    LOOK_IN_LEGACY,
  ],
  CONTENT_UNREADABLE: [
    'error',
    ['Nie można odczytać treści {content} ({reason}).', 'Content {content} cannot be read ({reason}).'],
    LOOK_IN_LEGACY,
  ],
  CONTENT_SIZE_MISMATCH: [
    'error',
    [
      'Treść {content} ma {found} bajtów, a baza podaje {expected}.',
      'Content {content} has {found} bytes, the database says {expected}.',
    ],
    FROM_BACKUP,
  ],
  CONTENT_HASH_MISMATCH: [
    'error',
    [
      'Skrót {algorithm} treści {content} różni się od zapisanego w bazie.',
      'The {algorithm} digest of content {content} differs from the one in the database.',
    ],
    FROM_BACKUP,
  ],
  /** Two places hold different bytes and nothing says which is right. */
  CONTENT_TWO_DIGESTS: [
    'error',
    [
      'Treść {content} ma w dwóch miejscach różne bajty i nic nie wskazuje, które są właściwe; przyjęto pierwsze.',
      'Content {content} has different bytes in two places and nothing says which are right; the first were taken.',
    ],
    COMPARE_COPIES,
  ],
  /** Another place holds bytes that do not fit; those that fit were taken. */
  CONTENT_COPY_DIFFERS: [
    'warning',
    [
      'Druga kopia treści {content} różni się; przyjęto tę, która zgadza się z bazą.',
      'Another copy of content {content} differs; the one that agrees with the database was taken.',
    ],
    COMPARE_COPIES,
  ],
  CONTENT_EMPTY: [
    'warning',
    ['Treść {content} jest pusta (0 bajtów).', 'Content {content} is empty (0 bytes).'],
    LOOK_IN_LEGACY,
  ],
  CONTENT_TOO_LARGE: [
    'warning',
    [
      'Treść {content} ma {found} bajtów, więcej niż przyjmuje nowy system ({limit}).',
      'Content {content} has {found} bytes, more than the new system takes ({limit}).',
    ],
    [
      'Bajty są w magazynie; uzgodnij z dostawcą nowego systemu, jak je przekazać.',
      'The bytes are in the store; agree with the new system’s provider how to hand them over.',
    ],
  ],
  CONTENT_TYPE_MISMATCH: [
    'warning',
    [
      'Rozszerzenie „{extension}” treści {content} nie pasuje do jej bajtów ({found}).',
      'Extension “{extension}” of content {content} does not fit its bytes ({found}).',
    ],
    [
      'Bajtów nie zmieniono; w razie potrzeby popraw nazwę w starym systemie.',
      'The bytes were not changed; correct the name in the legacy system if need be.',
    ],
  ],
  CONTENT_FORMAT_NOT_KRI: [
    'warning',
    [
      'Format „{extension}” treści {content} jest spoza listy KRI.',
      'Format “{extension}” of content {content} is not in the KRI list.',
    ],
    [
      'Plik przeniesiono bez zmian; listę można zmienić w ustawieniu contents.formats.',
      'The file was migrated as it is; the list is the setting contents.formats.',
    ],
  ],
  /** The legacy hash has no known form, or no file of the sample fits it: not compared. */
  CONTENT_HASH_UNKNOWN: [
    'info',
    [
      'Skrótu treści {content} z bazy nie porównano: nieznany algorytm ({reason}).',
      'The database’s digest of content {content} was not compared: unknown algorithm ({reason}).',
    ],
    ['Ustal z dostawcą starego systemu, jak liczy skróty.', 'Ask the legacy system’s provider how digests are made.'],
  ],
  /** What a detached signature signs is not among the contents. */
  CONTENT_SIGNED_FILE_MISSING: [
    'warning',
    [
      'Podpis zewnętrzny {content}: wśród treści nie ma pliku, który podpisuje ({algorithm}).',
      'Detached signature {content}: the file it signs is not among the contents ({algorithm}).',
    ],
    [
      'Sprawdź, czy podpisany plik nie został zmieniony lub usunięty w starym systemie.',
      'Check whether the signed file was changed or removed in the legacy system.',
    ],
  ],
  CONTENT_STORE_MISSING: [
    'error',
    [
      'Treści {content} nie ma w magazynie, choć była skopiowana.',
      'Content {content} is not in the store although it was copied.',
    ],
    COPY_AGAIN,
  ],
  CONTENT_STORE_ALTERED: [
    'error',
    [
      'Bajty treści {content} w magazynie są inne niż skopiowane.',
      'The bytes of content {content} in the store are not those that were copied.',
    ],
    COPY_AGAIN,
  ],
  CONTENT_STORE_UNREADABLE: [
    'error',
    [
      'Treści {content} w magazynie nie można odczytać ({reason}).',
      'Content {content} in the store cannot be read ({reason}).',
    ],
    COPY_AGAIN,
  ],
} as const satisfies Record<string, Texts>;

export type ContentFindingCode = keyof typeof TEXTS;

/** Codes of findings on contents. Every one leaves the record loaded; the value is a path, which may hold a file name. */
export const CONTENT_CODES: readonly CodeEntry[] = Object.entries<Texts>(TEXTS).map(
  ([code, [severity, message, hint]]) => ({
    code,
    area: 'files',
    origin: 'contents',
    severity,
    effect: 'load',
    message: { pl: message[0], en: message[1] },
    hint: { pl: hint[0], en: hint[1] },
    personal: 'text',
  }),
);

export const severityOf = (code: ContentFindingCode): Severity => TEXTS[code][0];

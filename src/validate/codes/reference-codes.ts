import { entries } from '../entries.ts';

/** Keys, references, lineages and what the database says: where the target cannot hold a record. */
export const REFERENCE_CODES = [
  ...entries(
    { area: 'keys-and-references', origin: 'transform', effect: 'reject', fixed: true, personal: 'none' },
    {
      KEY_MISSING: [
        'error',
        ['Rekord nie ma klucza.', 'The record has no key.'],
        [
          'Ustal w starym systemie, skąd wziął się wiersz bez klucza; bez niego nie da się go nazwać.',
          'Find out in the legacy system where a row without a key came from; it cannot be named without one.',
        ],
      ],
      LINEAGE_CYCLE: [
        'error',
        [
          'Wersje rekordu wskazują na siebie w kółko; wczytano go jako osobny rekord.',
          'The versions of the record point at each other in a circle; it was loaded as a record of its own.',
        ],
        [
          'Popraw w starym systemie, która wersja jest pierwsza.',
          'Correct in the legacy system which version is the first.',
        ],
        { effect: 'change' },
      ],
    },
  ),
  ...entries(
    { area: 'keys-and-references', origin: 'write', effect: 'reject', fixed: true, personal: 'none' },
    {
      KEY_DUPLICATE: [
        'error',
        [
          'Klucz wystąpił już w tym przebiegu; liczy się pierwszy wiersz.',
          'The key was met before in this run; the first row counts.',
        ],
        [
          'Sprawdź w zrzucie, dlaczego wiersz jest dwa razy; jeżeli treść się różni, usuń błędny.',
          'Find out why the dump holds the row twice; if they differ, remove the wrong one.',
        ],
      ],
      PARENT_MISSING: [
        'error',
        [
          'Wymagany rekord nadrzędny ({parent} {parentKey}) nie istnieje.',
          'The required parent record ({parent} {parentKey}) does not exist.',
        ],
        [
          'Odszukaj rekord nadrzędny w starym systemie albo wskaż inny korektą.',
          'Find the parent record in the legacy system, or name another one by a correction.',
        ],
      ],
      PARENT_REJECTED: [
        'error',
        [
          'Wymagany rekord nadrzędny ({parent} {parentKey}) został odrzucony: {because}.',
          'The required parent record ({parent} {parentKey}) was rejected: {because}.',
        ],
        [
          'Napraw rekord nadrzędny; ten wejdzie przy następnym uruchomieniu.',
          'Cure the parent record; this one goes in at the next run.',
        ],
      ],
      REF_MISSING: [
        'error',
        [
          'Rekord wskazuje {parent} {parentKey}, którego nie ma; odwołanie zostało puste.',
          'The record refers to {parent} {parentKey}, which is not there; the reference was left empty.',
        ],
        [
          'Odwołanie uzupełni się samo, gdy ten rekord się pojawi; inaczej wskaż inny korektą.',
          'The reference fills itself in when that record arrives; else name another one by a correction.',
        ],
        { effect: 'change' },
      ],
      DB_REFUSED: [
        'error',
        ['Baza danych odrzuciła rekord: {message}', 'The database refused the record: {message}'],
        [
          'Warunek bazy ({sqlState}) mówi, której wartości nie przyjmuje; popraw ją korektą lub w mapowaniu.',
          'The condition of the database ({sqlState}) says which value it does not take; correct it, or the mapping.',
        ],
        { area: 'target' },
      ],
      CONFLICT: [
        'error',
        [
          'Rekord zmieniono i w starym, i w nowym systemie.',
          'The record was changed both in the legacy and in the new system.',
        ],
        [
          'Rozstrzygnij, która zmiana obowiązuje; do tego czasu nowy system zostaje nietknięty.',
          'Decide which change holds; until then the new system is left alone.',
        ],
        { area: 'target', effect: 'load' },
      ],
    },
  ),
  ...entries(
    { area: 'source', origin: 'source', effect: 'reject', fixed: true },
    {
      CSV_BROKEN_LINE: [
        'error',
        [
          'Nie da się odczytać wiersza {line} pliku {file}: {reason}',
          'Line {line} of the file {file} cannot be read: {reason}',
        ],
        [
          'Wiersz zachowano w całości; zwykle brakuje cudzysłowu albo zła jest liczba pól. Popraw zrzut lub go powtórz.',
          'The line was kept whole; usually a quote is missing or the number of fields is wrong. Correct the dump or repeat it.',
        ],
      ],
    },
  ),
  ...entries(
    { area: 'values', origin: 'correction', effect: 'load', fixed: true },
    {
      CORRECTION_STALE: [
        'warning',
        [
          'Korekta nie pasuje: wartość w źródle jest już inna niż ta, którą miała zastąpić.',
          'A correction does not fit: the value in the source is no longer the one it was to replace.',
        ],
        [
          'Sprawdź wartość i napisz korektę od nowa albo ją usuń.',
          'Check the value and write the correction anew, or remove it.',
        ],
      ],
      CORRECTION_NO_RECORD: [
        'warning',
        [
          'Korekta ({file}, wiersz {line}) dotyczy rekordu, którego nie ma w źródle.',
          'A correction ({file}, line {line}) is about a record that is not in the source.',
        ],
        [
          'Sprawdź klucz w arkuszu korekt (ezd-migrate corrections check) albo usuń ten wiersz.',
          'Check the key in the sheet of corrections (ezd-migrate corrections check), or remove the line.',
        ],
      ],
      CORRECTION_NEEDLESS: [
        'info',
        [
          'Korekta nie jest już potrzebna: w źródle jest nowa wartość.',
          'A correction is not needed any more: the source holds the new value.',
        ],
        ['Można usunąć ten wiersz z arkusza korekt.', 'Its line can be removed from the sheet of corrections.'],
      ],
    },
  ),
];

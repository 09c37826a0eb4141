import type { Texts } from '../core/text.ts';

/** What can be wrong with files of corrections. Values never stand in a message: they may be personal data. */
export const CORRECTION_TEXTS = {
  failed: {
    pl: 'korekty w {folder} mają błędy ({errors}); nic nie zostało wczytane',
    en: 'the corrections in {folder} have {errors} error(s); nothing was loaded',
  },
  failedHint: {
    pl: 'wszystkie pokaże: ezd-migrate corrections check',
    en: 'see all of them with: ezd-migrate corrections check',
  },
  unreadable: { pl: 'nie można odczytać pliku: {reason}', en: 'the file cannot be read: {reason}' },
  workbook: {
    pl: 'skoroszyt nie jest czytany',
    en: 'a workbook is not read',
  },
  workbookHint: {
    pl: 'zapisz arkusz jako CSV UTF-8 (Plik > Zapisz jako).',
    en: 'save the sheet as CSV UTF-8 (File > Save as).',
  },
  noHeader: {
    pl: 'plik jest pusty: brakuje wiersza z nazwami kolumn',
    en: 'the file is empty: the line with column names is missing',
  },
  missingColumn: { pl: 'brakuje kolumny "{column}"', en: 'the column "{column}" is missing' },
  columnsHint: { pl: 'kolumny arkusza: {columns}', en: 'the columns of a sheet: {columns}' },
  columnTwice: { pl: 'kolumna "{column}" występuje dwa razy', en: 'the column "{column}" stands here twice' },
  badQuotes: {
    pl: 'cudzysłów nie jest zamknięty albo stoi za nim tekst',
    en: 'a quote is not closed, or text stands behind it',
  },
  badQuotesHint: {
    pl: 'zapisz arkusz jeszcze raz z arkusza kalkulacyjnego, nie edytuj go ręcznie.',
    en: 'save the sheet again from the spreadsheet; do not edit it by hand.',
  },
  missingCell: { pl: 'brakuje wartości w kolumnie "{column}"', en: 'the cell of "{column}" is empty' },
  missingReason: { pl: 'brakuje powodu korekty', en: 'the reason of the correction is missing' },
  missingAuthor: { pl: 'brakuje autora korekty', en: 'the author of the correction is missing' },
  missingDate: { pl: 'brakuje daty korekty', en: 'the date of the correction is missing' },
  badDate: { pl: 'to nie jest data', en: 'this is no date' },
  badDateHint: { pl: 'na przykład 2026-03-01 albo 01.03.2026', en: 'for example 2026-03-01 or 01.03.2026' },
  missingNew: { pl: 'brakuje nowej wartości', en: 'the new value is missing' },
  missingNewHint: {
    pl: 'aby wyczyścić pole, wpisz (puste); aby pominąć wiersz, usuń powód i autora.',
    en: 'to clear the field write (empty); to leave the line out, remove reason and author.',
  },
  unknownEntity: { pl: 'nie ma encji "{entity}"', en: 'there is no entity "{entity}"' },
  unknownField: { pl: 'encja {entity} nie ma pola "{field}"', en: 'entity {entity} has no field "{field}"' },
  severalColumns: {
    pl: 'pole "{field}" powstaje z kilku kolumn źródła',
    en: 'the field "{field}" is made of several source columns',
  },
  severalColumnsHint: { pl: 'podaj jedną z nich: {columns}', en: 'name one of them: {columns}' },
  noColumn: {
    pl: 'pole "{field}" nie pochodzi z kolumny tej tabeli, więc nie można go tu poprawić',
    en: 'the field "{field}" does not come from a column of this table, so it cannot be corrected here',
  },
  noColumnHint: {
    pl: 'popraw encję, z której tabeli pochodzi, albo mapowanie (encja czyta {table}).',
    en: 'correct the entity whose table it comes from, or the mapping (the entity reads {table}).',
  },
  keyColumn: {
    pl: 'kolumna {column} jest kluczem encji {entity} i nie można jej poprawić',
    en: 'the column {column} is the key of entity {entity} and cannot be corrected',
  },
  keyColumnHint: {
    pl: 'z klucza liczy się identyfikator w nowym systemie i z nim łączą się inne rekordy: inny klucz byłby innym rekordem.',
    en: 'the id in the new system is computed from the key, and other records refer to it: another key would be another record.',
  },
  lineageColumn: {
    pl: 'kolumna {column} łączy wersje rekordu encji {entity} i nie można jej poprawić',
    en: 'the column {column} links the versions of a record of entity {entity} and cannot be corrected',
  },
  lineageColumnHint: {
    pl: 'wersje są łączone, zanim korekty zostaną zastosowane.',
    en: 'versions are linked before corrections are applied.',
  },
  keyParts: {
    pl: 'klucz encji {entity} ma części: {columns}',
    en: 'the key of entity {entity} has these parts: {columns}',
  },
  keyPartsHint: { pl: 'napisz je oddzielone znakiem |', en: 'write them with | between them' },
  duplicate: {
    pl: 'ta sama korekta stoi już w {file}, wiersz {line}',
    en: 'the same correction stands in {file}, line {line}',
  },
  conflict: {
    pl: 'tę samą wartość poprawia inaczej {file}, wiersz {line}',
    en: 'the same value is corrected differently in {file}, line {line}',
  },
  noChange: { pl: 'nowa wartość jest taka sama jak stara', en: 'the new value is the same as the old one' },
  spreadsheetError: {
    pl: 'w kolumnie "{column}" stoi błąd arkusza kalkulacyjnego, nie wartość',
    en: 'the cell of "{column}" holds an error of the spreadsheet, not a value',
  },
  scientific: {
    pl: 'arkusz kalkulacyjny zamienił liczbę w kolumnie "{column}" na zapis wykładniczy i zgubił jej cyfry',
    en: 'the spreadsheet turned the number of "{column}" into scientific notation and lost digits',
  },
  timeOnly: {
    pl: 'arkusz kalkulacyjny zgubił datę w kolumnie "{column}"',
    en: 'the spreadsheet lost the date of "{column}"',
  },
  monthName: {
    pl: 'arkusz kalkulacyjny zamienił wartość w kolumnie "{column}" na datę',
    en: 'the spreadsheet turned the value of "{column}" into a date',
  },
  damageHint: {
    pl: 'wpisz wartość jeszcze raz z apostrofem na początku, wtedy arkusz zostawi ją jak jest.',
    en: 'write the value again with an apostrophe in front; the spreadsheet then leaves it as it is.',
  },
  lostZeros: {
    pl: 'z wartości w kolumnie "{column}" zniknęły zera na początku',
    en: 'the value of "{column}" has lost its leading zeros',
  },
  maskedNew: {
    pl: 'nowa wartość jest zamaskowana',
    en: 'the new value is masked',
  },
  maskedNewHint: {
    pl: 'wpisz prawdziwą wartość; arkusz z danymi daje --with-personal-data.',
    en: 'write the true value; --with-personal-data exports a sheet with all data.',
  },
  lookupFile: { pl: 'nie ma pliku słownika {file}', en: 'there is no look-up file {file}' },
  lookupColumns: {
    pl: 'słownik ma mieć dwie kolumny: starą i nową wartość',
    en: 'a look-up has two columns: old value and new value',
  },
  lookupTwice: {
    pl: 'ta sama stara wartość ma już inną nową w wierszu {line}',
    en: 'the same old value has another new one in line {line}',
  },
  lookupSource: {
    pl: 'podaj albo "lookup" (plik), albo "values"',
    en: 'give either "lookup" (a file) or "values"',
  },
  celSyntax: { pl: 'błąd w wyrażeniu: {reason}', en: 'the expression is wrong: {reason}' },
  celName: {
    pl: 'encja {entity} nie czyta kolumny "{name}"',
    en: 'entity {entity} does not read the column "{name}"',
  },
  // against the source
  noRecord: { pl: 'w źródle nie ma rekordu {entity} {key}', en: 'the source has no record {entity} {key}' },
  stale: {
    pl: 'źródło ma w {entity} {key}, pole {field}, inną wartość niż oczekiwana',
    en: 'the source has another value in {entity} {key}, field {field}, than is expected',
  },
  staleHint: {
    pl: 'dokładne stare wartości zapisze: ezd-migrate rejects export --as-corrections --findings',
    en: 'a sheet with the exact old values: ezd-migrate rejects export --as-corrections --findings',
  },
  needless: {
    pl: 'źródło ma już nową wartość w {entity} {key}, pole {field}',
    en: 'the source has the new value in {entity} {key}, field {field}, already',
  },
} as const satisfies Texts;

export type CorrectionText = keyof typeof CORRECTION_TEXTS;

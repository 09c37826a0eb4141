import type { Texts } from '../../core/text.ts';

/** Texts of `inspect`, on the terminal. */
export const INSPECT_TEXTS = {
  'inspect.summary': {
    pl: 'rysuje obraz nieznanej bazy: tabele, kolumny, kody, klucze, powiązania; porównuje go z mapowaniami',
    en: 'draws a picture of an unknown database: tables, columns, codes, keys, references; compares it with mappings',
  },
  'inspect.against': {
    pl: 'porównuje z mapowaniami (folder lub nazwa pakietu): co jest zmapowane, czego brakuje, co jest nowe',
    en: 'compares with mappings (a folder or the name of a bundle): what is mapped, missing, new',
  },
  'inspect.tables': {
    pl: 'tylko te tabele, rozdzielone przecinkami; także widoki',
    en: 'only these tables, separated by commas; views too',
  },
  'inspect.sample': {
    pl: 'czyta najwyżej tyle wierszy jednej tabeli (żywa baza: domyślnie 100000; zrzut i paczki: wszystkie)',
    en: 'reads at most so many rows of a table (living database: 100000 by default; dumps and packages: all)',
  },
  'inspect.out': {
    pl: 'folder wyniku; domyślnie reports/inspect',
    en: 'folder of the result; reports/inspect by default',
  },
  'inspect.noTable': { pl: 'w źródle nie ma tabeli {table}', en: 'the source has no table {table}' },
  'inspect.tablesHint': {
    pl: 'wszystkie tabele pokazuje: ezd-migrate inspect --json, bez --tables',
    en: 'all tables are shown by: ezd-migrate inspect --json, without --tables',
  },
  'inspect.noMappings': { pl: 'nie ma mapowań {mappings}', en: 'there are no mappings {mappings}' },
  'inspect.bundles': {
    pl: 'podaj folder albo jeden z pakietów programu: {bundles}',
    en: 'give a folder, or one of the bundles of the program: {bundles}',
  },
  'inspect.progress': {
    pl: '{table} (tabela {number} z {of}): wierszy {rows}, całość {share}%',
    en: '{table} (table {number} of {of}): {rows} rows, {share}% of all',
  },
  'inspect.title': {
    pl: 'Tabele: {tables}, kolumny: {columns}, przeczytane wiersze: {rows}, czas: {time}',
    en: 'Tables: {tables}, columns: {columns}, rows read: {rows}, time: {time}',
  },
  'inspect.table': { pl: 'tabela', en: 'table' },
  'inspect.rows': { pl: 'wiersze', en: 'rows' },
  'inspect.size': { pl: 'rozmiar', en: 'size' },
  'inspect.read': { pl: 'przeczytane', en: 'read' },
  'inspect.columns': { pl: 'kolumny', en: 'columns' },
  'inspect.codes': { pl: 'kody', en: 'codes' },
  'inspect.references': { pl: 'powiązania', en: 'references' },
  'inspect.how.all': { pl: 'wszystkie', en: 'all' },
  'inspect.how.ranges': { pl: 'próbka {rows} (z zakresów klucza)', en: 'sample of {rows} (from ranges of the key)' },
  'inspect.how.stride': { pl: 'próbka {rows} (równo po pliku)', en: 'sample of {rows} (evenly over the file)' },
  'inspect.how.head': { pl: 'próbka {rows} (początek)', en: 'sample of {rows} (the beginning)' },
  'inspect.how.nothing': { pl: 'nie', en: 'no' },
  'inspect.why.view': { pl: 'widok; podaj go w --tables', en: 'a view; name it with --tables' },
  'inspect.why.noKey': {
    pl: 'duża i bez indeksu, więc serwer musiałby ją posortować',
    en: 'big and without an index, so the server would have to sort it',
  },
  'inspect.why.noColumns': { pl: 'nie ma kolumn, które wolno czytać', en: 'no column that may be read' },
  'inspect.database': {
    pl: 'Baza {name}: {collation}, poziom zgodności {level}; izolacja migawki {snapshot}, śledzenie zmian {tracking}, tabel z rowversion {versions}',
    en: 'Database {name}: {collation}, compatibility level {level}; snapshot isolation {snapshot}, change tracking {tracking}, tables with rowversion {versions}',
  },
  'inspect.yes': { pl: 'tak', en: 'yes' },
  'inspect.no': { pl: 'nie', en: 'no' },
  'inspect.against.title': {
    pl: 'Wobec {mappings}: zmapowane tabele: {tables}, kolumny: {columns}',
    en: 'Against {mappings}: mapped tables: {tables}, columns: {columns}',
  },
  'inspect.missing': { pl: 'brakuje {name} ({entities})', en: '{name} is missing ({entities})' },
  'inspect.missingOptional': {
    pl: 'nie ma {name}, i mapowanie na to pozwala ({entities})',
    en: 'there is no {name}, which the mapping allows ({entities})',
  },
  'inspect.near': { pl: '; czy to teraz {name}?', en: '; is it {name} now?' },
  'inspect.new': { pl: 'nowe: {name}, wierszy {rows}', en: 'new: {name}, {rows} rows' },
  'inspect.clash': {
    pl: '{entity}: {column} ma wartości {found}, a {to} przyjmuje {wants}',
    en: '{entity}: {column} holds {found}, but {to} takes {wants}',
  },
  'inspect.unknownCodes': {
    pl: '{column}: kodów, których nie ma słownik {lookup}: {count}',
    en: '{column}: codes that the look-up {lookup} lacks: {count}',
  },
  'inspect.type.integer': { pl: 'liczby całkowite', en: 'whole numbers' },
  'inspect.type.decimal': { pl: 'liczby z ułamkiem', en: 'numbers with a fraction' },
  'inspect.type.date': { pl: 'dni', en: 'days' },
  'inspect.type.dateTime': { pl: 'daty z godziną', en: 'moments' },
  'inspect.type.guid': { pl: 'identyfikatory GUID', en: 'GUIDs' },
  'inspect.type.binary': { pl: 'bajty', en: 'bytes' },
  'inspect.type.text': { pl: 'teksty', en: 'texts' },
  'inspect.type.flag': { pl: 'tak lub nie', en: 'yes or no' },
  'inspect.type.empty': { pl: 'puste', en: 'empty' },
  'inspect.written': { pl: 'Zapisano w {folder}: {files}', en: 'Written to {folder}: {files}' },
  'inspect.kept': {
    pl: 'Plików słowników, które już tam były i zostały bez zmian: {count}',
    en: 'Look-up files that were there already and were left as they are: {count}',
  },
  'inspect.lookups': { pl: 'słowników do uzupełnienia: {count}', en: 'look-ups to be filled in: {count}' },
} as const satisfies Texts;

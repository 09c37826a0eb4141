import type { Texts } from '../core/text.ts';

/** Everything the mapping compiler says, in both languages. */
export const MAPPING_TEXTS = {
  // bundle
  failed: { en: 'the mappings in {dir} have {errors} problem(s)', pl: 'mapowania w {dir} mają problemy ({errors})' },
  noFolder: { en: 'there is no folder of mappings {dir}', pl: 'nie ma folderu mapowań {dir}' },
  noFolderHint: {
    en: 'name it in the project file under `mappings:`.',
    pl: 'podaj go w pliku projektu w kluczu `mappings:`.',
  },
  extendsCycle: {
    en: 'bundles extend each other in a circle: {chain}',
    pl: 'zestawy rozszerzają się w kółko: {chain}',
  },
  noEntities: { en: 'there is no mapping (*.yaml) in {dir}', pl: 'w {dir} nie ma żadnego mapowania (*.yaml)' },
  entityTwice: {
    en: 'entity "{entity}" is already mapped in {other}',
    pl: 'encja "{entity}" jest już zmapowana w {other}',
  },
  replaceUnknown: {
    en: 'nothing named "{name}" is here to replace',
    pl: 'nie ma tu niczego o nazwie "{name}" do zastąpienia',
  },
  fieldNull: {
    en: 'column "{column}" has no value; null takes a field out only in an overlay',
    pl: 'kolumna "{column}" nie ma wartości; null usuwa pole tylko w nakładce',
  },
  removeUnknown: {
    en: '"{name}" is taken out here, but the bundle below does not have it',
    pl: '"{name}" jest tu usuwane, ale zestaw niżej go nie ma',
  },
  // look-ups
  lookupUnreadable: {
    en: 'look-up {file} cannot be read: {reason}',
    pl: 'nie można odczytać słownika {file}: {reason}',
  },
  lookupHeader: {
    en: 'the header of a look-up needs the columns kod and wartosc; found: {found}',
    pl: 'nagłówek słownika wymaga kolumn kod i wartosc; znaleziono: {found}',
  },
  lookupColumn: { en: 'unknown column "{column}" in a look-up', pl: 'nieznana kolumna "{column}" w słowniku' },
  lookupEmpty: { en: 'look-up {file} has no row', pl: 'słownik {file} nie ma żadnego wiersza' },
  lookupTwice: {
    en: 'code "{code}" stands twice, first on line {line}',
    pl: 'kod "{code}" występuje dwa razy, pierwszy raz w wierszu {line}',
  },
  lookupStatus: { en: 'status "{found}" is not known', pl: 'status "{found}" jest nieznany' },
  lookupUnknown: { en: 'there is no look-up "{lookup}"', pl: 'nie ma słownika "{lookup}"' },
  lookupUnknownHint: { en: 'look-ups are files lookups/<name>.csv.', pl: 'słowniki to pliki lookups/<nazwa>.csv.' },
  lookupAssumed: {
    en: 'look-up "{lookup}": the meaning of these codes is an assumption: {codes}',
    pl: 'słownik "{lookup}": znaczenie tych kodów jest założeniem: {codes}',
  },
  lookupAssumedHint: {
    en: 'compare them with your database; then set their status to potwierdzony in an overlay of your office',
    pl: 'porównaj je ze swoją bazą; potem wpisz im status potwierdzony w nakładce urzędu',
  },
  lookupUnused: { en: 'look-up "{lookup}" is used by no field', pl: 'słownika "{lookup}" nie używa żadne pole' },
  unknownWithoutLookup: {
    en: '"unknown" says what a code does that a look-up lacks, but this field has no "lookup"',
    pl: '"unknown" mówi, co zrobić z kodem spoza słownika, a to pole nie ma "lookup"',
  },
  // source
  unknownTable: { en: 'the source has no table "{table}"', pl: 'w źródle nie ma tabeli "{table}"' },
  unknownTableHint: {
    en: '`optional: true` under `from:` leaves the entity out where the table does not exist.',
    pl: '`optional: true` w `from:` pomija encję, gdy tabeli nie ma.',
  },
  optionalTable: {
    en: 'entity "{entity}" is left out: the source has no table "{table}"',
    pl: 'encja "{entity}" jest pominięta: w źródle nie ma tabeli "{table}"',
  },
  optionalJoin: {
    en: 'the source has no table "{table}"; what "{alias}" names counts as NULL',
    pl: 'w źródle nie ma tabeli "{table}"; to, co nazywa "{alias}", liczy się jako NULL',
  },
  optionalWhere: {
    en: 'entity "{entity}" is left out: the source has no column {table}.{column}, so no row satisfies its `where`',
    pl: 'encja "{entity}" jest pominięta: w źródle nie ma kolumny {table}.{column}, więc żaden wiersz nie spełnia warunku `where`',
  },
  unknownColumn: { en: 'table {table} has no column "{column}"', pl: 'tabela {table} nie ma kolumny "{column}"' },
  thenIsColumn: {
    en: 'a text here names a column; a fixed text is written { const: {word} }.',
    pl: 'tekst oznacza tu kolumnę; stały tekst zapisuje się { const: {word} }.',
  },
  optionalColumn: {
    en: 'the source has no column {table}.{column}; it counts as NULL',
    pl: 'w źródle nie ma kolumny {table}.{column}; liczy się jako NULL',
  },
  twoSpellings: {
    en: 'column "{column}" is also written "{other}" in this mapping; use one spelling',
    pl: 'kolumna "{column}" jest w tym mapowaniu pisana też "{other}"; użyj jednej pisowni',
  },
  unknownAlias: { en: 'there is no join "{alias}"', pl: 'nie ma złączenia "{alias}"' },
  unusedAlias: { en: 'nothing uses the join "{alias}"', pl: 'nic nie używa złączenia "{alias}"' },
  aliasIsColumn: {
    en: 'join "{alias}" has the name of a column of {table}',
    pl: 'złączenie "{alias}" nazywa się jak kolumna tabeli {table}',
  },
  primaryKeyHint: { en: 'the primary key of {table} is {key}.', pl: 'klucz główny tabeli {table} to {key}.' },
  rowversionAbsent: {
    en: 'the source has no column {table}.{column}; a sync will compare all rows instead',
    pl: 'w źródle nie ma kolumny {table}.{column}; synchronizacja porówna wszystkie wiersze',
  },
  goneColumn: {
    en: 'gone: {table} has no column "{column}" that can hold a time or be empty',
    pl: 'gone: w tabeli {table} nie ma kolumny "{column}", która przyjmie czas i może być pusta',
  },
  // values
  template: { en: 'template: {reason}', pl: 'template: {reason}' },
  templateUnclosed: { en: 'a "{" is not closed', pl: 'brak zamknięcia "{"' },
  templateStray: { en: 'a "}" without "{"', pl: '"}" bez "{"' },
  templateEmpty: { en: 'no column between "{" and "}"', pl: 'brak kolumny między "{" a "}"' },
  celSyntax: { en: 'CEL: {reason}', pl: 'CEL: {reason}' },
  celNotBool: {
    en: 'a condition must be true or false, this is {type}',
    pl: 'warunek musi być prawdą lub fałszem, a to {type}',
  },
  celName: { en: 'CEL: there is no column "{name}"', pl: 'CEL: nie ma kolumny "{name}"' },
  celFunction: { en: 'CEL: there is no function "{name}"', pl: 'CEL: nie ma funkcji "{name}"' },
  celAlias: {
    en: 'CEL: "{alias}" is a join; write {alias}.Column',
    pl: 'CEL: "{alias}" to złączenie; napisz {alias}.Kolumna',
  },
  celRegex: {
    en: 'CEL: this is no regular expression: {reason}',
    pl: 'CEL: to nie jest wyrażenie regularne: {reason}',
  },
  // transforms
  unknownTransform: { en: 'unknown transform "{name}"', pl: 'nieznane przekształcenie "{name}"' },
  oneKey: {
    en: 'one name with its argument is expected here, found {count} keys',
    pl: 'oczekiwano jednej nazwy z argumentem, znaleziono kluczy: {count}',
  },
  noArgument: { en: '"{name}" takes no argument', pl: '"{name}" nie przyjmuje argumentu' },
  needsArgument: { en: '"{name}" needs an argument: {expected}', pl: '"{name}" wymaga argumentu: {expected}' },
  badArgument: {
    en: '"{name}" expects {expected}, found {found}',
    pl: '"{name}" oczekuje: {expected}, znaleziono {found}',
  },
  unknownOption: { en: '"{name}" has no option "{option}"', pl: '"{name}" nie ma opcji "{option}"' },
  argInteger: { en: 'a whole number', pl: 'liczby całkowitej' },
  argNumber: { en: 'a number', pl: 'liczby' },
  argBoolean: { en: 'true or false', pl: 'true lub false' },
  argText: { en: 'a text', pl: 'tekstu' },
  argPattern: { en: 'a regular expression', pl: 'wyrażenia regularnego' },
  argList: { en: 'a list', pl: 'listy' },
  argOptions: { en: 'options: {options}', pl: 'opcji: {options}' },
  argAtLeast: { en: '{what}, at least {min}', pl: '{what}, co najmniej {min}' },
  argAtMost: { en: '{what}, at most {max}', pl: '{what}, co najwyżej {max}' },
  argRange: { en: '{what} from {min} to {max}', pl: '{what} od {min} do {max}' },
  argOneOf: { en: 'one of {allowed}', pl: 'jednej z wartości: {allowed}' },
  clashTransform: {
    en: '"{name}" works on {takes}, but gets {type}',
    pl: '"{name}" działa na: {takes}, a dostaje: {type}',
  },
  outcome: {
    en: 'column {column} does not take "{value}"; it is {native}',
    pl: 'kolumna {column} nie przyjmuje wartości "{value}"; jej typ to {native}',
  },
  outcomeWord: {
    en: 'column {column} does not take "{value}"',
    pl: 'kolumna {column} nie przyjmuje wartości "{value}"',
  },
  outcomeOfCode: {
    en: 'look-up "{lookup}" gives "{value}" for code "{code}", which column {column} does not take',
    pl: 'słownik "{lookup}" daje "{value}" dla kodu "{code}", a kolumna {column} tego nie przyjmuje',
  },
  outcomeKept: {
    en: 'unknown codes are kept, but column {column} takes certain words only; such a record would be refused',
    pl: 'nieznane kody są zachowywane, a kolumna {column} przyjmuje tylko określone słowa; taki rekord zostałby odrzucony',
  },
  clashColumn: {
    en: 'column {column} is {native}, but the value is {type} ({source})',
    pl: 'kolumna {column} ma typ {native}, a wartość to {type} ({source})',
  },
  // target
  unknownTarget: { en: 'the target has no table "{table}"', pl: 'w celu nie ma tabeli "{table}"' },
  targetSchema: {
    en: 'table "{table}" is not in the schema "{schema}" of the target',
    pl: 'tabela "{table}" nie należy do schematu "{schema}" celu',
  },
  unknownTargetColumn: { en: 'table {table} has no column "{column}"', pl: 'tabela {table} nie ma kolumny "{column}"' },
  targetType: {
    en: 'column {column} has the type {native}, which this program does not write',
    pl: 'kolumna {column} ma typ {native}, którego program nie zapisuje',
  },
  targetUnfilled: {
    en: 'column {table}.{column} is NOT NULL without a default, but no field fills it',
    pl: 'kolumna {table}.{column} jest NOT NULL bez wartości domyślnej, a żadne pole jej nie wypełnia',
  },
  noTargetKey: {
    en: 'table {table} has no single primary key column; name the id column with `key:`',
    pl: 'tabela {table} nie ma pojedynczej kolumny klucza głównego; podaj kolumnę id w `key:`',
  },
  idNotUuid: {
    en: 'column {column} holds a computed id and must be uuid, it is {native}',
    pl: 'kolumna {column} przechowuje wyliczony identyfikator i musi być typu uuid, a jest {native}',
  },
  keyNotId: {
    en: 'the key column "{column}" must be a computed id: { id: {entity} }',
    pl: 'kolumna klucza "{column}" musi być wyliczonym identyfikatorem: { id: {entity} }',
  },
  keyOfOther: {
    en: 'the own id of "{entity}" is made of its key ({key}); leave `of` out',
    pl: 'własny identyfikator encji "{entity}" powstaje z jej klucza ({key}); pomiń `of`',
  },
  foreignKey: {
    en: 'column {column} references {references}, but "{entity}" is written to {table}',
    pl: 'kolumna {column} wskazuje na {references}, a "{entity}" jest zapisywana do {table}',
  },
  sharedTable: {
    en: 'entities "{entity}" and "{other}" use one id space ("{space}") and write to one table {table}; equal keys would collide',
    pl: 'encje "{entity}" i "{other}" mają wspólną przestrzeń identyfikatorów ("{space}") i zapisują do jednej tabeli {table}; równe klucze się zderzą',
  },
  // references
  unknownEntity: { en: 'there is no entity "{entity}"', pl: 'nie ma encji "{entity}"' },
  disabledEntity: {
    en: 'entity "{entity}" is left out, but this reference is required',
    pl: 'encja "{entity}" jest pominięta, a to odwołanie jest wymagane',
  },
  disabledEntityOptional: {
    en: 'entity "{entity}" is left out; column {column} stays NULL',
    pl: 'encja "{entity}" jest pominięta; kolumna {column} pozostaje NULL',
  },
  refParts: {
    en: 'the key of "{entity}" has {expected} column(s), this reference has {found}',
    pl: 'klucz encji "{entity}" ma kolumn: {expected}, a to odwołanie: {found}',
  },
  lateRequired: {
    en: 'column {column} is NOT NULL, so its reference cannot be filled in late',
    pl: 'kolumna {column} jest NOT NULL, więc odwołanie nie może być uzupełnione później',
  },
  selfRequired: {
    en: 'column {column} refers to its own entity and is filled in late, but it is NOT NULL',
    pl: 'kolumna {column} wskazuje na własną encję i jest uzupełniana później, a jest NOT NULL',
  },
  cycle: { en: 'entities refer to each other in a circle: {chain}', pl: 'encje wskazują na siebie w kółko: {chain}' },
  cycleHint: {
    en: 'give one optional reference of the circle `late: true` ({places}).',
    pl: 'jednemu z nieobowiązkowych odwołań w kółku dodaj `late: true` ({places}).',
  },
  // rules
  unknownRule: { en: 'unknown rule "{name}"', pl: 'nieznana reguła "{name}"' },
  ruleColumn: {
    en: 'rule "{name}": "{column}" ({parameter}) is no field of this entity',
    pl: 'reguła "{name}": "{column}" ({parameter}) nie jest polem tej encji',
  },
  ruleNeedsColumn: {
    en: 'rule "{name}" needs the column for "{parameter}"',
    pl: 'reguła "{name}" wymaga kolumny dla "{parameter}"',
  },
  ruleFalse: {
    en: 'rule "{name}" is taken out; that is possible only in an overlay',
    pl: 'reguła "{name}" jest usuwana; to możliwe tylko w nakładce',
  },
  // coverage
  unmappedTable: {
    en: 'source table {table} is neither mapped nor listed in not-mapped.yaml',
    pl: 'tabela źródła {table} nie jest zmapowana ani wymieniona w not-mapped.yaml',
  },
  unmappedColumns: {
    en: 'source table {table}: columns neither mapped nor listed in not-mapped.yaml: {columns}',
    pl: 'tabela źródła {table}: kolumny niezmapowane i niewymienione w not-mapped.yaml: {columns}',
  },
  mappedAndNot: {
    en: '{what} is listed as not mapped, but {entity} reads it',
    pl: '{what} jest na liście niemapowanych, a czyta to {entity}',
  },
} as const satisfies Texts;

export type MappingText = keyof typeof MAPPING_TEXTS;

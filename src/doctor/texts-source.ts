import type { Texts } from '../core/text.ts';

/** About the source and its repository. */
export const SOURCE_TEXTS = {
  sourceReached: { pl: 'połączono z {place}', en: 'connected to {place}' },
  dumpThere: { pl: 'folder zrzutu {place} da się odczytać', en: 'the dump folder {place} can be read' },
  packagesThere: { pl: 'paczki {place} da się odczytać', en: 'the packages {place} can be read' },
  legacyVersion: {
    pl: '{version}, poziom zgodności {level}',
    en: '{version}, compatibility level {level}',
  },
  levelOld: {
    pl: 'poziom zgodności bazy to {level}; program był pisany dla {oldest} i nowszych ({version})',
    en: 'the compatibility level of the database is {level}; the program was made for {oldest} and newer ({version})',
  },
  levelOldCure: {
    pl: 'wypróbuj na kopii bazy; administrator może podnieść poziom: ALTER DATABASE … SET COMPATIBILITY_LEVEL = 110.',
    en: 'try it on a copy of the database; its administrator can raise the level: ALTER DATABASE … SET COMPATIBILITY_LEVEL = 110.',
  },
  tlsGood: { pl: 'połączenie szyfrowane, certyfikat sprawdzony', en: 'encrypted, the certificate was checked' },
  tlsAny: {
    pl: 'połączenie szyfrowane, ale certyfikatu nikt nie sprawdza (trustServerCertificate)',
    en: 'encrypted, but nobody checks the certificate (trustServerCertificate)',
  },
  tlsAnyCure: {
    pl: 'wskaż certyfikat urzędu certyfikacji w source.caFile i usuń trustServerCertificate.',
    en: 'name the certificate of the authority in source.caFile and remove trustServerCertificate.',
  },
  tlsOff: {
    pl: 'połączenie bez szyfrowania: hasło i dane idą jawnie',
    en: 'not encrypted: password and records travel in plain text',
  },
  tlsOffCure: { pl: 'usuń encrypt: false z pliku projektu.', en: 'remove encrypt: false from the project file.' },
  rightsGood: {
    pl: 'login może czytać wszystkie {count} tabel z mapowań i nie może nic zmienić',
    en: 'the login may read all {count} tables of the mappings and change nothing',
  },
  rightsFew: {
    pl: 'login nie może czytać {count} tabel z mapowań: {tables}',
    en: 'the login may not read {count} table(s) of the mappings: {tables}',
  },
  rightsFewCure: {
    pl: 'GRANT SELECT ON SCHEMA::dbo TO <login>; (docs/sources/mssql.md)',
    en: 'GRANT SELECT ON SCHEMA::dbo TO <login>; (docs/sources/mssql.md)',
  },
  rightsMany: {
    pl: 'login może w starym systemie więcej niż czytać ({rights}): {tables}',
    en: 'the login may do more than read in the legacy system ({rights}): {tables}',
  },
  rightsManyCure: {
    pl: 'program tylko czyta; daj mu osobny login z samym SELECT (docs/sources/mssql.md).',
    en: 'the program only reads; give it a login of its own with nothing but SELECT (docs/sources/mssql.md).',
  },
  rightsNoTables: {
    pl: 'uprawnień nie sprawdzono: mapowania nie wymieniają żadnej tabeli tej bazy',
    en: 'rights not checked: the mappings name no table of this database',
  },
  isolationSnapshot: {
    pl: 'izolacja migawkowa dozwolona: odczyt nikogo nie wstrzymuje',
    en: 'snapshot isolation is allowed: reading holds nobody up',
  },
  isolationCommitted: {
    pl: 'READ_COMMITTED_SNAPSHOT włączone: odczyt nikogo nie wstrzymuje',
    en: 'READ_COMMITTED_SNAPSHOT is on: reading holds nobody up',
  },
  isolationNone: {
    pl: 'baza nie dopuszcza migawek: tabele czytane są krótkimi stronami, wolniej',
    en: 'the database allows no snapshots: tables are read in short pages, slower',
  },
  isolationCure: {
    pl: 'poza godzinami pracy: ALTER DATABASE <baza> SET ALLOW_SNAPSHOT_ISOLATION ON; (zajmuje miejsce w tempdb)',
    en: 'outside working hours: ALTER DATABASE <database> SET ALLOW_SNAPSHOT_ISOLATION ON; (takes room in tempdb)',
  },
  changesGood: {
    pl: 'wszystkie {count} tabel ma śledzenie zmian albo rowversion',
    en: 'all {count} tables have change tracking or a rowversion column',
  },
  changesSome: {
    pl: '{able} z {count} tabel ma śledzenie zmian albo rowversion; pozostałe porównuje się w całości',
    en: '{able} of {count} tables have change tracking or a rowversion column; the others are compared whole',
  },
  changesNone: {
    pl: 'żadna z {count} tabel nie ma śledzenia zmian ani rowversion: każda noc porównuje całe tabele',
    en: 'none of {count} tables has change tracking or a rowversion column: every night compares whole tables',
  },
  changesLacking: {
    pl: 'mapowania wymagają śledzenia zmian albo rowversion, których nie ma: {tables}',
    en: 'the mappings ask for change tracking or a rowversion column that is not there: {tables}',
  },
  trackDatabase: {
    pl: 'ALTER DATABASE <baza> SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 14 DAYS); potem ALTER TABLE … ENABLE CHANGE_TRACKING; dla każdej tabeli.',
    en: 'ALTER DATABASE <database> SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 14 DAYS); then ALTER TABLE … ENABLE CHANGE_TRACKING; for each table.',
  },
  trackTable: {
    pl: 'ALTER TABLE … ENABLE CHANGE_TRACKING; albo changes: compare w mapowaniu.',
    en: 'ALTER TABLE … ENABLE CHANGE_TRACKING; or changes: compare in the mapping.',
  },
  changesCompare: {
    pl: 'źródło tego rodzaju nie wskazuje zmian: synchronizacja porównuje całość',
    en: 'a source of this kind does not tell what changed: a sync compares everything',
  },
  collationGood: { pl: 'sortowanie {collation}', en: 'collation {collation}' },
  collationOther: {
    pl: 'sortowanie {collation}: kolumny varchar nie są w stronie kodowej 1250, polskie litery mogły przepaść już przy zapisie',
    en: 'collation {collation}: varchar columns are not in code page 1250, Polish letters may have been lost when they were written',
  },
  collationCure: {
    pl: 'ezd-migrate inspect pokazuje wartości; sprawdź, czy tekst jest w nvarchar (wtedy nic nie przepadło).',
    en: 'ezd-migrate inspect shows the values; see whether text is in nvarchar (then nothing was lost).',
  },
  filesDump: { pl: '{count} tabel w zrzucie', en: '{count} tables in the dump' },
  filesPackages: { pl: '{count} tabel w paczkach', en: '{count} tables in the packages' },
  filesNone: { pl: 'nie ma tu żadnej tabeli', en: 'there is no table in it' },
  filesNoneCure: {
    pl: 'sprawdź source w pliku projektu; zrzut ma po jednym pliku na tabelę, np. dbo.Pisma.csv.',
    en: 'check source in the project file; a dump has one file a table, e.g. dbo.Pisma.csv.',
  },
  filesEmpty: { pl: '{count} plików jest pustych: {tables}', en: '{count} file(s) are empty: {tables}' },
  rootsNone: {
    pl: 'repozytorium nie sprawdzono: projekt nie mówi, gdzie leżą pliki (source.contents)',
    en: 'repository not checked: the project does not say where the files are (source.contents)',
  },
  rootsPackages: { pl: 'pliki leżą w paczkach', en: 'the files are inside the packages' },
  rootsGood: { pl: 'repozytorium da się odczytać: {roots}', en: 'the repository can be read: {roots}' },
  rootsBad: { pl: 'repozytorium nie da się odczytać: {roots}', en: 'the repository cannot be read: {roots}' },
  rootsBadCure: {
    pl: 'sprawdź source.contents.root, czy udział jest podłączony i czy to konto może go czytać.',
    en: 'check source.contents.root, that the share is mounted and that this account may read it.',
  },
  sampleGood: {
    pl: 'próbka plików: wszystkie {tried} są na miejscu i dają się otworzyć',
    en: 'sample of files: all {tried} are in their place and can be opened',
  },
  sampleDisk: {
    pl: 'próbka plików: {tried} pierwszych daje się otworzyć (czy wszystkie są, pokaże pierwsze kopiowanie)',
    en: 'sample of files: the first {tried} can be opened (the first copy will tell whether all are there)',
  },
  sampleNone: {
    pl: 'plików nie sprawdzono: wczytane dane nie wskazują żadnego na dysku',
    en: 'files not checked: the loaded records name none on disk',
  },
  sampleEmpty: { pl: 'repozytorium jest puste', en: 'the repository is empty' },
  sampleRefused: {
    pl: 'próbka plików: {refused} z {tried} nie daje się otworzyć',
    en: 'sample of files: {refused} of {tried} cannot be opened',
  },
  sampleRefusedCure: {
    pl: 'daj temu kontu prawo odczytu całego repozytorium.',
    en: 'let this account read the whole repository.',
  },
  sampleMissing: {
    pl: 'próbka plików: nie ma żadnego z {tried}',
    en: 'sample of files: none of {tried} is there',
  },
  sampleSome: {
    pl: 'próbka plików: brakuje {missing} z {tried}',
    en: 'sample of files: {missing} of {tried} are missing',
  },
  sampleMissingCure: {
    pl: 'sprawdź source.contents.root i layout; brakujące pliki wymieni ezd-migrate contents copy.',
    en: 'check source.contents.root and layout; ezd-migrate contents copy names each missing file.',
  },
} as const satisfies Texts;

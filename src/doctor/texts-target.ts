import type { Texts } from '../core/text.ts';

/** About the target and its ledger. */
export const TARGET_TEXTS = {
  targetReached: { pl: 'połączono z {place}', en: 'connected to {place}' },
  embeddedThere: {
    pl: 'baza wbudowana w {place} daje się otworzyć',
    en: 'the embedded database in {place} can be opened',
  },
  embeddedAbsent: {
    pl: 'bazy wbudowanej w {place} jeszcze nie ma; utworzy ją pierwszy przebieg',
    en: 'there is no embedded database in {place} yet; the first run makes it',
  },
  embeddedOnly: { pl: 'baza wbudowana: nie dotyczy', en: 'embedded database: does not apply' },
  postgresGood: { pl: 'PostgreSQL {version}', en: 'PostgreSQL {version}' },
  postgresOld: {
    pl: 'PostgreSQL {version} jest za stary; potrzebny {oldest} do {newest}',
    en: 'PostgreSQL {version} is too old; {oldest} to {newest} are needed',
  },
  postgresOldCure: { pl: 'zaktualizuj serwer.', en: 'upgrade the server.' },
  postgresNew: {
    pl: 'PostgreSQL {version} jest nowszy niż sprawdzone ({oldest} do {newest})',
    en: 'PostgreSQL {version} is newer than those tried ({oldest} to {newest})',
  },
  targetTls: { pl: 'połączenie szyfrowane', en: 'encrypted' },
  targetLocal: { pl: 'bez szyfrowania, na tej samej maszynie', en: 'not encrypted, on this machine' },
  targetPlain: {
    pl: 'połączenie bez szyfrowania przez sieć',
    en: 'not encrypted, over the network',
  },
  targetPlainCure: {
    pl: 'włącz TLS na serwerze (ssl = on) i dodaj ?sslmode=verify-full do target.url.',
    en: 'switch TLS on at the server (ssl = on) and add ?sslmode=verify-full to target.url.',
  },
  roleGood: {
    pl: 'rola {role} może utworzyć i zmieniać schematy {schemas} i nic ponadto',
    en: 'role {role} may make and change the schemas {schemas} and nothing beyond',
  },
  roleNoCreate: {
    pl: 'rola {role} nie może utworzyć schematów ({schemas})',
    en: 'role {role} may not create the schemas ({schemas})',
  },
  roleNoCreateCure: {
    pl: 'jako administrator: GRANT CREATE ON DATABASE <baza> TO <rola>;',
    en: 'as administrator: GRANT CREATE ON DATABASE <database> TO <role>;',
  },
  roleNoSchema: {
    pl: 'rola {role} nie może tworzyć tabel w schematach {schemas}',
    en: 'role {role} may not create tables in the schemas {schemas}',
  },
  roleNoSchemaCure: {
    pl: 'jako administrator: ALTER SCHEMA <schemat> OWNER TO <rola>; wraz z tabelami.',
    en: 'as administrator: ALTER SCHEMA <schema> OWNER TO <role>; and its tables.',
  },
  roleSuper: { pl: 'rola {role} jest superużytkownikiem', en: 'role {role} is a superuser' },
  roleMany: {
    pl: 'rola {role} ma zbędne uprawnienia: {more}',
    en: 'role {role} has rights that it does not need: {more}',
  },
  roleManyCure: {
    pl: 'CREATE ROLE ezd LOGIN; CREATE DATABASE … OWNER ezd; i wpisz tę rolę w target.url.',
    en: 'CREATE ROLE ezd LOGIN; CREATE DATABASE … OWNER ezd; and name that role in target.url.',
  },
  targetReady: {
    pl: 'serwer przyjmuje zapis; {connections} połączeń (potrzeba {needed})',
    en: 'the server takes writes; {connections} connections ({needed} needed)',
  },
  targetStandby: { pl: 'serwer jest repliką do odczytu', en: 'the server is a standby, read only' },
  targetStandbyCure: { pl: 'wskaż serwer główny w target.url.', en: 'name the primary server in target.url.' },
  targetReadOnly: {
    pl: 'transakcje są domyślnie tylko do odczytu',
    en: 'transactions are read only by default',
  },
  targetReadOnlyCure: {
    pl: 'ALTER ROLE <rola> SET default_transaction_read_only = off; albo to samo dla bazy.',
    en: 'ALTER ROLE <role> SET default_transaction_read_only = off; or the same of the database.',
  },
  targetFsync: {
    pl: 'fsync jest wyłączony: zanik zasilania może zniszczyć bazę',
    en: 'fsync is off: a power cut can destroy the database',
  },
  targetFsyncCure: { pl: 'ustaw fsync = on w postgresql.conf.', en: 'set fsync = on in postgresql.conf.' },
  connectionsFew: {
    pl: 'serwer ma {connections} połączeń, potrzeba {needed}',
    en: 'the server has {connections} connections, {needed} are needed',
  },
  connectionsCure: { pl: 'podnieś max_connections albo zmniejsz jobs.', en: 'raise max_connections or lower jobs.' },
  targetCollation: {
    pl: 'kodowanie {encoding}, sortowanie {collation}',
    en: 'encoding {encoding}, collation {collation}',
  },
  encodingOther: { pl: 'baza ma kodowanie {encoding}', en: 'the database is in encoding {encoding}' },
  encodingCure: {
    pl: "utwórz bazę od nowa: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;",
    en: "make the database anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;",
  },
  collationChanged: {
    pl: 'reguły sortowania {collation} zmieniły się od założenia bazy ({made} → {now}): indeksy tekstu mogą być błędne',
    en: 'the rules of collation {collation} changed since the database was made ({made} → {now}): indexes of text may be wrong',
  },
  collationChangedCure: {
    pl: 'REINDEX DATABASE <baza>; ALTER DATABASE <baza> REFRESH COLLATION VERSION;',
    en: 'REINDEX DATABASE <database>; ALTER DATABASE <database> REFRESH COLLATION VERSION;',
  },
  targetZoneGood: {
    pl: 'baza zna strefę {zone} tak samo jak ta maszyna',
    en: 'the database knows the zone {zone} as this machine does',
  },
  targetZoneUnknown: { pl: 'baza nie zna strefy {zone}', en: 'the database does not know the zone {zone}' },
  targetZoneOther: {
    pl: 'baza i ta maszyna inaczej liczą czas w strefie {zone}',
    en: 'the database and this machine reckon the zone {zone} differently',
  },
  targetZoneCure: {
    pl: 'zaktualizuj tzdata na serwerze bazy (i Node.js na tej maszynie).',
    en: 'update tzdata on the database server (and Node.js on this machine).',
  },
  writeGood: {
    pl: 'próba zapisu udana i wycofana',
    en: 'trial write worked and was rolled back',
  },
  writeBad: { pl: 'próba zapisu nie udała się: {reason}', en: 'the trial write failed: {reason}' },
  writeCure: {
    pl: 'rola musi móc tworzyć schematy i tabele (docs/doctor.md).',
    en: 'the role must be able to create schemas and tables (docs/doctor.md).',
  },
  databaseRoom: {
    pl: 'wolnego miejsca na serwerze bazy nie widać stąd; spodziewane: około {expected}',
    en: 'free room on the database server cannot be seen from here; expected: about {expected}',
  },
  databaseRoomUnknown: {
    pl: 'wolnego miejsca na serwerze bazy nie widać stąd, a źródło nie podaje swojej wielkości',
    en: 'free room on the database server cannot be seen from here, and the source does not tell its size',
  },
  databaseRoomLoaded: {
    pl: 'wolnego miejsca na serwerze bazy nie widać stąd; dane są już wczytane',
    en: 'free room on the database server cannot be seen from here; the records are loaded already',
  },
  ledgerNone: { pl: 'jeszcze żadnego przebiegu', en: 'no run yet' },
  ledgerGood: {
    pl: 'ostatni przebieg ({run}, {command}) jest zakończony',
    en: 'the newest run ({run}, {command}) is finished',
  },
  ledgerBehind: {
    pl: 'schematy są starsze niż program; następny przebieg je uzupełni',
    en: 'the schemas are older than the program; the next run brings them up',
  },
  ledgerNewer: {
    pl: 'bazy używała nowsza wersja programu',
    en: 'a newer version of the program was used on the database',
  },
  ledgerNewerCure: { pl: 'zaktualizuj ezd-migrate.', en: 'update ezd-migrate.' },
  ledgerRunning: {
    pl: 'przebieg {run} ({command}) trwa albo został zabity',
    en: 'run {run} ({command}) is working, or was killed',
  },
  ledgerUnfinished: {
    pl: 'przebieg {run} ({command}) nie jest dokończony',
    en: 'run {run} ({command}) is not finished',
  },
  ledgerDeferred: {
    pl: 'pierwsze wczytanie (przebieg {run}) nie jest dokończone: {count} indeksów i kluczy obcych czeka na założenie',
    en: 'the first load (run {run}) is not finished: {count} indexes and foreign keys wait to be put back',
  },
  ledgerGoOn: { pl: 'dokończy go: ezd-migrate {command}', en: 'to finish it: ezd-migrate {command}' },
  lockFree: { pl: 'blokada urzędu jest wolna', en: "the office's lock is free" },
  lockHeld: { pl: 'inny przebieg pracuje: {holder}', en: 'another run is working: {holder}' },
  lockCure: {
    pl: 'poczekaj, aż się skończy; postęp pokazuje ezd-migrate status.',
    en: 'wait until it has finished; ezd-migrate status shows how far it is.',
  },
} as const satisfies Texts;

import type { Texts } from '../core/text.ts';

/** About this machine: Node.js, memory, disks, clocks, zones, secrets. */
export const MACHINE_TEXTS = {
  nodeGood: { pl: 'Node.js {version}', en: 'Node.js {version}' },
  nodeOld: {
    pl: 'Node.js {version} jest za stary; potrzebny {oldest}',
    en: 'Node.js {version} is too old; {oldest} is needed',
  },
  nodeOldCure: { pl: 'zainstaluj Node.js 22 albo 24 (LTS).', en: 'install Node.js 22 or 24 (LTS).' },
  nodeNew: {
    pl: 'Node.js {version} jest nowszy niż sprawdzone (do {newest})',
    en: 'Node.js {version} is newer than those tried (up to {newest})',
  },
  memoryGood: { pl: '{free} wolnej pamięci', en: '{free} of memory free' },
  memoryShort: {
    pl: 'tylko {free} wolnej pamięci, potrzeba {needed}',
    en: 'only {free} of memory free, {needed} are needed',
  },
  memoryShortCure: { pl: 'zmniejsz jobs albo zwolnij pamięć.', en: 'lower jobs, or free memory.' },
  secretsNone: { pl: 'projekt nie czyta haseł z plików', en: 'the project reads no password from a file' },
  secretsGood: {
    pl: 'pliki z hasłami ({count}) może czytać tylko to konto',
    en: 'the files with passwords ({count}) are readable by this account alone',
  },
  secretsOpen: {
    pl: 'pliki z hasłami mogą czytać inni: {files}',
    en: 'others can read the files with passwords: {files}',
  },
  secretsOpenCure: { pl: 'chmod 600 na każdym z nich.', en: 'chmod 600 on each of them.' },
  secretsUnread: { pl: 'praw do plików nie dało się odczytać: {files}', en: 'the modes could not be read: {files}' },
  secretsWindows: {
    pl: 'na Windows praw do plików z hasłami stąd nie sprawdzono: {files}',
    en: 'on Windows the rights on the files with passwords are not checked from here: {files}',
  },
  secretsWindowsCure: {
    pl: 'icacls <plik> pokazuje, kto może go czytać; powinno tylko konto zadania.',
    en: 'icacls <file> shows who may read it; only the account of the task should.',
  },
  zoneGood: { pl: 'ta maszyna zna strefę {zone}', en: 'this machine knows the zone {zone}' },
  zoneUnknown: { pl: 'ta maszyna nie zna strefy {zone}', en: 'this machine does not know the zone {zone}' },
  zoneWrong: {
    pl: 'ta maszyna źle liczy czas letni w strefie {zone}',
    en: 'this machine reckons summer time in {zone} wrongly',
  },
  zoneUnknownCure: {
    pl: 'użyj zwykłego Node.js z pełnymi danymi ICU (nodejs.org), bez NODE_ICU_DATA.',
    en: 'use an ordinary Node.js with full ICU data (nodejs.org), without NODE_ICU_DATA.',
  },
  foldersGood: { pl: 'można pisać w: {folders}', en: 'may be written: {folders}' },
  foldersBad: { pl: 'nie można pisać w: {folders}', en: 'cannot be written: {folders}' },
  foldersBadCure: {
    pl: 'daj temu kontu prawo zapisu albo wskaż inny folder w pliku projektu.',
    en: 'let this account write there, or name another folder in the project file.',
  },
  diskGood: {
    pl: '{folder}: wolne {free}, spodziewane najwyżej {expected}',
    en: '{folder}: {free} free, at most {expected} expected',
  },
  diskTight: {
    pl: '{folder}: wolne {free}, spodziewane {expected}; zostałoby mniej niż {reserve}',
    en: '{folder}: {free} free, {expected} expected; less than {reserve} would be left',
  },
  diskShort: {
    pl: '{folder}: wolne {free}, a spodziewane {expected}',
    en: '{folder}: {free} free, but {expected} expected',
  },
  diskFull: { pl: '{folder}: wolne tylko {free}', en: '{folder}: only {free} free' },
  diskOpen: {
    pl: '{folder}: wolne {free}; ile będzie potrzeba, nie wiadomo przed pierwszym wczytaniem',
    en: '{folder}: {free} free; how much is needed is not known before the first load',
  },
  diskSilent: {
    pl: '{folder}: system plików nie podaje wolnego miejsca',
    en: '{folder}: the file system does not tell its free room',
  },
  diskNone: { pl: 'na tej maszynie nie będzie nic dużego', en: 'nothing big will lie on this machine' },
  diskCure: { pl: 'zwolnij miejsce albo wskaż inny dysk.', en: 'make room, or name another disk.' },
  clockGood: { pl: 'zegary zgodne (różnica {seconds} s)', en: 'the clocks agree ({seconds} s apart)' },
  clockApart: {
    pl: 'zegar serwera różni się o {direction}{seconds} s',
    en: "the server's clock is {direction}{seconds} s apart",
  },
  clockFar: {
    pl: 'zegar serwera różni się o {direction}{seconds} s: daty w protokołach i okna nocne byłyby błędne',
    en: "the server's clock is {direction}{seconds} s apart: times in protocols and night windows would be wrong",
  },
  clockCure: { pl: 'włącz synchronizację czasu (NTP) na obu maszynach.', en: 'keep time by NTP on both machines.' },
  serverZoneGood: {
    pl: 'serwer pracuje w czasie {server}, jak strefa {zone}',
    en: 'the server keeps time {server}, as the zone {zone}',
  },
  serverZoneOther: {
    pl: 'serwer pracuje w czasie {server}, a strefa {zone} ma teraz {offset}',
    en: 'the server keeps time {server}, but the zone {zone} now has {offset}',
  },
  serverZoneCure: {
    pl: 'sprawdź na znanym rekordzie, w jakim czasie stary system zapisuje daty, i popraw timezone w pliku projektu.',
    en: 'see from a record that you know in which time the legacy system writes, and correct timezone in the project file.',
  },
} as const satisfies Texts;

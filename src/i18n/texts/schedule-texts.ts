import type { Texts } from '../../core/text.ts';

/** Texts of `schedule`. */
export const SCHEDULE_TEXTS = {
  'schedule.summary': {
    pl: 'noce, które zaczynają się same: systemd, cron albo Harmonogram zadań',
    en: 'nights that begin by themselves: systemd, cron or Task Scheduler',
  },
  'schedule.install': {
    pl: 'zleca systemowi run-nightly co noc; najpierw pokazuje, co zapisze',
    en: 'lets the system call run-nightly every night; shows first what it would write',
  },
  'schedule.show': { pl: 'pokazuje, co jest zainstalowane', en: 'shows what is installed' },
  'schedule.remove': {
    pl: 'usuwa zlecenie; najpierw pokazuje, co usunie',
    en: 'removes the job; shows first what would go',
  },
  'schedule.at': { pl: 'godzina rozpoczęcia', en: 'time of day at which it begins' },
  'schedule.kind': {
    pl: 'systemd, cron albo windows-task (domyślnie to, co ma ta maszyna)',
    en: 'systemd, cron or windows-task (default: what this machine has)',
  },
  'schedule.name': {
    pl: 'nazwa zlecenia (domyślnie z nazwy urzędu)',
    en: 'name of the job (default: made of the office)',
  },
  'schedule.nameHint': {
    pl: 'litery, cyfry, kropka, podkreślenie i myślnik',
    en: 'letters, digits, dot, underscore and hyphen',
  },
  'schedule.user': {
    pl: 'systemd: jednostki własne użytkownika zamiast systemowych',
    en: "systemd: units of the user's own instead of the system's",
  },
  'schedule.account': {
    pl: 'konto, na którym działa zlecenie (systemd, windows-task)',
    en: 'account that the job runs as (systemd, windows-task)',
  },
  'schedule.into': {
    pl: 'tylko zapisuje pliki w tym folderze, niczego nie instaluje',
    en: 'only writes the files into this folder, installs nothing',
  },
  'schedule.yes': { pl: 'wykonuje; bez tego tylko pokazuje', en: 'does it; without it is only shown' },
  'schedule.addYes': {
    pl: 'Tylko pokazano. Wykona to: to samo polecenie z --yes.',
    en: 'Only shown. To do it: the same command with --yes.',
  },
  'schedule.done': { pl: 'Zapisano.', en: 'Written.' },
  'schedule.removed': { pl: 'Usunięto {name} ({kind}).', en: 'Removed {name} ({kind}).' },
  'schedule.nothing': { pl: 'Nie ma zlecenia {name} ({kind}).', en: 'There is no job {name} ({kind}).' },
  'schedule.control': {
    pl: 'ścieżka albo nazwa urzędu zawiera znak sterujący',
    en: 'a path or the name of the office holds a control character',
  },
  'schedule.variable': {
    pl: 'ścieżka z dwoma znakami % nie może stać w zadaniu: Windows wstawiłby tam zmienną',
    en: 'a path with two % cannot stand in a task: Windows would put a variable there',
  },
  'schedule.pathHint': {
    pl: 'przenieś projekt albo program do innego folderu',
    en: 'move the project or the program to another folder',
  },
  'schedule.onlySystemd': { pl: '{option} nie działa z --kind {kind}', en: '{option} does nothing with --kind {kind}' },
  'schedule.noAccount': {
    pl: '--account nie działa z cron ani z --user: zlecenie należy do konta, które je instaluje',
    en: '--account does nothing with cron or --user: the job belongs to the account that installs it',
  },
  'schedule.noAccountHint': {
    pl: 'wywołaj polecenie na tym koncie, np. sudo -u ezd ezd-migrate schedule install …',
    en: 'call it as that account, e.g. sudo -u ezd ezd-migrate schedule install …',
  },
  'schedule.hintSystemd': {
    pl: 'Zmienne środowiska projektu wpisz do {file} (NAZWA=wartość, chmod 600). Bez --account usługa działa jako root; z --user włącz też: loginctl enable-linger.',
    en: 'Put variables of the project into {file} (NAME=value, chmod 600). Without --account the service runs as root; with --user also: loginctl enable-linger.',
  },
  'schedule.hintCron': {
    pl: 'Zmienne środowiska projektu wpisz do {file} (NAZWA=wartość, chmod 600). Godzina liczy się w strefie maszyny.',
    en: 'Put variables of the project into {file} (NAME=value, chmod 600). The time is in the zone of the machine.',
  },
  'schedule.hintWindows': {
    pl: 'Zmienne środowiska projektu ustaw dla konta zadania (setx), hasła trzymaj w plikach. Konto potrzebuje prawa „Logowanie w trybie wsadowym”. Godzina liczy się w strefie maszyny.',
    en: 'Set variables of the project for the account of the task (setx), keep passwords in files. The account needs the right "Log on as a batch job". The time is in the zone of the machine.',
  },
} as const satisfies Texts;

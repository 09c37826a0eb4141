import type { Texts } from '../../core/text.ts';

/** Texts of `status`. */
export const STATUS_TEXTS = {
  'status.summary': { pl: 'pokazuje przebiegi i stan każdej encji', en: 'shows the runs and where each entity stands' },
  'status.none': { pl: 'Nie było jeszcze żadnego przebiegu.', en: 'There has been no run yet.' },
  'status.noneHint': { pl: 'zacznij od: ezd-migrate run', en: 'begin with: ezd-migrate run' },
  'status.noRun': { pl: 'nie ma przebiegu {run}', en: 'there is no run {run}' },
  'status.title': {
    pl: 'Przebieg {run} ({command}): {status}, początek {started}',
    en: 'Run {run} ({command}): {status}, started {started}',
  },
  'status.runs': { pl: 'Wcześniejsze przebiegi', en: 'Earlier runs' },
  'status.resume': {
    pl: 'Ten sam przebieg wznowi: ezd-migrate {command}',
    en: 'To go on with it: ezd-migrate {command}',
  },
  'status.watch': { pl: 'patrzy na ostatni przebieg, aż się skończy', en: 'looks at the newest run until it is over' },
  'status.every': { pl: 'co ile sekund patrzeć', en: 'seconds between two looks' },
  'status.watchLine': {
    pl: 'Przebieg {run} ({command}): {status}; odczytane {read}, wczytane {loaded}, bez zmian {unchanged}, odrzucone {rejected}, pominięte {skipped}',
    en: 'Run {run} ({command}): {status}; read {read}, loaded {loaded}, unchanged {unchanged}, rejected {rejected}, skipped {skipped}',
  },
  'status.watchEnd': { pl: 'Ctrl-C kończy patrzenie, nie przebieg.', en: 'Ctrl-C ends the looking, not the run.' },
  'status.killed': {
    pl: 'Nikt nad nim nie pracuje: przebieg został zabity. Dokończy go: ezd-migrate {command}',
    en: 'Nobody works on it: the run was killed. To go on with it: ezd-migrate {command}',
  },
  'status.limit': { pl: 'ile przebiegów pokazać', en: 'how many runs to show' },
} as const satisfies Texts;

import type { Texts } from '../../core/text.ts';

/** Texts of `init`. */
export const INIT_TEXTS = {
  'init.summary': { pl: 'zapisuje plik projektu z objaśnieniami', en: 'writes a commented project file' },
  'init.office': { pl: 'nazwa urzędu (wchodzi w skład identyfikatorów)', en: 'name of the office (part of every id)' },
  'init.source': {
    pl: 'źródło: csv (zrzut), mssql (żywa baza) albo package (paczki)',
    en: 'source: csv (a dump), mssql (the living database) or package',
  },
  'init.target': { pl: 'cel: embedded albo postgres', en: 'target: embedded or postgres' },
  'init.dump': {
    pl: 'folder zrzutu albo paczek (bez tego dump albo paczki)',
    en: 'folder of the dump or of the packages (dump or paczki without it)',
  },
  'init.written': { pl: 'Zapisano {file}.', en: 'Wrote {file}.' },
  'init.next': {
    pl: 'Dalej: uzupełnij plik, potem ezd-migrate check, ezd-migrate plan, ezd-migrate run.',
    en: 'Next: fill it in, then ezd-migrate check, ezd-migrate plan, ezd-migrate run.',
  },
  'init.exists': { pl: 'plik {file} już istnieje', en: 'the file {file} exists already' },
  'init.existsHint': { pl: 'użyj --force, aby go nadpisać', en: 'use --force to overwrite it' },
} as const satisfies Texts;

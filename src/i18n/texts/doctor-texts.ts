import type { Texts } from '../../core/text.ts';

/** Texts of `doctor`; what its checks say is in `src/doctor/`. */
export const DOCTOR_COMMAND_TEXTS = {
  'doctor.summary': {
    pl: 'bada źródło, cel, repozytorium i maszynę i mówi, co poprawić; niczego nie zmienia',
    en: 'examines source, target, repository and machine and says what to mend; changes nothing',
  },
  'doctor.short': { pl: 'tylko to, od czego zaczyna się każda noc', en: 'only what every night begins with' },
  'doctor.timeout': {
    pl: 'najdłuższy czas jednego sprawdzenia w sekundach (domyślnie 30)',
    en: 'longest time of one check in seconds (default 30)',
  },
  'doctor.totals': {
    pl: 'W porządku: {ok}. Ostrzeżenia: {warning}. Do naprawy: {failed}. Nie sprawdzono: {unknown}.',
    en: 'In order: {ok}. Warnings: {warning}. To mend: {failed}. Not checked: {unknown}.',
  },
} as const satisfies Texts;

import type { Texts } from '../core/text.ts';

/** What people outside are told. */
export const NOTIFY_TEXTS = {
  failureSubject: {
    pl: 'ezd-migrate: noc się nie powiodła ({office})',
    en: 'ezd-migrate: the night failed ({office})',
  },
  recoverySubject: {
    pl: 'ezd-migrate: noc znów się powiodła ({office})',
    en: 'ezd-migrate: the night went well again ({office})',
  },
  failureText: {
    pl: 'Noc urzędu {office} na maszynie {host} skończyła się kodem {exitCode} ({started} – {ended}).',
    en: 'The night of office {office} on {host} ended with exit code {exitCode} ({started} – {ended}).',
  },
  recoveryText: {
    pl: 'Noc urzędu {office} na maszynie {host} powiodła się, kod {exitCode} ({started} – {ended}).',
    en: 'The night of office {office} on {host} went well, exit code {exitCode} ({started} – {ended}).',
  },
  since: { pl: 'Noce nie udawały się od {since}.', en: 'Nights had been failing since {since}.' },
  step: {
    pl: '- {name}: {status} (kod {exitCode}, {seconds} s)',
    en: '- {name}: {status} (exit code {exitCode}, {seconds} s)',
  },
  hint: { pl: 'co zrobić', en: 'what to do' },
  where: {
    pl: 'Szczegóły: ezd-migrate status, folder logs. Kody: docs/exit-codes.md.',
    en: 'Details: ezd-migrate status, the folder logs. Codes: docs/exit-codes.md.',
  },
  'status.good': { pl: 'w porządku', en: 'good' },
  'status.failed': { pl: 'nie powiodło się', en: 'failed' },
  'status.closed': { pl: 'okno się skończyło', en: 'the window closed' },
  'status.interrupted': { pl: 'przerwano', en: 'interrupted' },
  'status.left-out': { pl: 'pominięto po wcześniejszym błędzie', en: 'left out after the failure before' },
} as const satisfies Texts;

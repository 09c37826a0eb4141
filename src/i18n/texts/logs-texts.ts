import type { Texts } from '../../core/text.ts';

/** Texts about logs, metrics and notifications. */
export const LOGS_TEXTS = {
  'logs.none': {
    pl: 'Nie można pisać dziennika: {reason} Praca idzie dalej.',
    en: 'The log cannot be written: {reason} The work goes on.',
  },
} as const satisfies Texts;

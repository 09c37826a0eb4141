import type { Texts } from '../../core/text.ts';

/** Texts of `rules`. */
export const RULES_TEXTS = {
  'rules.summary': {
    pl: 'wszystkie reguły i kody z wagą i skutkiem',
    en: 'every rule and code with severity and effect',
  },
  'rules.severity': { pl: 'tylko o tej wadze', en: 'only of this severity' },
  'rules.effect': { pl: 'skutek', en: 'effect' },
  'rules.off': { pl: 'wyłączona: {reason}', en: 'switched off: {reason}' },
  'explain.summary': {
    pl: 'objaśnia kod: znaczenie, naprawa, przykłady',
    en: 'explains a code: meaning, cure, examples',
  },
  'explain.unknown': { pl: 'Nie ma kodu {code}.', en: 'There is no code {code}.' },
  'explain.list': { pl: 'Wszystkie kody pokazuje: ezd-migrate rules', en: 'ezd-migrate rules lists all codes.' },
  'explain.cure': { pl: 'Co zrobić:', en: 'What to do:' },
  'explain.rules': { pl: 'Reguła mapowania:', en: 'Rule of the mapping:' },
  'explain.wrong': { pl: 'Tak jest źle:', en: 'Wrong:' },
  'explain.right': { pl: 'Tak jest dobrze:', en: 'Right:' },
  'explain.sql': { pl: 'Zapytanie (magazyn docelowy):', en: 'Statement (on the store):' },
} as const satisfies Texts;

import type { Texts } from '../core/text.ts';
import { MACHINE_TEXTS } from './texts-machine.ts';
import { SOURCE_TEXTS } from './texts-source.ts';
import { TARGET_TEXTS } from './texts-target.ts';

/** What the doctor says: findings, and cures (`…Cure`). */
export const DOCTOR_TEXTS = {
  timedOut: { pl: 'brak odpowiedzi w ciągu {seconds} s', en: 'no answer within {seconds} s' },
  fault: { pl: '{reason}', en: '{reason}' },
  faultHint: { pl: '{hint}', en: '{hint}' },
  notPossible: { pl: 'nie udało się sprawdzić: {reason}', en: 'could not be checked: {reason}' },
  noSource: { pl: 'nie sprawdzono: źródło jest niedostępne', en: 'not checked: the source cannot be reached' },
  noTarget: { pl: 'nie sprawdzono: cel jest niedostępny', en: 'not checked: the target cannot be reached' },
  noProject: {
    pl: 'nie sprawdzono źródła, celu ani repozytorium: najpierw popraw plik projektu',
    en: 'source, target and repository not checked: correct the project file first',
  },
  projectGood: { pl: 'plik projektu {file} jest poprawny', en: 'the project file {file} is right' },
  projectUnwise: {
    pl: 'plik projektu {file}: ostrzeżenia ({count}): {first}',
    en: 'the project file {file} has {count} warning(s): {first}',
  },
  projectBad: { pl: '{reason} {first}', en: '{reason} {first}' },
  projectCure: {
    pl: 'ezd-migrate check pokazuje każdy problem z wierszem i kolumną.',
    en: 'ezd-migrate check shows every problem with line and column.',
  },
  mappingGood: {
    pl: 'mapowania pasują do źródła i celu ({entities} encji)',
    en: 'the mappings fit source and target ({entities} entities)',
  },
  mappingWarnings: {
    pl: 'mapowania pasują ({entities} encji), ostrzeżenia: {count}',
    en: 'the mappings fit ({entities} entities), with {count} warning(s)',
  },
  mappingBad: {
    pl: 'mapowania nie pasują do źródła i celu: {count} problemów; pierwszy: {first}',
    en: 'the mappings do not fit source and target: {count} problem(s); the first: {first}',
  },
  mappingHalf: {
    pl: 'mapowania pasują do źródła ({entities} encji); z celem nie porównano, jest niedostępny',
    en: 'the mappings fit the source ({entities} entities); not compared with the target, which cannot be reached',
  },
  noMapping: { pl: 'nie sprawdzono: mapowania mają błędy', en: 'not checked: the mappings have errors' },
  ...SOURCE_TEXTS,
  ...TARGET_TEXTS,
  ...MACHINE_TEXTS,
} as const satisfies Texts;

export type DoctorText = keyof typeof DOCTOR_TEXTS;

import type { Texts } from '../../core/text.ts';

/** Texts of `validate`. */
export const VALIDATE_TEXTS = {
  'validate.seeRejects': {
    pl: 'Odrzucone rekordy z powodami: ezd-migrate rejects list --validation',
    en: 'Rejected records with reasons: ezd-migrate rejects list --validation',
  },
  'validate.summary': {
    pl: 'próba na sucho: ten sam przebieg do magazynu próbnego, bez śladu w celu',
    en: 'dry run: the same run into a scratch store, nothing is written to the target',
  },
  'validate.sample': {
    pl: 'najwyżej tyle wierszy każdej encji (próbka)',
    en: 'at most so many rows of each entity (a sample)',
  },
  'validate.onTarget': {
    pl: 'w schematach próbnych na prawdziwym celu zamiast w bazie wbudowanej',
    en: 'in scratch schemas on the real target instead of the embedded database',
  },
  'validate.sinceLast': {
    pl: 'pokazuje, co się zmieniło od poprzedniej próby',
    en: 'shows what changed since the validation before',
  },
  'validate.failOn': { pl: 'od jakich uwag kod wyjścia 3', en: 'from which findings on the exit code is 3' },
  'validate.nothingWritten': {
    pl: 'To była próba: w celu nic nie zapisano, magazyn próbny usunięto.',
    en: 'This was a dry run: nothing was written to the target, the scratch store was thrown away.',
  },
  'validate.changes': {
    pl: 'Od poprzedniej próby: nowe {fresh}, zniknęło {gone}, bez zmian {same}',
    en: 'Since the validation before: {fresh} new, {gone} gone, {same} the same',
  },
} as const satisfies Texts;

import { entries } from '../entries.ts';
import type { Rule } from '../rule.ts';

const codes = entries(
  { area: 'flow', origin: 'record', effect: 'load', personal: 'none' },
  {
    STATE_END_DATE_MISSING: [
      'error',
      ['Koszulka jest zakończona, ale nie ma daty zakończenia.', 'The folder is finished but has no end date.'],
      ['Ustal datę z historii koszulki i uzupełnij.', 'Find the date in the history of the folder and add it.'],
    ],
    STATE_END_DATE_OPEN: [
      'error',
      ['Koszulka nie jest zakończona, a ma datę zakończenia.', 'The folder is not finished but has an end date.'],
      [
        'Po wznowieniu data powinna zniknąć: usuń ją albo oznacz koszulkę jako zakończoną.',
        'A reopened folder should have lost it: remove the date, or mark the folder as finished.',
      ],
    ],
    STATE_SUSPENDED_AND_FINISHED: [
      'warning',
      ['Koszulka jest zarazem zawieszona i zakończona.', 'The folder is suspended and finished at once.'],
      [
        'Po zakończeniu zawieszenie nie ma znaczenia; zdejmij je.',
        'A finished folder is not suspended; clear the mark.',
      ],
    ],
  },
);

/** State of a folder: finished, suspended, end date. */
export const folderState: Rule = {
  name: 'stanKoszulki',
  doc: {
    pl: 'Stan koszulki: zakończona wtedy i tylko wtedy, gdy ma datę zakończenia; nie zarazem zawieszona.',
    en: 'State of a folder: finished if and only if it has an end date; not suspended at once.',
  },
  columns: {
    zakonczona: { default: 'zakonczona', takes: 'boolean' },
    zakonczenie: { default: 'data_zakonczenia', takes: 'instant' },
    zawieszona: { default: 'zawieszona', optional: true, takes: 'boolean' },
  },
  codes,
  examples: [
    { record: { zakonczona: true, zakonczenie: '2019-03-01', zawieszona: false }, says: [] },
    { record: { zakonczona: false, zakonczenie: null, zawieszona: true }, says: [] },
    { record: { zakonczona: true, zakonczenie: null, zawieszona: false }, says: ['STATE_END_DATE_MISSING'] },
    { record: { zakonczona: false, zakonczenie: '2019-03-01' }, says: ['STATE_END_DATE_OPEN'] },
    {
      record: { zakonczona: true, zakonczenie: '2019-03-01', zawieszona: true },
      says: ['STATE_SUSPENDED_AND_FINISHED'],
    },
  ],
  bind: (use) => {
    const finished = use.at('zakonczona');
    const end = use.at('zakonczenie');
    const suspended = use.at('zawieszona');
    return (values, report) => {
      const isFinished = values[finished] === true;
      const hasEnd = values[end] !== null && values[end] !== undefined;
      if (isFinished && !hasEnd) report('STATE_END_DATE_MISSING', end);
      if (!isFinished && hasEnd) report('STATE_END_DATE_OPEN', end);
      if (isFinished && suspended >= 0 && values[suspended] === true) report('STATE_SUSPENDED_AND_FINISHED', suspended);
    };
  },
};

import type { Texts } from '../../core/text.ts';

/** Texts of `plan`. */
export const PLAN_TEXTS = {
  'plan.summary': {
    pl: 'pokazuje encje po kolei, liczbę wierszy i partii',
    en: 'shows the entities in order, with row counts and batches',
  },
  'plan.count': { pl: 'liczy wiersze zrzutu dokładnie', en: 'counts the rows of a dump exactly' },
  'plan.title': {
    pl: '{office}: {entities} encji, partie po {batchRows} wierszy, plan {hash}',
    en: '{office}: {entities} entities, batches of {batchRows} rows, plan {hash}',
  },
  'plan.order': { pl: 'nr', en: 'no' },
  'plan.from': { pl: 'ze źródła', en: 'from' },
  'plan.to': { pl: 'do', en: 'to' },
  'plan.rows': { pl: 'wiersze', en: 'rows' },
  'plan.batches': { pl: 'partie', en: 'batches' },
  'plan.after': { pl: 'po', en: 'after' },
  'plan.notMapped': {
    pl: 'Poza mapowaniem: {tables} tabel i {columns} kolumn, każda z powodem (not-mapped.yaml).',
    en: 'Not mapped: {tables} tables and {columns} columns, each with its reason (not-mapped.yaml).',
  },
  'plan.sum': { pl: 'Razem {rows} wierszy.', en: '{rows} rows in all.' },
} as const satisfies Texts;

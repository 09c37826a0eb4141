import { entries } from '../entries.ts';
import { byKey, localText, otherKey, type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const codes = entries(
  { area: 'registers', origin: 'set', effect: 'load', personal: 'none' },
  {
    REGISTER_NUMBER_DUPLICATE: [
      'error',
      [
        'Ten sam numer w rejestrze ma inna przesyłka (klucz {other}).',
        'Another letter (key {other}) has the same register number.',
      ],
      [
        'Popraw numer jednej z przesyłek; kopie w innych koszulkach to nie to samo i numer mają wspólny.',
        'Correct the number of one of them; copies in other folders are another matter and share the number.',
      ],
    ],
    REGISTER_ORDER: [
      'warning',
      [
        'Numer nie jest w kolejności dat rejestracji (poprzednia przesyłka: {before}, następna: {after}).',
        'The number is out of the order of registration (the letter before: {before}, the one after: {after}).',
      ],
      ['Sprawdź datę rejestracji.', 'Check the date of registration.'],
    ],
    STORE_POSITION_DUPLICATE: [
      'error',
      [
        'Pismo ma w składzie więcej niż jedną aktualną pozycję (inna: {other}).',
        'The letter has more than one live position in the store (another: {other}).',
      ],
      ['Wycofaj pozycję, której w składzie nie ma.', 'Withdraw the position that is not really there.'],
    ],
    STORE_ELECTRONIC: [
      'warning',
      [
        'Pismo jest elektroniczne lub nie podlega przechowywaniu w składzie, a ma w nim pozycję papierową.',
        'The letter is electronic or exempt from the store, yet has a paper position in it.',
      ],
      [
        'Sprawdź, czy papier istnieje, i popraw oznaczenie pisma.',
        'See whether there is paper, and correct the mark of the letter.',
      ],
    ],
  },
);

const NUMBER = (alias: string): string =>
  `coalesce(nullif(${alias}.znak_wplywu, ''), 'RPW/' || ${alias}.numer_rpw || '/' || ${alias}.rok) COLLATE "C"`;

const duplicate = (context: SetRuleContext): string => `
WITH twice AS (
  SELECT ${NUMBER('w')} AS number FROM ${tableIn(context, 'wplyw')} w WHERE ${NUMBER('w')} IS NOT NULL GROUP BY 1 HAVING count(*) > 1
)
SELECT l.id, t.number AS value, jsonb_build_object('other', ${otherKey('l')}) AS params
FROM ${tableIn(context, 'wplyw')} l JOIN twice t ON t.number = ${NUMBER('l')}
WINDOW w AS (PARTITION BY t.number ORDER BY l.data_rejestracji, ${byKey('l')})`;

/**
 * A number whose date does not fit between its neighbours. Where two neighbours are out of order, the one that also disagrees with the
 * far side is named, so that one wrong date is one finding.
 */
const order = (context: SetRuleContext): string => `
WITH lined AS (
  SELECT w.id, w.data_rejestracji AS at,
    lag(w.data_rejestracji) OVER o AS before, lead(w.data_rejestracji) OVER o AS after,
    lead(w.data_rejestracji, 2) OVER o AS later
  FROM ${tableIn(context, 'wplyw')} w WHERE w.numer_rpw IS NOT NULL AND w.data_rejestracji IS NOT NULL
  WINDOW o AS (PARTITION BY w.rok, split_part(w.znak_wplywu, '/', 1) ORDER BY w.numer_rpw, w.data_rejestracji)
)
SELECT id, ${localText(context, 'at')} AS value,
  jsonb_build_object('before', ${localText(context, 'before')}, 'after', ${localText(context, 'after')}) AS params
FROM lined
WHERE (at < before AND (after IS NULL OR before <= after))
   OR (at > after AND (before IS NULL OR before <= after) AND (later IS NULL OR at > later))`;

const POSITION = (alias: string): string => `${alias}.rodzaj_skladu || '/' || ${alias}.numer || '/' || ${alias}.rok`;

const twoPositions = (context: SetRuleContext): string => `
WITH twice AS (
  SELECT s.id_dokument FROM ${tableIn(context, 'sklad_chronologiczny')} s WHERE s.data_wycofania IS NULL GROUP BY 1 HAVING count(*) > 1
)
SELECT s.id, ${POSITION('s')} AS value,
  jsonb_build_object('other', coalesce(lag(${POSITION('s')}) OVER w, lead(${POSITION('s')}) OVER w)) AS params
FROM ${tableIn(context, 'sklad_chronologiczny')} s JOIN twice t ON t.id_dokument = s.id_dokument WHERE s.data_wycofania IS NULL
WINDOW w AS (PARTITION BY s.id_dokument ORDER BY s.data_przyjecia, ${byKey('s')})`;

const forbidden = (context: SetRuleContext): string => `
SELECT s.id, ${POSITION('s')} AS value, '{}'::jsonb AS params
FROM ${tableIn(context, 'sklad_chronologiczny')} s JOIN ${tableIn(context, 'dokument')} d ON d.id = s.id_dokument
WHERE s.data_wycofania IS NULL AND s.rodzaj_skladu IS DISTINCT FROM 'SIND' AND (d.poza_skladem OR d.elektroniczny)`;

/** Rules across letters: unique and ordered numbers, positions in the store. */
export const LETTER_SET_RULES: readonly SetRule[] = setRules(codes, {
  REGISTER_NUMBER_DUPLICATE: { table: 'wplyw', field: 'znak_wplywu', sql: duplicate },
  REGISTER_ORDER: { table: 'wplyw', field: 'data_rejestracji', sql: order },
  STORE_POSITION_DUPLICATE: { table: 'sklad_chronologiczny', field: 'id_dokument', sql: twoPositions },
  STORE_ELECTRONIC: { table: 'sklad_chronologiczny', field: 'id_dokument', sql: forbidden },
});

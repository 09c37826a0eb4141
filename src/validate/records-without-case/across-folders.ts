import { entries } from '../entries.ts';
import { type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const source = {
  text: 'instrukcja kancelaryjna: dokumentacja nietworząca akt sprawy (Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'records-without-case', origin: 'set', effect: 'load', personal: 'none', source },
  {
    FOLDER_CASE_AND_NON_CASE: [
      'error',
      [
        'Koszulka jest sprawą {sign}, a zarazem dokumentacją nietworzącą akt sprawy.',
        'The folder is the case {sign} and at once filed as records that make no case.',
      ],
      [
        'Zostaw jedno: usuń klasę dokumentacji nietworzącej akt sprawy albo sprawę.',
        'Keep one: remove the class of non-case records, or the case.',
      ],
    ],
    FOLDER_FINISHED_WITHOUT_CASE: [
      'warning',
      [
        'Koszulka zakończona bez sprawy i bez klasy dokumentacji nietworzącej akt sprawy.',
        'The folder is finished with neither a case nor a class of non-case records.',
      ],
      ['Ustal klasę i rok, pod którymi ma być odłożona.', 'Find the class and the year under which it is to be filed.'],
    ],
    CASE_FOLDER_STATE_DIFFERS: [
      'warning',
      [
        'Sprawa i jej koszulka są w różnym stanie: jedna zakończona, druga otwarta.',
        'The case and its folder are in different states: one finished, the other open.',
      ],
      ['Zakończ albo wznów to, co zostało w tyle.', 'Finish or reopen the one that lags behind.'],
      { area: 'flow' },
    ],
  },
);

const both = (context: SetRuleContext): string => `
SELECT k.id, k.nas_klasa AS value, jsonb_build_object('sign', min(c.znak)) AS params
FROM ${tableIn(context, 'koszulka')} k JOIN ${tableIn(context, 'sprawa')} c ON c.id_koszulka = k.id AND c.typ_usuniecia_kod IS NULL
WHERE k.nas_klasa <> '' GROUP BY k.id, k.nas_klasa`;

/** Copies and shares end with their original, and a case kept outside the EZD is a case all the same: neither is asked for a class. */
const neither = (context: SetRuleContext): string => `
SELECT k.id, k.powod_zakonczenia AS value, '{}'::jsonb AS params
FROM ${tableIn(context, 'koszulka')} k
WHERE k.zakonczona AND coalesce(k.nas_klasa, '') = '' AND k.id_koszulka_zrodlowa IS NULL
  AND coalesce(k.powod_zakonczenia, '') NOT LIKE '%poza%'
  AND NOT EXISTS (SELECT FROM ${tableIn(context, 'sprawa')} c WHERE c.id_koszulka = k.id AND c.typ_usuniecia_kod IS NULL)`;

const stateDiffers = (context: SetRuleContext): string => `
SELECT c.id, c.znak AS value, jsonb_build_object('case', CASE WHEN c.data_zakonczenia IS NULL THEN 'open' ELSE 'finished' END) AS params
FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'koszulka')} k ON k.id = c.id_koszulka
WHERE c.typ_usuniecia_kod IS NULL AND (c.data_zakonczenia IS NOT NULL) <> (k.zakonczona IS TRUE)`;

/** Rules on folders and what they are: case, non-case records, finished or open. */
export const FOLDER_SET_RULES: readonly SetRule[] = setRules(codes, {
  FOLDER_CASE_AND_NON_CASE: { table: 'koszulka', field: 'nas_klasa', sql: both },
  FOLDER_FINISHED_WITHOUT_CASE: { table: 'koszulka', field: 'nas_klasa', sql: neither },
  CASE_FOLDER_STATE_DIFFERS: { table: 'sprawa', field: 'data_zakonczenia', sql: stateDiffers },
});

import { entries } from '../entries.ts';
import { type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const source = {
  text: 'instrukcja kancelaryjna: dokumentacja nietworząca akt sprawy (Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'records-without-case', origin: 'set', effect: 'load', personal: 'none', source },
  {
    FOLDER_CASE_AND_CLASS: [
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
    FOLDER_NOT_FILED: [
      'warning',
      [
        'Koszulka zakończona bez sprawy i bez klasy dokumentacji nietworzącej akt sprawy.',
        'The folder is finished with neither a case nor a class of non-case records.',
      ],
      ['Ustal klasę i rok, pod którymi ma być odłożona.', 'Find the class and the year under which it is to be filed.'],
    ],
    NON_CASE_CLASS_UNKNOWN: [
      'error',
      [
        'Klasy dokumentacji nietworzącej akt sprawy nie ma w wykazie akt z {year} r.',
        'The class of records that make no case is not in the classification plan of {year}.',
      ],
      ['Popraw klasę albo rok, albo uzupełnij wykaz akt.', 'Correct the class or the year, or complete the plan.'],
    ],
    FOLDER_CLOSED_CASE_OPEN: [
      'warning',
      ['Koszulka jest zakończona, a sprawa otwarta.', 'The folder is finished, but its case is open.'],
      ['Zakończ sprawę albo wznów koszulkę.', 'Finish the case, or reopen the folder.'],
      { area: 'flow' },
    ],
    FOLDER_OPEN_CASE_CLOSED: [
      'warning',
      ['Sprawa jest zakończona, a koszulka otwarta.', 'The case is finished, but its folder is open.'],
      ['Zakończ koszulkę albo wznów sprawę.', 'Finish the folder, or reopen the case.'],
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

/** A year without any plan is told once (CLASS_PLAN_MISSING), not folder by folder. */
const unknownClass = (context: SetRuleContext): string => `
SELECT k.id, k.nas_klasa AS value, jsonb_build_object('year', k.nas_rok) AS params
FROM ${tableIn(context, 'koszulka')} k
LEFT JOIN ${tableIn(context, 'klasa_jrwa')} c ON c.rok = k.nas_rok AND c.symbol = k.nas_klasa
WHERE k.nas_rok IS NOT NULL AND k.nas_klasa ~ '^[0-9]{1,5}$' AND c.id IS NULL
  AND EXISTS (SELECT FROM ${tableIn(context, 'klasa_jrwa')} y WHERE y.rok = k.nas_rok)`;

/** State of case and folder; the folder says which of the two is ahead. */
const stateDiffers =
  (caseIsClosed: boolean) =>
  (context: SetRuleContext): string =>
    `
SELECT k.id, min(c.znak) AS value, '{}'::jsonb AS params
FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'koszulka')} k ON k.id = c.id_koszulka
WHERE c.typ_usuniecia_kod IS NULL AND c.data_zakonczenia IS ${caseIsClosed ? 'NOT NULL' : 'NULL'}
  AND k.zakonczona IS ${caseIsClosed ? 'NOT TRUE' : 'TRUE'}
GROUP BY k.id`;

/** Rules on folders and what they are: case, non-case records, finished or open. */
export const FOLDER_SET_RULES: readonly SetRule[] = setRules(codes, {
  FOLDER_CASE_AND_CLASS: { table: 'koszulka', field: 'nas_klasa', sql: both },
  FOLDER_NOT_FILED: { table: 'koszulka', field: 'nas_klasa', sql: neither },
  NON_CASE_CLASS_UNKNOWN: { table: 'koszulka', field: 'nas_klasa', sql: unknownClass },
  FOLDER_CLOSED_CASE_OPEN: { table: 'koszulka', field: 'data_zakonczenia', sql: stateDiffers(false) },
  FOLDER_OPEN_CASE_CLOSED: { table: 'koszulka', field: 'data_zakonczenia', sql: stateDiffers(true) },
});

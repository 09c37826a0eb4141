import { entries } from '../entries.ts';
import { byKey, otherKey, type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const source = {
  text: 'jednolity rzeczowy wykaz akt, zał. nr 2–5 do rozporządzenia z dnia 18 stycznia 2011 r. (Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'jrwa', origin: 'set', effect: 'load', personal: 'none', source },
  {
    CLASS_PARENT_MISSING: [
      'error',
      [
        'W wykazie akt z {year} r. nie ma klasy nadrzędnej {parent}.',
        'The classification plan of {year} lacks the class above, {parent}.',
      ],
      ['Uzupełnij wykaz akt albo popraw symbol.', 'Complete the plan, or correct the symbol.'],
    ],
    CLASS_DUPLICATE: [
      'error',
      [
        'Klasa jest w wykazie akt z {year} r. więcej niż raz (klucz {other}).',
        'The class stands in the plan of {year} more than once (key {other}).',
      ],
      ['Zostaw jedną klasę; sprawy przenieś do niej.', 'Keep one class and move the cases to it.'],
    ],
    CASE_CLASS_UNKNOWN: [
      'error',
      [
        'W wykazie akt z {year} r. nie ma klasy sprawy.',
        'The classification plan of {year} lacks the class of the case.',
      ],
      [
        'Uzupełnij wykaz akt tego roku albo popraw klasę sprawy.',
        "Complete that year's plan, or correct the class of the case.",
      ],
      { area: 'case-sign' },
    ],
    CLASS_PLAN_MISSING: [
      'warning',
      [
        'Nie ma wykazu akt z {year} r.: klas spraw z tego roku ({cases}) nie sprawdzono.',
        'There is no classification plan of {year}: the classes of the cases of that year ({cases}) were not checked.',
      ],
      [
        'Wczytaj wykaz akt tego roku; paczki go nie zawierają. W EZD RP musi być, zanim przyjmie sprawy.',
        "Load that year's plan; packages do not hold it. EZD RP needs it before it takes the cases.",
      ],
    ],
    CASE_CLASS_NOT_LEAF: [
      'warning',
      [
        'Klasa sprawy ma w {year} r. klasy podrzędne; sprawy zakłada się tylko w klasie końcowej.',
        'The class of the case has classes below it in {year}; cases are filed in a last class only.',
      ],
      ['Sprawdź, czy sprawa nie powinna mieć klasy niższej.', 'See whether the case should have a class further down.'],
      { area: 'case-sign' },
    ],
    CATEGORY_WEAKER: [
      'error',
      [
        'Kategoria sprawy jest słabsza niż kategoria jej klasy (A): akta mogłyby zostać zniszczone.',
        'The category of the case is weaker than that of its class (A): the records could be destroyed.',
      ],
      ['Przywróć kategorię A korektą.', 'Set category A again by a correction.'],
      { area: 'category' },
    ],
    CATEGORY_WEAKER_BY_EXCEPTION: [
      'warning',
      [
        'Kategoria sprawy jest słabsza niż kategoria jej klasy (A), ale klasa ma wyjątki dla komórek.',
        'The category of the case is weaker than that of its class (A), but the class has exceptions for units.',
      ],
      ['Sprawdź, czy wyjątek dotyczy tej komórki.', 'See whether the exception is for this unit.'],
      { area: 'category' },
    ],
  },
);

const orphan = (context: SetRuleContext): string => `
SELECT k.id, k.symbol AS value, jsonb_build_object('year', k.rok, 'parent', left(k.symbol, -1)) AS params
FROM ${tableIn(context, 'klasa_jrwa')} k
LEFT JOIN ${tableIn(context, 'klasa_jrwa')} p ON p.rok = k.rok AND p.symbol = left(k.symbol, -1)
WHERE length(k.symbol) > 1 AND k.symbol ~ '^[0-9]+$' AND p.id IS NULL`;

const duplicate = (context: SetRuleContext): string => `
WITH twice AS (SELECT k.rok, k.symbol FROM ${tableIn(context, 'klasa_jrwa')} k GROUP BY 1, 2 HAVING count(*) > 1)
SELECT k.id, k.symbol AS value, jsonb_build_object('year', k.rok, 'other', ${otherKey('k')}) AS params
FROM ${tableIn(context, 'klasa_jrwa')} k JOIN twice t ON t.rok = k.rok AND t.symbol = k.symbol
WINDOW w AS (PARTITION BY k.rok, k.symbol ORDER BY ${byKey('k')})`;

const unknownClass = (context: SetRuleContext): string => `
SELECT c.id, c.symbol_klasy AS value, jsonb_build_object('year', c.rok) AS params
FROM ${tableIn(context, 'sprawa')} c
LEFT JOIN ${tableIn(context, 'klasa_jrwa')} k ON k.rok = c.rok AND k.symbol = c.symbol_klasy
WHERE k.id IS NULL AND c.symbol_klasy IS NOT NULL AND c.rok IS NOT NULL AND c.typ_usuniecia_kod IS NULL
  AND EXISTS (SELECT FROM ${tableIn(context, 'klasa_jrwa')} y WHERE y.rok = c.rok)`;

/** Said once a year, of its first case: one missing plan is no fault of a hundred thousand cases. */
const noPlan = (context: SetRuleContext): string => `
SELECT DISTINCT ON (c.rok) c.id, c.rok::text AS value,
  jsonb_build_object('year', c.rok, 'cases', count(*) OVER (PARTITION BY c.rok)) AS params
FROM ${tableIn(context, 'sprawa')} c
WHERE c.symbol_klasy IS NOT NULL AND c.rok IS NOT NULL AND c.typ_usuniecia_kod IS NULL
  AND NOT EXISTS (SELECT FROM ${tableIn(context, 'klasa_jrwa')} y WHERE y.rok = c.rok)
ORDER BY c.rok, ${byKey('c')}`;

const notLeaf = (context: SetRuleContext): string => `
WITH above AS (
  SELECT DISTINCT k.rok, left(k.symbol, -1) AS symbol FROM ${tableIn(context, 'klasa_jrwa')} k
  WHERE length(k.symbol) > 1 AND k.nieaktywna IS NOT TRUE
)
SELECT c.id, c.symbol_klasy AS value, jsonb_build_object('year', c.rok) AS params
FROM ${tableIn(context, 'sprawa')} c JOIN above a ON a.rok = c.rok AND a.symbol = c.symbol_klasy
WHERE c.typ_usuniecia_kod IS NULL`;

/** The category for other units (`kategoria_inne`) is no fault where another unit is the responsible one. */
const weaker =
  (byException: boolean) =>
  (context: SetRuleContext): string =>
    `
SELECT c.id, c.kategoria_archiwalna AS value, jsonb_build_object('expected', 'A') AS params
FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'klasa_jrwa')} k ON k.id = c.id_klasa_jrwa
WHERE k.kategoria_archiwalna = 'A' AND c.kategoria_archiwalna ~ '^B' AND c.typ_usuniecia_kod IS NULL
  AND (coalesce(k.liczba_wyjatkow, 0) > 0) = ${byException}
  AND NOT (k.id_jednostka IS NOT NULL AND k.id_jednostka <> c.id_jednostka AND c.kategoria_archiwalna = k.kategoria_inne)`;

/** Rules on the tree of classes, and on cases against it. */
export const CLASS_SET_RULES: readonly SetRule[] = setRules(codes, {
  CLASS_PARENT_MISSING: { table: 'klasa_jrwa', field: 'symbol', sql: orphan },
  CLASS_DUPLICATE: { table: 'klasa_jrwa', field: 'symbol', sql: duplicate },
  CASE_CLASS_UNKNOWN: { table: 'sprawa', field: 'symbol_klasy', sql: unknownClass },
  CLASS_PLAN_MISSING: { table: 'sprawa', field: 'rok', sql: noPlan },
  CASE_CLASS_NOT_LEAF: { table: 'sprawa', field: 'symbol_klasy', sql: notLeaf },
  CATEGORY_WEAKER: { table: 'sprawa', field: 'kategoria_archiwalna', sql: weaker(false) },
  CATEGORY_WEAKER_BY_EXCEPTION: { table: 'sprawa', field: 'kategoria_archiwalna', sql: weaker(true) },
});

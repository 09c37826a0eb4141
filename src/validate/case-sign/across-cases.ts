import { entries } from '../entries.ts';
import { byKey, localDate, otherKey, type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const source = {
  text: 'instrukcja kancelaryjna, § 5 i § 27 (Dz.U. 2011 nr 14 poz. 67)',
  read: true,
} as const;

const codes = entries(
  { area: 'case-sign', origin: 'set', effect: 'load', personal: 'none', source },
  {
    SIGN_DUPLICATE: [
      'error',
      ['Ten sam znak ma inna sprawa (klucz {other}).', 'Another case (key {other}) has the same sign.'],
      [
        'Ustal, która sprawa ma ten znak słusznie, i popraw drugą; nowy system nie przyjmie dwóch.',
        'Find out which case has the sign by right and correct the other; the new system will not take two.',
      ],
    ],
    CASE_NUMBER_DUPLICATE: [
      'error',
      [
        'Ten sam numer w spisie spraw (komórka, klasa, rok) ma inna sprawa (klucz {other}).',
        'Another case (key {other}) has the same number in the list (unit, class, year).',
      ],
      ['Popraw numer w spisie spraw.', 'Correct the number in the case list.'],
    ],
    SIGN_UNIT_MISMATCH: [
      'error',
      [
        'Symbol komórki w znaku sprawy to {found}, a komórka miała w dniu rejestracji symbol {expected}.',
        'The unit symbol in the sign is {found}, but on the day of registration the unit had {expected}.',
      ],
      ['Sprawdź, czy sprawa nie wskazuje niewłaściwej komórki.', 'See whether the case names the wrong unit.'],
    ],
    CASE_UNIT_NOT_ALIVE: [
      'warning',
      [
        'Sprawa wskazuje wersję komórki, która w dniu rejestracji nie obowiązywała (od {since} do {until}).',
        'The case names a version of its unit that was not in force on the day of registration ({since} to {until}).',
      ],
      [
        'Sprawdź datę rejestracji i komórkę; zwykle to skutek reorganizacji.',
        'Check the date of registration and the unit; usually the effect of a reorganisation.',
      ],
    ],
    SIGN_BASE_MISSING: [
      'error',
      [
        'Znak ma numer w wydzielonej grupie spraw, ale sprawy bazowej {expected} nie ma.',
        'The sign has a number inside a group of cases, but there is no base case {expected}.',
      ],
      ['Wskaż sprawę bazową albo popraw znak.', 'Name the base case, or correct the sign.'],
    ],
    SIGN_BASE_MISMATCH: [
      'error',
      [
        'Znak mówi o sprawie bazowej numer {found}, a wskazana sprawa bazowa ma numer {expected}.',
        'The sign tells of base case number {found}, but the base case named has number {expected}.',
      ],
      ['Popraw znak albo wskazanie sprawy bazowej.', 'Correct the sign, or the base case that is named.'],
    ],
    CASE_NUMBER_GAP: [
      'warning',
      [
        'W spisie spraw brakuje numerów od {from} do {to} przed tą sprawą.',
        'Numbers {from} to {to} are missing in the case list before this case.',
      ],
      [
        'Sprawdź, czy sprawy nie usunięto; luki bywają też dozwolone (rejestracja w środku spisu).',
        'See whether a case was removed; gaps can be legal too (registration in the middle of the list).',
      ],
    ],
  },
);

/** Sign without the mark of the person; a sign that ends in a year has none, which spares most of them the regular expression. */
const IDENTITY = (alias: string): string =>
  `(CASE WHEN ${alias}.znak LIKE '%.20__' OR ${alias}.znak LIKE '%.19__' THEN ${alias}.znak
    ELSE regexp_replace(${alias}.znak, '[.][^.0-9][^.]*$', '') END) COLLATE "C"`;
/** Base number of a sub-case's sign, else NULL. */
const BASE_NUMBER = (alias: string): string =>
  `substring(${alias}.znak from '^[^.]+[.][0-9]{2,5}[.]([1-9][0-9]*)[.][1-9][0-9]*[.][0-9]{4}(?:[.]|$)')`;
/** Which numbering a case belongs to: that of its list, or of its group of cases. */
const LIST_GROUP = (alias: string): string => `CASE
    WHEN ${alias}.znak LIKE '%.%.%.20__' AND ${alias}.znak NOT LIKE '%.%.%.%.20__' THEN ''
    WHEN ${BASE_NUMBER(alias)} IS NOT NULL THEN coalesce(${alias}.id_sprawa_bazowa::text, ${BASE_NUMBER(alias)})
    WHEN ${alias}.znak ~ '[.][0-9]{2,5}[.][0-9]+[.][0-9]{4}([.][^.0-9][^.]*)?$' THEN ''
    ELSE coalesce(${alias}.id_sprawa_bazowa::text, '') END`;
const LIVE = (alias: string): string => `${alias}.typ_usuniecia_kod IS NULL`;
/** Text that is a sign of some form, so that "none" in many rows is no duplicate. */
const SIGN = (alias: string): string =>
  `${alias}.znak ~ '[0-9]' AND (position('.' IN ${alias}.znak) > 0 OR position('/' IN ${alias}.znak) > 0)`;

const duplicateSign = (context: SetRuleContext): string => `
WITH twice AS (
  SELECT ${IDENTITY('c')} AS sign FROM ${tableIn(context, 'sprawa')} c WHERE ${LIVE('c')} AND ${SIGN('c')} GROUP BY 1 HAVING count(*) > 1
)
SELECT c.id, c.znak AS value, jsonb_build_object('other', ${otherKey('c')}) AS params
FROM ${tableIn(context, 'sprawa')} c JOIN twice t ON t.sign = ${IDENTITY('c')} WHERE ${LIVE('c')}
WINDOW w AS (PARTITION BY t.sign ORDER BY c.data_rejestracji, ${byKey('c')})`;

const duplicateNumber = (context: SetRuleContext): string => `
WITH place AS (
  SELECT c.id, c.id_zrodla, c.data_rejestracji, ${IDENTITY('c')} AS sign,
    c.id_jednostka AS unit, c.symbol_klasy AS class, c.rok AS year, c.lp, ${LIST_GROUP('c')} AS grp
  FROM ${tableIn(context, 'sprawa')} c
  WHERE ${LIVE('c')} AND c.lp IS NOT NULL AND c.id_jednostka IS NOT NULL AND c.symbol_klasy IS NOT NULL AND c.rok IS NOT NULL
), twice AS (
  SELECT unit, class, year, lp, grp FROM place GROUP BY 1, 2, 3, 4, 5 HAVING count(DISTINCT sign) > 1
)
SELECT p.id, p.lp::text AS value, jsonb_build_object('other', ${otherKey('p')}) AS params
FROM place p JOIN twice t USING (unit, class, year, lp, grp)
WINDOW w AS (PARTITION BY p.unit, p.class, p.year, p.lp, p.grp ORDER BY p.data_rejestracji, ${byKey('p')})`;

/** Versions of units with the time they were in force: from their own date to the next version's. */
const PERIODS = (context: SetRuleContext): string => `period AS (
  SELECT v.id, v.id_jednostka, v.symbol, v.data_dodania AS since,
    lead(v.data_dodania) OVER (PARTITION BY v.id_jednostka ORDER BY v.data_dodania NULLS FIRST, v.id) AS until
  FROM ${tableIn(context, 'jednostka_wersja')} v
)`;

const unitMismatch = (context: SetRuleContext): string => `
WITH ${PERIODS(context)}, newest AS (
  SELECT DISTINCT ON (v.id_jednostka) v.id_jednostka, v.symbol FROM ${tableIn(context, 'jednostka_wersja')} v
  ORDER BY v.id_jednostka, v.data_dodania DESC NULLS LAST, v.aktywna DESC NULLS LAST, v.id
), expected AS (
  SELECT c.id, c.znak, coalesce(nullif(p.symbol, ''), n.symbol) AS symbol
  FROM ${tableIn(context, 'sprawa')} c
  JOIN newest n ON n.id_jednostka = c.id_jednostka
  LEFT JOIN period p ON p.id_jednostka = c.id_jednostka AND (p.since IS NULL OR p.since <= c.data_rejestracji)
    AND (p.until IS NULL OR c.data_rejestracji < p.until)
  WHERE ${LIVE('c')} AND c.znak ~ '^[0-9[:alpha:]ĄĆĘŁŃÓŚŹŻąćęłńóśźż.-]+[.][0-9]{1,5}[.][0-9]+([.][0-9]+)?[.][0-9]{2,4}([.][^.]+)?$'
)
SELECT id, znak AS value,
  jsonb_build_object('found', substring(znak from '^(.*?)[.][0-9]{1,5}[.][0-9]'), 'expected', symbol) AS params
FROM expected WHERE symbol <> '' AND NOT starts_with(upper(znak), upper(symbol) || '.')`;

const unitNotAlive = (context: SetRuleContext): string => `
WITH ${PERIODS(context)}
SELECT c.id, p.symbol AS value, jsonb_build_object(
  'since', coalesce(${localDate(context, 'p.since')}::text, '…'), 'until', coalesce(${localDate(context, 'p.until')}::text, '…')) AS params
FROM ${tableIn(context, 'sprawa')} c JOIN period p ON p.id = c.id_jednostka_wersja
WHERE ${LIVE('c')} AND (c.data_rejestracji < p.since OR c.data_rejestracji >= p.until)`;

const SUB_SIGN = "'^([^.]+[.][0-9]{2,5})[.]([1-9][0-9]*)[.][1-9][0-9]*[.]([0-9]{4})(?:[.]|$)'";

const baseMissing = (context: SetRuleContext): string => `
WITH sub AS (
  SELECT c.id, c.znak, regexp_match(c.znak, ${SUB_SIGN}) AS part FROM ${tableIn(context, 'sprawa')} c
  WHERE ${LIVE('c')} AND c.id_sprawa_bazowa IS NULL AND c.znak ~ ${SUB_SIGN}
), wanted AS (SELECT id, znak, part[1] || '.' || part[2] || '.' || part[3] AS base FROM sub)
SELECT w.id, w.znak AS value, jsonb_build_object('expected', w.base) AS params FROM wanted w
WHERE NOT EXISTS (SELECT FROM ${tableIn(context, 'sprawa')} b WHERE b.znak = w.base OR (b.znak > w.base || '.' AND b.znak < w.base || '/'))`;

const baseMismatch = (context: SetRuleContext): string => `
SELECT c.id, c.znak AS value, jsonb_build_object('found', ${BASE_NUMBER('c')}::bigint, 'expected', b.lp) AS params
FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'sprawa')} b ON b.id = c.id_sprawa_bazowa
WHERE ${LIVE('c')} AND b.lp IS NOT NULL AND ${BASE_NUMBER('c')}::bigint <> b.lp`;

/** Soft-deleted cases count here: their number was given. */
const numberingGap = (context: SetRuleContext): string => `
WITH numbered AS (
  SELECT c.id, c.lp, coalesce(lag(c.lp) OVER (
    PARTITION BY c.id_jednostka, c.symbol_klasy, c.rok, ${LIST_GROUP('c')} ORDER BY c.lp
  ), 0) AS before
  FROM ${tableIn(context, 'sprawa')} c
  WHERE c.lp > 0 AND c.id_jednostka IS NOT NULL AND c.symbol_klasy IS NOT NULL AND c.rok IS NOT NULL
)
SELECT id, lp::text AS value, jsonb_build_object('from', before + 1, 'to', lp - 1) AS params FROM numbered WHERE lp - before > 1`;

/** Rules across cases: unique signs and numbers, unit, base cases, numbering. */
export const CASE_SET_RULES: readonly SetRule[] = setRules(codes, {
  SIGN_DUPLICATE: { table: 'sprawa', field: 'znak', sql: duplicateSign },
  CASE_NUMBER_DUPLICATE: { table: 'sprawa', field: 'lp', sql: duplicateNumber },
  SIGN_UNIT_MISMATCH: { table: 'sprawa', field: 'znak', sql: unitMismatch },
  CASE_UNIT_NOT_ALIVE: { table: 'sprawa', field: 'id_jednostka', sql: unitNotAlive },
  SIGN_BASE_MISSING: { table: 'sprawa', field: 'znak', sql: baseMissing },
  SIGN_BASE_MISMATCH: { table: 'sprawa', field: 'znak', sql: baseMismatch },
  CASE_NUMBER_GAP: { table: 'sprawa', field: 'lp', sql: numberingGap },
});

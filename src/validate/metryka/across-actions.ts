import { entries } from '../entries.ts';
import { localDate, localText, type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const source = {
  text: 'art. 66a k.p.a.; rozporządzenie MAiC z dnia 6 marca 2012 r. w sprawie metryki sprawy (Dz.U. 2012 poz. 250)',
  read: false,
} as const;

const codes = entries(
  { area: 'metryka', origin: 'set', effect: 'load', personal: 'none', source },
  {
    METRYKA_DATE_OUTSIDE: [
      'warning',
      [
        'Czynność jest spoza czasu trwania sprawy {sign} (od {from}).',
        'The action lies outside the time of the case {sign} (from {from}).',
      ],
      ['Sprawdź datę czynności oraz daty sprawy.', 'Check the date of the action and the dates of the case.'],
    ],
    METRYKA_DOCUMENT_UNKNOWN: [
      'warning',
      [
        'Dokumentu wymienionego w metryce nie ma w aktach sprawy.',
        'The document that the metryka names is not in the files of the case.',
      ],
      [
        'Stary system trzyma identyfikator jako tekst: sprawdź, czy dokumentu nie usunięto lub nie przeniesiono.',
        'The legacy system keeps the identifier as text: see whether the document was removed or moved.',
      ],
    ],
  },
);

/** By days: opening is often kept without a time, and the closing itself is an action of that day. */
const outside = (context: SetRuleContext): string => {
  const day = (moment: string): string => localDate(context, moment);
  return `
WITH span AS (
  SELECT c.id_koszulka, min(c.znak) AS sign, min(least(coalesce(c.data_wszczecia, c.data_rejestracji), k.data_utworzenia)) AS opened,
    CASE WHEN bool_or(c.data_zakonczenia IS NULL) THEN NULL ELSE max(greatest(c.data_zakonczenia, k.data_zakonczenia)) END AS closed
  FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'koszulka')} k ON k.id = c.id_koszulka
  WHERE c.typ_usuniecia_kod IS NULL GROUP BY c.id_koszulka
)
SELECT m.id, ${localText(context, 'm.data_czynnosci')} AS value,
  jsonb_build_object('sign', s.sign, 'from', ${day('s.opened')}::text, 'to', ${day('s.closed')}::text) AS params
FROM ${tableIn(context, 'czynnosc_metryki')} m JOIN span s ON s.id_koszulka = m.id_koszulka
WHERE (m.data_czynnosci < s.opened AND ${day('m.data_czynnosci')} < ${day('s.opened')})
   OR (m.data_czynnosci > s.closed AND ${day('m.data_czynnosci')} > ${day('s.closed')})`;
};

/** The text may be the document's key, its sign, its number or name, the name of the file in a package, or a date. */
const unknownDocument = (context: SetRuleContext): string => `
SELECT m.id, m.identyfikator_dokumentu AS value, '{}'::jsonb AS params
FROM ${tableIn(context, 'czynnosc_metryki')} m
WHERE m.identyfikator_dokumentu <> '' AND NOT EXISTS (
  SELECT FROM ${tableIn(context, 'dokument')} d
  WHERE d.id_koszulka = m.id_koszulka AND (
    m.identyfikator_dokumentu IN (d.id_zrodla, d.sygnatura, d.znak_na_pismie, d.znak_wplywu, d.nazwa, d.data_dokumentu_tekst)
    OR right(m.identyfikator_dokumentu, length(d.id_zrodla) + 1) = '_' || d.id_zrodla
    OR right(m.identyfikator_dokumentu, length(d.id_zrodla) + 1) = '=' || d.id_zrodla))`;

/** Rules on actions of the metryka against their case. */
export const METRYKA_SET_RULES: readonly SetRule[] = setRules(codes, {
  METRYKA_DATE_OUTSIDE: { table: 'czynnosc_metryki', field: 'data_czynnosci', sql: outside },
  METRYKA_DOCUMENT_UNKNOWN: { table: 'czynnosc_metryki', field: 'identyfikator_dokumentu', sql: unknownDocument },
});

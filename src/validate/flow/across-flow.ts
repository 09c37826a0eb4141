import { entries } from '../entries.ts';
import { byKey, localText, otherKey, type SetRule, type SetRuleContext, setRules, tableIn } from '../set-rule.ts';

const codes = entries(
  { area: 'flow', origin: 'set', effect: 'load', personal: 'none' },
  {
    HANDOVER_BEFORE_FOLDER: [
      'warning',
      [
        'Dekretacja jest wcześniejsza niż utworzenie koszulki ({created}).',
        'The hand-over is earlier than the folder ({created}).',
      ],
      ['Sprawdź obie daty.', 'Check both dates.'],
    ],
    OWNER_MISMATCH: [
      'warning',
      [
        'Koszulkę trzyma kto inny niż odbiorca ostatniej dekretacji.',
        'The folder is held by someone other than the recipient of the last hand-over.',
      ],
      [
        'Ustal, kto naprawdę prowadzi koszulkę; w nowym systemie trafi do posiadacza.',
        'Find out who really has the folder; in the new system it goes to the holder.',
      ],
    ],
    CASE_LEADER_INACTIVE: [
      'warning',
      ['Otwartą sprawę prowadzi osoba nieaktywna.', 'An open case is led by an inactive person.'],
      ['Przekaż sprawę komuś, kto pracuje.', 'Hand the case to somebody who works there.'],
    ],
    APPROVAL_BEFORE_VERSION: [
      'error',
      [
        'Akceptacja jest wcześniejsza niż powstanie zaakceptowanej wersji ({created}).',
        'The acceptance is earlier than the version it accepts ({created}).',
      ],
      ['Ustal, której wersji dotyczy akceptacja.', 'Find out which version was accepted.'],
    ],
    APPROVAL_STALE: [
      'warning',
      [
        'Po akceptacji powstała nowsza wersja, której nikt nie zaakceptował.',
        'A newer version was made after the acceptance, and nobody accepted that one.',
      ],
      ['Sprawdź, czy nowsza wersja nie wymaga akceptacji.', 'See whether the newer version needs an acceptance.'],
    ],
    SIGNATURE_WITHOUT_VERSION: [
      'error',
      [
        'Podpis nie wskazuje wersji dokumentu, którą podpisano.',
        'The signature names no version of the document that it signs.',
      ],
      [
        'Ustal podpisaną wersję; bez niej podpis zewnętrzny niczego nie dowodzi.',
        'Find the signed version; without it a detached signature proves nothing.',
      ],
      { area: 'files' },
    ],
    FILE_NAME_COLLISION: [
      'warning',
      [
        'W tej koszulce inny plik ma nazwę różniącą się tylko wielkością liter lub zapisem znaków.',
        'Another file of this folder has a name that differs only by case or by the form of letters.',
      ],
      [
        'Przy wyniesieniu do katalogu jedna nazwa dostanie numer; można zmienić ją wcześniej.',
        'When written to a directory one name gets a number; it can be changed before.',
      ],
      { area: 'files', personal: 'text' },
    ],
  },
);

const handOverCodes = (context: SetRuleContext): string => context.handOverCodes.map(Number).join(', ') || 'NULL';

const beforeFolder = (context: SetRuleContext): string => `
SELECT e.id, ${localText(context, 'e.data_nadania')} AS value, jsonb_build_object('created', ${localText(context, 'k.data_utworzenia')}) AS params
FROM ${tableIn(context, 'dekretacja')} e JOIN ${tableIn(context, 'koszulka')} k ON k.id = e.id_koszulka
WHERE e.data_nadania < k.data_utworzenia`;

/** Compared by person; by post where the recipient was a vacant post. */
const lastRecipient = (context: SetRuleContext): string => `
WITH last AS (
  SELECT DISTINCT ON (e.id_koszulka) e.id_koszulka, e.id_pracownik_docelowy AS person, e.id_stanowisko_docelowe AS post, e.id_zrodla
  FROM ${tableIn(context, 'dekretacja')} e
  WHERE e.typ_kod IN (${handOverCodes(context)}) AND (e.id_pracownik_docelowy IS NOT NULL OR e.id_stanowisko_docelowe IS NOT NULL)
  ORDER BY e.id_koszulka, e.data_nadania DESC NULLS LAST, length(e.id_zrodla) DESC, e.id_zrodla DESC
)
SELECT k.id, NULL::text AS value, jsonb_build_object('handOver', l.id_zrodla) AS params
FROM last l JOIN ${tableIn(context, 'koszulka')} k ON k.id = l.id_koszulka
WHERE CASE WHEN l.person IS NOT NULL AND k.id_pracownik_wlasciciel IS NOT NULL THEN l.person <> k.id_pracownik_wlasciciel
  ELSE l.post <> k.id_stanowisko_wlasciciel END`;

const inactiveLeader = (context: SetRuleContext): string => `
SELECT c.id, c.znak AS value, '{}'::jsonb AS params
FROM ${tableIn(context, 'sprawa')} c JOIN ${tableIn(context, 'pracownik')} p ON p.id = c.id_pracownik_prowadzacy
WHERE c.data_zakonczenia IS NULL AND c.typ_usuniecia_kod IS NULL AND p.aktywny IS FALSE`;

const acceptedBefore = (context: SetRuleContext): string => `
SELECT a.id, ${localText(context, 'a.data_akceptacji')} AS value, jsonb_build_object('created', ${localText(context, 'v.data_utworzenia')}) AS params
FROM ${tableIn(context, 'akceptacja')} a JOIN ${tableIn(context, 'dokument_wersja')} v ON v.id = a.id_dokument_wersja
WHERE a.data_akceptacji < v.data_utworzenia`;

const stale = (context: SetRuleContext): string => `
SELECT a.id, a.wersja AS value, jsonb_build_object('created', ${localText(context, 'v.data_utworzenia')}) AS params
FROM ${tableIn(context, 'akceptacja')} a
JOIN ${tableIn(context, 'dokument')} d ON d.id = a.id_dokument
JOIN ${tableIn(context, 'dokument_wersja')} v ON v.id = d.id_wersja_aktualna
WHERE a.zaakceptowano AND a.id_dokument_wersja <> v.id AND NOT EXISTS (
  SELECT FROM ${tableIn(context, 'akceptacja')} n WHERE n.id_dokument = d.id AND n.id_dokument_wersja = v.id AND n.zaakceptowano)`;

const signatureWithoutVersion = (context: SetRuleContext): string => `
SELECT p.id, NULL::text AS value, '{}'::jsonb AS params FROM ${tableIn(context, 'podpis')} p WHERE p.id_dokument_wersja IS NULL`;

/** Polish letters are folded by hand, since the lower() of a C locale leaves them alone. */
const FOLDED = (alias: string): string => `lower(translate(normalize(${alias}.nazwa, NFC), 'ĄĆĘŁŃÓŚŹŻ', 'ąćęłńóśźż'))`;

const nameCollision = (context: SetRuleContext): string => `
WITH named AS (
  SELECT d.id, d.id_koszulka, d.id_zrodla, d.nazwa, d.data_utworzenia, ${FOLDED('d')} AS folded FROM ${tableIn(context, 'dokument')} d
  WHERE d.data_usuniecia IS NULL AND d.nazwa <> ''
), twice AS (
  SELECT id_koszulka, folded FROM named GROUP BY 1, 2 HAVING count(*) > 1 AND min(nazwa COLLATE "C") <> max(nazwa COLLATE "C")
)
SELECT n.id, n.nazwa AS value, jsonb_build_object('document', ${otherKey('n')}) AS params
FROM named n JOIN twice t USING (id_koszulka, folded)
WINDOW w AS (PARTITION BY n.id_koszulka, n.folded ORDER BY n.data_utworzenia, ${byKey('n')})`;

/** Rules on hand-overs, leaders, acceptances, signatures and names of files. */
export const FLOW_SET_RULES: readonly SetRule[] = setRules(codes, {
  HANDOVER_BEFORE_FOLDER: { table: 'dekretacja', field: 'data_nadania', sql: beforeFolder },
  OWNER_MISMATCH: { table: 'koszulka', field: 'id_pracownik_wlasciciel', sql: lastRecipient },
  CASE_LEADER_INACTIVE: { table: 'sprawa', field: 'id_pracownik_prowadzacy', sql: inactiveLeader },
  APPROVAL_BEFORE_VERSION: { table: 'akceptacja', field: 'data_akceptacji', sql: acceptedBefore },
  APPROVAL_STALE: { table: 'akceptacja', field: 'id_dokument_wersja', sql: stale },
  SIGNATURE_WITHOUT_VERSION: { table: 'podpis', field: 'id_dokument_wersja', sql: signatureWithoutVersion },
  FILE_NAME_COLLISION: { table: 'dokument', field: 'nazwa', sql: nameCollision },
});

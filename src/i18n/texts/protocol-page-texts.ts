import type { Texts } from '../../core/text.ts';

/** Texts of the protocol that an office files. */
export const PROTOCOL_PAGE_TEXTS = {
  'protocol.title': { pl: 'Protokół migracji danych EZD', en: 'Protocol of the EZD data migration' },
  'protocol.made': { pl: 'Protokół sporządzono', en: 'Protocol made' },
  'protocol.lead': {
    pl: 'Dokument opisuje jeden przebieg wczytywania danych z dotychczasowego systemu EZD do nowego: co, skąd, dokąd, kiedy i z jakim wynikiem.',
    en: 'This document tells of one run that loaded data from the former EZD into the new one: what, from where, to where, when and with what result.',
  },
  'protocol.what': { pl: 'Przebieg', en: 'The run' },
  'protocol.number': { pl: 'Numer przebiegu', en: 'Number of the run' },
  'protocol.user': { pl: 'Wykonał (konto, komputer)', en: 'Done by (account, computer)' },
  'protocol.madeBy': { pl: 'Protokół sporządził (konto, komputer)', en: 'Protocol made by (account, computer)' },
  'protocol.mapping': { pl: 'Mapowania', en: 'Mappings' },
  'protocol.mappingHash': {
    pl: 'Skrót SHA-256 wszystkich mapowań i słowników',
    en: 'SHA-256 of all mappings and look-ups',
  },
  'protocol.mappingCaption': {
    pl: 'Skróty mapowań poszczególnych rodzajów rekordów',
    en: 'Hashes of the mappings of each kind of record',
  },
  'protocol.hash': { pl: 'skrót (SHA-256)', en: 'hash (SHA-256)' },
  'protocol.counts': { pl: 'Liczby rekordów', en: 'Numbers of records' },
  'protocol.balanced': {
    pl: 'Rachunek się zgadza: dla każdego rodzaju przeczytane = wczytane + bez zmian + odrzucone + pominięte.',
    en: 'The books balance: for every kind, read = loaded + unchanged + rejected + skipped.',
  },
  'protocol.notBalanced': {
    pl: 'Rachunek się nie zgadza dla: {entities}.',
    en: 'The books do not balance for: {entities}.',
  },
  'protocol.units': { pl: 'Jednostki', en: 'Units' },
  'protocol.unitsCaption': {
    pl: 'Sprawy i ustalenia (stan po przebiegu) oraz rekordy w nowym systemie (stan w chwili sporządzenia protokołu), według jednostki',
    en: 'Cases and findings (after the run) and records in the new system (when the protocol was made), by unit',
  },
  'protocol.allRecords': { pl: 'wszystkie rekordy', en: 'all records' },
  'protocol.findings': { pl: 'Ustalenia i ich przyjęcie', en: 'Findings and their acceptance' },
  'protocol.findingsCaption': {
    pl: 'Ustalenia według reguły; puste pole czeka na decyzję wpisaną ręcznie',
    en: 'Findings by rule; an empty field waits for a decision written by hand',
  },
  'protocol.acceptance': { pl: 'decyzja urzędu, powód', en: 'decision of the office, reason' },
  'protocol.noFindings': { pl: 'Przebieg nie miał ustaleń.', en: 'The run had no findings.' },
  'protocol.off': { pl: 'Reguły wyłączone decyzją urzędu', en: 'Rules that the office switched off' },
  'protocol.rejected': { pl: 'Rekordy odrzucone', en: 'Rejected records' },
  'protocol.rejectedList': {
    pl: 'Wykaz odrzuconych rekordów z powodami jest w pliku:',
    en: 'The list of rejected records with their reasons is in the file:',
  },
  'protocol.contents': { pl: 'Treści (pliki)', en: 'Contents (files)' },
  'protocol.contentsStored': { pl: 'Skopiowane', en: 'Copied' },
  'protocol.contentsFailed': { pl: 'Nieskopiowane', en: 'Not copied' },
  'protocol.manifest': {
    pl: 'Wykaz skrótów wszystkich treści jest w pliku:',
    en: 'The hashes of all contents are listed in the file:',
  },
  'protocol.noContents': { pl: 'Treści nie były kopiowane.', en: 'Contents were not copied.' },
  'protocol.file': { pl: 'plik', en: 'file' },
  'protocol.lines': { pl: 'pozycje', en: 'entries' },
  'protocol.reconcile': { pl: 'Uzgodnienie źródła i celu', en: 'Comparison of source and target' },
  'protocol.noReconcile': {
    pl: 'Nie przeprowadzono uzgodnienia po tym przebiegu.',
    en: 'There was no comparison after this run.',
  },
  'protocol.equal': { pl: 'Źródło i cel są zgodne.', en: 'Source and target agree.' },
  'protocol.different': { pl: 'Źródło i cel się różnią.', en: 'Source and target differ.' },
  'protocol.reconcileCaption': { pl: 'Uzgodnienie nr {id} z {moment}', en: 'Comparison no {id} of {moment}' },
  'protocol.expected': { pl: 'oczekiwane', en: 'expected' },
  'protocol.rows': { pl: 'w celu', en: 'in the target' },
  'protocol.differences': { pl: 'różnice', en: 'differences' },
  'protocol.chain': { pl: 'Nienaruszalność zapisu', en: 'Integrity of the record' },
  'protocol.chainGood': {
    pl: 'Łańcuch zapisów jest nienaruszony: porównano {compared} z {records} zapisów, nic w historii przebiegów nie zostało zmienione.',
    en: 'The chain of records is intact: {compared} of {records} records were compared, nothing in the history of runs was changed.',
  },
  'protocol.chainBad': { pl: 'Historia przebiegów została naruszona:', en: 'The history of runs was touched:' },
  'protocol.chainRecord': { pl: 'Zapis tego przebiegu (numer, SHA-256)', en: 'Record of this run (number, SHA-256)' },
  'protocol.chainHead': {
    pl: 'Ostatni zapis łańcucha (numer, SHA-256)',
    en: 'Last record of the chain (number, SHA-256)',
  },
  'protocol.chainCheck': {
    pl: 'Sprawdzenie: ezd-migrate protocol verify --against protokol.json',
    en: 'To check: ezd-migrate protocol verify --against protokol.json',
  },
  'protocol.signatures': { pl: 'Podpisy', en: 'Signatures' },
  'protocol.role.made': { pl: 'Sporządził (administrator)', en: 'Made by (administrator)' },
  'protocol.role.checked': {
    pl: 'Sprawdził (koordynator czynności kancelaryjnych)',
    en: 'Checked by (records coordinator)',
  },
  'protocol.role.approved': { pl: 'Zatwierdził (kierownik podmiotu)', en: 'Approved by (head of the office)' },
  'protocol.sign': { pl: 'data, imię i nazwisko, podpis', en: 'date, name, signature' },
  'protocol.remarks': { pl: 'Uwagi', en: 'Remarks' },
  'chain.recordMissing': { pl: 'Brakuje zapisu nr {number}.', en: 'Record no {number} is missing.' },
  'chain.recordChanged': {
    pl: 'Zapis nr {number} (przebieg {run}) został zmieniony: nie zgadza się z własnym skrótem.',
    en: 'Record no {number} (run {run}) was changed: it does not fit its own hash.',
  },
  'chain.linkBroken': {
    pl: 'Zapis nr {number} (przebieg {run}) nie wskazuje zapisu, który go poprzedza: zapis przed nim podmieniono.',
    en: 'Record no {number} (run {run}) does not name the record before it: that one was replaced.',
  },
  'chain.runMissing': {
    pl: 'Przebieg {run} (zapis nr {number}) został usunięty.',
    en: 'Run {run} (record no {number}) was removed.',
  },
  'chain.runUnrecorded': {
    pl: 'Przebieg {run} nie ma zapisu w łańcuchu: dopisano go albo jego zapis usunięto.',
    en: 'Run {run} has no record in the chain: it was added, or its record removed.',
  },
  'chain.runChanged': { pl: 'Przebieg {run}: zmieniono {members}.', en: 'Run {run}: changed {members}.' },
  'chain.countsChanged': {
    pl: 'Przebieg {run}, {entity}: zmieniono liczby.',
    en: 'Run {run}, {entity}: numbers were changed.',
  },
  'chain.rowsChanged': {
    pl: 'Przebieg {run}, {entity}: zmieniono wiersze ({set}); było {was}, jest {now}.',
    en: 'Run {run}, {entity}: rows were changed ({set}); there were {was}, there are {now}.',
  },
  'chain.anchorDiffers': {
    pl: 'Złożony protokół {file} zna inny zapis nr {number} niż ten, który jest w bazie, albo zapisu już nie ma.',
    en: 'The filed protocol {file} knows another record no {number} than the one in the database, or the record is gone.',
  },
  'chain.set.findings': { pl: 'ustalenia', en: 'findings' },
  'chain.set.rejects': { pl: 'odrzucone', en: 'rejects' },
  'chain.set.undo': { pl: 'dane do wycofania', en: 'undo' },
  'chain.set.corrections': { pl: 'użyte poprawki', en: 'corrections used' },
} as const satisfies Texts;

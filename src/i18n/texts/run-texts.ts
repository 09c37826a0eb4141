import type { Texts } from '../../core/text.ts';

/** Texts of `run`: progress, notes, states. */
export const RUN_TEXTS = {
  'run.mappingWarnings': {
    pl: 'Ostrzeżenia do mapowań: {count}; szczegóły: ezd-migrate check',
    en: 'Warnings about the mappings: {count}; details: ezd-migrate check',
  },
  'run.summary': {
    pl: 'wczytuje dane albo wznawia niedokończony przebieg',
    en: 'loads, or goes on with an unfinished run',
  },
  'run.started': { pl: 'Przebieg {run}: {entities} encji', en: 'Run {run}: {entities} entities' },
  'run.resumed': {
    pl: 'Przebieg {run} wznowiony od ostatniego punktu kontrolnego: {entities} encji',
    en: 'Run {run} goes on from its last checkpoint: {entities} entities',
  },
  'run.finished': {
    pl: 'Przebieg {run} zakończony w {time}: przeczytano {read}, wczytano {loaded}, bez zmian {unchanged}, odrzucono {rejected}, pominięto {skipped}.',
    en: 'Run {run} finished in {time}: {read} read, {loaded} loaded, {unchanged} unchanged, {rejected} rejected, {skipped} skipped.',
  },
  'run.equation': {
    pl: 'Rachunek się zgadza: przeczytane = wczytane + bez zmian + odrzucone + pominięte, dla każdej encji.',
    en: 'The books balance: read = loaded + unchanged + rejected + skipped, for every entity.',
  },
  'run.findings': { pl: 'Ustalenia', en: 'Findings' },
  'run.noFindings': { pl: 'Bez ustaleń.', en: 'No findings.' },
  'run.moreFindings': {
    pl: '… innych rodzajów: {count} (--json pokazuje wszystkie)',
    en: '… more kinds: {count} (--json shows all)',
  },
  'run.missingReferences': {
    pl: 'Odwołania bez celu: {count} (dokończy je kolejny przebieg, gdy cel się pojawi).',
    en: 'References without their target: {count} (a later run completes them once it is there).',
  },
  'run.seeRejects': {
    pl: 'Odrzucone z powodami: ezd-migrate rejects list --run {run}',
    en: 'Rejected records with reasons: ezd-migrate rejects list --run {run}',
  },
  'run.interrupting': {
    pl: 'Przerywam: kończę bieżącą partię i zapisuję punkt kontrolny. Drugie Ctrl-C zatrzymuje natychmiast.',
    en: 'Stopping: finishing the batch under way and its checkpoint. A second Ctrl-C stops at once.',
  },
  'run.stoppedNow': {
    pl: 'Zatrzymano. Wszystko do ostatniego punktu kontrolnego jest bezpieczne.',
    en: 'Stopped. Everything up to the last checkpoint is safe.',
  },
  'run.unknownEntity': { pl: 'nie ma encji "{entity}"', en: 'there is no entity "{entity}"' },
  'run.unknownUnit': { pl: 'nie ma jednostki o symbolu "{unit}"', en: 'there is no unit with the symbol "{unit}"' },
  'run.noUnits': {
    pl: 'mapowania nie mają encji "jednostka", więc --unit nie ma według czego wybierać',
    en: 'the mappings have no entity "jednostka", so --unit has nothing to choose by',
  },
  'run.ignoredParents': {
    pl: 'Poza zakresem, a potrzebne jako rodzice: {entities}. Muszą być już wczytane.',
    en: 'Out of scope, but needed as parents: {entities}. They must have been loaded already.',
  },
  'state.running': { pl: 'w toku', en: 'running' },
  'state.finished': { pl: 'zakończony', en: 'finished' },
  'state.interrupted': { pl: 'przerwany', en: 'interrupted' },
  'state.failed': { pl: 'nieudany', en: 'failed' },
  'state.rolled-back': { pl: 'wycofany', en: 'rolled back' },
  'state.pending': { pl: 'czeka', en: 'waiting' },
  'progress.of': { pl: '{done} z {all}', en: '{done} of {all}' },
  'progress.rate': { pl: '{rate} wierszy/s', en: '{rate} rows/s' },
  'progress.eta': { pl: 'jeszcze {time}', en: '{time} left' },
  'progress.done': {
    pl: '{entity}: gotowe, {read} przeczytane, {rejected} odrzucone, {time}',
    en: '{entity}: done, {read} read, {rejected} rejected, {time}',
  },
  'progress.retry': {
    pl: '{what}: przejściowa usterka ({reason}), próba {attempt} za {time}',
    en: '{what}: passing fault ({reason}), try {attempt} in {time}',
  },
  'run.corrections': {
    pl: 'Korekty urzędu: zastosowane {applied}, niepasujące {stale}, już niepotrzebne {needless} (ezd-migrate corrections list {where}).',
    en: 'Corrections of the office: {applied} applied, {stale} that did not fit, {needless} not needed any more (ezd-migrate corrections list {where}).',
  },
  'note.CORRECTIONS_CHANGED': {
    pl: 'Korekty zmieniły się od przerwania przebiegu {run}; zaczyna się nowy przebieg. To, co wczytano bez zmian, zostanie rozpoznane.',
    en: 'The corrections have changed since run {run} was interrupted; a new run begins. What was loaded and is the same will be recognised.',
  },
  'note.PLAN_CHANGED': {
    pl: 'Mapowania zmieniły się od przebiegu {run}; zaczynam nowy zamiast go wznawiać.',
    en: 'The mappings changed since run {run}; a new run begins instead of resuming it.',
  },
  'note.MSSQL_NOT_ENCRYPTED': {
    pl: 'Uwaga: połączenie z {server} nie jest szyfrowane (encrypt: false); hasło i dane idą otwartym tekstem.',
    en: 'Warning: the connection to {server} is not encrypted (encrypt: false); password and data go in plain text.',
  },
  'note.MSSQL_CERTIFICATE_NOT_CHECKED': {
    pl: 'Uwaga: certyfikat serwera {server} nie jest sprawdzany (trustServerCertificate: true); wskaż urząd certyfikacji w caFile.',
    en: 'Warning: the certificate of {server} is not checked (trustServerCertificate: true); name its authority in caFile.',
  },
  'note.MSSQL_KEY_NOT_INDEXED': {
    pl: 'Tabela {table} nie ma indeksu na kluczu {key}: czytana jest jednym zapytaniem, a serwer musi ją sortować.',
    en: 'The table {table} has no index on its key {key}: it is read by one statement, and the server has to sort it.',
  },
  'note.other': { pl: '{code}', en: '{code}' },
  'run.packagesFirst': {
    pl: 'W magazynie są już rekordy z paczek (przebiegi {runs}), a z bazy jeszcze żaden. Baza musi być pierwsza: tylko ona zna numery spraw, więc wczytana po paczkach powtórzyłaby sprawy.',
    en: 'The store holds records from packages already (runs {runs}) and none from the database. The database must come first: only it has the numbers of the cases, so loaded after packages it would repeat them.',
  },
  'run.packagesFirstHint': {
    pl: 'Wycofaj przebiegi paczek, od ostatniego (ezd-migrate rollback {run}), wczytaj bazę, a potem jeszcze raz paczki: uzupełnią tylko to, czego w bazie nie ma.',
    en: 'Take the runs of packages back, the newest first (ezd-migrate rollback {run}), load the database, then the packages again: they add only what the database lacks.',
  },
} as const satisfies Texts;

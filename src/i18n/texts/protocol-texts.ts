import type { Texts } from '../../core/text.ts';

/** Texts of `protocol` and `protocol verify`. */
export const PROTOCOL_TEXTS = {
  'protocol.summary': {
    pl: 'sporządza protokół przebiegu do złożenia w aktach (HTML do druku, JSON, wykazy)',
    en: 'writes the protocol of a run to be filed (HTML for printing, JSON, lists)',
  },
  'protocol.out': {
    pl: 'folder plików; domyślnie protokol-<numer> w folderze raportów',
    en: 'folder of the files; default protokol-<number> in the folder of reports',
  },
  'protocol.argument': {
    pl: 'numer przebiegu; domyślnie ostatni, który wczytywał',
    en: 'number of the run; default: the newest that loaded',
  },
  'protocol.none': {
    pl: 'Nie ma jeszcze przebiegu, z którego można sporządzić protokół.',
    en: 'There is no run yet to make a protocol of.',
  },
  'protocol.open': {
    pl: 'Przebieg {run} nie jest zamknięty; protokół sporządza się po jego zakończeniu',
    en: 'Run {run} is not closed; its protocol is made when it has ended',
  },
  'protocol.written': { pl: 'Protokół przebiegu {run}: {folder}', en: 'Protocol of run {run}: {folder}' },
  'protocol.head': {
    pl: 'Ostatni zapis łańcucha: nr {number}, {hash}',
    en: 'Last record of the chain: no {number}, {hash}',
  },
  'verify.summary': {
    pl: 'sprawdza, czy historii przebiegów nikt nie zmienił (kod 4, gdy zmienił)',
    en: 'checks whether anybody touched the history of runs (exit code 4 if so)',
  },
  'verify.against': {
    pl: 'złożone protokoły (protokol.json), z którymi porównać łańcuch i wykazy obok nich',
    en: 'filed protocols (protokol.json) to compare the chain with, and the lists beside them',
  },
  'verify.good': {
    pl: 'Historia przebiegów jest nienaruszona: {records} zapisów, porównano {compared}.',
    en: 'The history of runs is untouched: {records} records, {compared} compared.',
  },
  'verify.empty': {
    pl: 'Łańcuch jest pusty: nie zamknięto jeszcze żadnego przebiegu.',
    en: 'The chain is empty: no run was closed yet.',
  },
  'verify.bad': { pl: 'Historię przebiegów naruszono:', en: 'The history of runs was touched:' },
  'verify.rolledBack': { pl: 'Wycofane później przebiegi: {runs}', en: 'Runs taken back later: {runs}' },
  'verify.listDiffers': {
    pl: 'Wykaz {file} nie jest tym, o którym mówi protokół: brakuje go albo go zmieniono.',
    en: 'The list {file} is not the one that the protocol tells of: it is missing or was changed.',
  },
  'verify.noProtocol': { pl: '{file} nie jest protokołem tego programu', en: '{file} is no protocol of this program' },
  'verify.otherOffice': {
    pl: '{file} jest protokołem innego urzędu ({office})',
    en: '{file} is the protocol of another office ({office})',
  },
} as const satisfies Texts;

import type { Texts } from '../../core/text.ts';

/** Texts of `history`. */
export const HISTORY_TEXTS = {
  'history.summary': {
    pl: 'co się stało z jednym rekordem: przebiegi, zmiany, ustalenia, pliki; dlaczego go nie ma',
    en: 'what happened to one record: runs, changes, findings, files; why it is missing',
  },
  'history.noSource': {
    pl: 'nie szuka w źródle rekordu, którego nie ma w celu',
    en: 'does not look in the source for a record that the target does not have',
  },
  'history.needsKey': { pl: 'podaj klucz rekordu encji {entity}', en: 'give the key of the record of {entity}' },
  'history.needsKeyHint': {
    pl: 'na przykład: ezd-migrate history {entity} 4711',
    en: 'for example: ezd-migrate history {entity} 4711',
  },
  'history.unknownEntity': { pl: 'nie ma encji "{entity}"', en: 'there is no entity "{entity}"' },
  'history.unknownId': {
    pl: 'Identyfikator {id} nie należy do żadnej encji tego urzędu.',
    en: 'The id {id} belongs to no entity of this office.',
  },
  'history.unknownIdHint': {
    pl: 'sprawdź nazwę urzędu (office) w pliku projektu',
    en: 'check the name of the office in the project file',
  },
  'history.many': {
    pl: 'Znak {sign} ma kilka spraw; każda z osobna:',
    en: 'Several cases have the sign {sign}; each on its own:',
  },
  'history.noSign': {
    pl: 'Sprawy o znaku {sign} nie ma ani w celu, ani wśród odrzuconych.',
    en: 'A case with the sign {sign} is neither in the target nor among the rejects.',
  },
  'history.looking': { pl: 'Szukam w źródle ({entity}) …', en: 'Looking in the source ({entity}) …' },
  'history.sourceFailed': {
    pl: 'Źródła nie udało się zapytać: {message}',
    en: 'The source could not be asked: {message}',
  },
  'history.source.absent': {
    pl: 'Źródło nie ma takiego rekordu: nigdy go nie było, usunięto go albo klucz jest inny.',
    en: 'The source does not have it: it never existed, was deleted there, or has another key.',
  },
  'history.source.leftOut': {
    pl: 'Źródło go ma, ale mapowanie takich nie przenosi: {reason}.',
    en: 'The source has it, but the mapping leaves such records out: {reason}.',
  },
  'history.source.version': {
    pl: 'W źródle to wcześniejsza wersja rekordu {head}: zobacz ezd-migrate history {entity} {head}',
    en: 'In the source it is an older version of record {head}: see ezd-migrate history {entity} {head}',
  },
  'history.source.there': {
    pl: 'Źródło go ma i nic go nie wyklucza: żaden przebieg jeszcze go nie przeczytał (albo jest poza zakresem jednostek). Wczytaj: ezd-migrate run',
    en: 'The source has it and nothing keeps it out: no run has read it yet (or its unit is out of scope). Load it: ezd-migrate run',
  },
  'history.loaded': { pl: 'jest w nowym systemie', en: 'is in the new system' },
  'history.missing': { pl: 'nie ma go w nowym systemie', en: 'is not in the new system' },
  'history.rowLost': {
    pl: 'Uwaga: księga mówi, że rekord wczytano, ale wiersza nie ma: ktoś usunął go ręcznie.',
    en: 'Note: the ledger says that it was loaded, but its row is gone: somebody deleted it by hand.',
  },
  'history.absence.rejected': { pl: 'Odrzucony w przebiegu {run}:', en: 'Kept out in run {run}:' },
  'history.absence.deleted': {
    pl: 'Usunięty w przebiegu {run}, bo zniknął ze źródła.',
    en: 'Deleted in run {run}, because it was gone from the source.',
  },
  'history.absence.takenBack': {
    pl: 'Wczytał go przebieg {run}, cofnięty przez przebieg {by}.',
    en: 'Run {run} had brought it and was taken back by run {by}.',
  },
  'history.absence.unknown': { pl: 'Żaden przebieg nic o nim nie wie.', en: 'No run knows anything of it.' },
  'history.absence.rolledBack': {
    pl: 'Przebiegi, które czytały {entity}, a potem zostały cofnięte: {runs}.',
    en: 'Runs that read {entity} and were taken back since: {runs}.',
  },
  'history.chain.rejected': { pl: '{entity} {key} odrzucony: {codes}', en: '{entity} {key} was kept out: {codes}' },
  'history.chain.missing': { pl: '{entity} {key}: nie było go w źródle', en: '{entity} {key} was not in the source' },
  'history.chain.loaded': {
    pl: '{entity} {key} już jest: następny przebieg wczyta rekord',
    en: '{entity} {key} is there by now: the next run will load the record',
  },
  'history.did.brought': { pl: 'wczytany', en: 'loaded' },
  'history.did.changed': { pl: 'zmieniony', en: 'changed' },
  'history.did.deleted': { pl: 'usunięty', en: 'deleted' },
  'history.did.rejected': { pl: 'odrzucony', en: 'kept out' },
  'history.did.copied': { pl: 'treść skopiowana', en: 'content copied' },
  'history.did.takenBack': { pl: 'zmiany cofnięte', en: 'changes taken back' },
  'history.did.said': { pl: 'ustalenia', en: 'findings' },
  'history.run': { pl: 'Przebieg {run} ({command}, {started}): {did}', en: 'Run {run} ({command}, {started}): {did}' },
  'history.takenBackBy': { pl: 'cofnięte przez przebieg {run}', en: 'taken back by run {run}' },
  'history.changeLost': { pl: 'co zmienił, nie jest już znane', en: 'what it changed is not known any more' },
  'history.correction': {
    pl: 'poprawka ({outcome}): {field} {before} → {after}; {author}: {reason} ({file}:{line})',
    en: 'correction ({outcome}): {field} {before} → {after}; {author}: {reason} ({file}:{line})',
  },
  'history.parents': { pl: 'Odwołania', en: 'References' },
  'history.waits': { pl: 'czeka na rekord nadrzędny', en: 'waits for its parent' },
  'history.contents': { pl: 'Pliki ({count})', en: 'Files ({count})' },
  'history.content.stored': { pl: 'w magazynie: {path}', en: 'in the store: {path}' },
  'history.content.failed': { pl: 'nie skopiowany: {problem}', en: 'not copied: {problem}' },
  'history.content.waiting': { pl: 'jeszcze nie kopiowany', en: 'not copied yet' },
  'history.more': { pl: '… i dalsze: {count}', en: '… and {count} more' },
  'history.row': { pl: 'Wiersz', en: 'Row' },
} as const satisfies Texts;

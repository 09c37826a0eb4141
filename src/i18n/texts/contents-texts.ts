import type { Texts } from '../../core/text.ts';

/** Texts of `contents`. */
export const CONTENTS_TEXTS = {
  'contents.summary': {
    pl: 'treści plików: kopiowanie, weryfikacja, stan',
    en: 'the bytes of the files: copy, verify, status',
  },
  'contents.copy.summary': {
    pl: 'kopiuje treści wszystkich wczytanych dokumentów do magazynu; wznawia przerwane kopiowanie',
    en: 'copies the contents of all loaded documents into the store; goes on where it stopped',
  },
  'contents.verify.summary': {
    pl: 'odczytuje magazyn z powrotem i porównuje każdy plik z jego skrótem',
    en: 'reads the store back and compares every file with its digest',
  },
  'contents.status.summary': {
    pl: 'ile treści jest w magazynie, ile czeka, czego brakuje',
    en: 'how many contents are stored, waiting, lacking',
  },
  'contents.jobs': {
    pl: 'ile plików czytać naraz (domyślnie liczba procesorów, od 2 do 8)',
    en: 'files read side by side (default: one a processor, 2 to 8)',
  },
  'contents.bandwidth': { pl: 'najwyżej tyle megabajtów na sekundę', en: 'at most so many megabytes a second' },
  'contents.minFree': {
    pl: 'tyle gigabajtów ma zostać wolnych na dysku magazynu (domyślnie 1)',
    en: 'gigabytes that stay free on the disk of the store (default 1)',
  },
  'contents.sample': {
    pl: 'tylko taka część plików w procentach, każdego dnia inna',
    en: 'only this share of the files in percent, another one each day',
  },
  'contents.samplePercent': { pl: 'podaj procent od 0 do 100, np. 10%', en: 'give a percentage up to 100, e.g. 10%' },
  'contents.noFolder': { pl: 'Plik projektu nie podaje {key}.', en: 'The project file does not say {key}.' },
  'contents.noFolderHint': {
    pl: 'Podaj source.contents.root (repozytorium starego systemu) i target.contents.root (magazyn treści); zob. docs/contents.md.',
    en: 'Give source.contents.root (the legacy repository) and target.contents.root (the content store); see docs/contents.md.',
  },
  'contents.phase': {
    pl: 'Wiersze wczytane; kopiuję treści plików.',
    en: 'Rows are loaded; copying the contents of files.',
  },
  'contents.no': {
    pl: 'bez kopiowania treści plików po wczytaniu',
    en: 'without copying the contents of files afterwards',
  },
  'contents.progress': {
    pl: '{done} treści, przeczytano {read}, {rate}/s',
    en: '{done} contents, {read} read, {rate}/s',
  },
  'contents.signatures': {
    pl: 'Rozpoznane podpisy (bez oceny ważności)',
    en: 'Recognised signatures (validity not judged)',
  },
  'contents.kind': { pl: 'rodzaj', en: 'kind' },
  'contents.copied': {
    pl: 'Przebieg {run}: {stored} treści skopiowanych ({bytes}), w tym {duplicates} o bajtach już obecnych; {known} było wcześniej; {failed} nieudanych.',
    en: 'Run {run}: {stored} contents copied ({bytes}), {duplicates} of them with bytes already there; {known} were there before; {failed} failed.',
  },
  'contents.pairs': {
    pl: 'Podpisy zewnętrzne: {detached}, z odnalezionym podpisanym plikiem: {paired}.',
    en: 'Detached signatures: {detached}; signed file found: {paired}.',
  },
  'contents.failedAgain': {
    pl: 'Nieudane treści spróbuje skopiować każde następne „ezd-migrate contents copy”.',
    en: 'Failed contents are tried again by every later “ezd-migrate contents copy”.',
  },
  'contents.verified': {
    pl: 'Przebieg {run}: sprawdzono {checked} plików ({bytes}), dobrych {good}; poza próbą {notSampled}; treści bez bajtów: {contentsLost}.',
    en: 'Run {run}: {checked} files checked ({bytes}), {good} good; {notSampled} not sampled; contents that lost their bytes: {contentsLost}.',
  },
  'contents.copyAgain': {
    pl: 'Uruchom „ezd-migrate contents copy”: te treści zostaną odczytane ze źródła od nowa.',
    en: 'Run “ezd-migrate contents copy”: these contents are read from the source anew.',
  },
  'contents.nothing': { pl: 'Nic jeszcze nie wczytano.', en: 'Nothing is loaded yet.' },
  'contents.state': {
    pl: 'W magazynie: {stored} treści ({bytes}) w {files} plikach ({fileBytes}); sprawdzonych po skopiowaniu: {verified}; czeka: {waiting}; nieudanych: {failed}.',
    en: 'Stored: {stored} contents ({bytes}) in {files} files ({fileBytes}); read back: {verified}; waiting: {waiting}; failed: {failed}.',
  },
} as const satisfies Texts;

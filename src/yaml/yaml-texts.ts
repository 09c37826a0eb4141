import type { Texts } from '../core/text.ts';

/** What can be wrong with a YAML file before its content is understood; shared by project file and mappings. */
export const YAML_TEXTS = {
  yamlSyntax: { en: 'this is not valid YAML: {reason}', pl: 'to nie jest poprawny YAML: {reason}' },
  duplicateKey: { en: 'key "{key}" stands here twice', pl: 'klucz "{key}" występuje tu dwa razy' },
  unknownKey: { en: 'unknown key "{key}"', pl: 'nieznany klucz "{key}"' },
  missingKey: { en: 'key "{key}" is missing', pl: 'brakuje klucza "{key}"' },
  missingOneOf: { en: 'one of the keys {keys} is missing', pl: 'brakuje jednego z kluczy {keys}' },
  excludes: {
    en: 'keys "{key}" and "{other}" exclude each other',
    pl: 'klucze "{key}" i "{other}" wykluczają się wzajemnie',
  },
  wrongType: { en: 'expected {expected}, found {found}', pl: 'oczekiwano: {expected}, znaleziono: {found}' },
  notAllowed: { en: '{found} is not allowed here', pl: 'wartość {found} jest tu niedozwolona' },
  tooFew: { en: 'at least {minimum} entry is needed', pl: 'potrzebny jest co najmniej {minimum} wpis' },
  tooSmall: { en: 'must be at least {minimum}', pl: 'musi wynosić co najmniej {minimum}' },
  emptyText: { en: 'must not be empty', pl: 'nie może być puste' },
  badValue: { en: 'the value does not fit: {reason}', pl: 'niepoprawna wartość: {reason}' },
  didYouMean: { en: 'did you mean "{word}"?', pl: 'czy chodziło o "{word}"?' },
  allowed: { en: 'allowed: {allowed}', pl: 'dozwolone: {allowed}' },
  typeText: { en: 'a text', pl: 'tekst' },
  typeNumber: { en: 'a number', pl: 'liczba' },
  typeBoolean: { en: 'true or false', pl: 'true lub false' },
  typeList: { en: 'a list', pl: 'lista' },
  typeMap: { en: 'keys with values', pl: 'klucze z wartościami' },
  typeNothing: { en: 'nothing', pl: 'brak wartości' },
} as const satisfies Texts;

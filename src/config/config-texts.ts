import type { Texts } from '../core/text.ts';

/** Everything that is said about a project file, in both languages. */
export const CONFIG_TEXTS = {
  failed: { en: 'the project file {file} has {errors} problem(s)', pl: 'plik projektu {file} ma problemy ({errors})' },
  noFile: { en: 'there is no project file {file}', pl: 'nie ma pliku projektu {file}' },
  noFileHint: {
    en: 'go to the folder of the project, name the file with --config, or write a new one: ezd-migrate init',
    pl: 'przejdź do folderu projektu, podaj plik przez --config albo utwórz nowy: ezd-migrate init',
  },
  unreadable: {
    en: 'the project file {file} cannot be read: {reason}',
    pl: 'nie można odczytać pliku projektu {file}: {reason}',
  },
  emptyFile: { en: 'the project file {file} is empty', pl: 'plik projektu {file} jest pusty' },
  noVariable: {
    en: 'the environment has no variable {name}',
    pl: 'w środowisku nie ma zmiennej {name}',
  },
  noVariableHint: {
    en: `set it before the start, or give a default: \${{name}:-value}`,
    pl: `ustaw ją przed uruchomieniem albo podaj wartość domyślną: \${{name}:-wartość}`,
  },
  noPasswordFile: {
    en: 'the password file {file} cannot be read',
    pl: 'nie można odczytać pliku z hasłem {file}',
  },
  noPasswordFileHint: {
    en: 'it must exist, hold the password in its first line, and be readable by this account.',
    pl: 'plik musi istnieć, zawierać hasło w pierwszym wierszu i być czytelny dla tego konta.',
  },
  noPassword: { en: 'the login has no password', pl: 'login nie ma hasła' },
  noPasswordHint: {
    en: 'name a file with passwordFile, or set EZD_SOURCE_PASSWORD.',
    pl: 'wskaż plik w passwordFile albo ustaw EZD_SOURCE_PASSWORD.',
  },
  noCorrections: {
    en: 'there is no folder of corrections {folder}',
    pl: 'nie ma folderu korekt {folder}',
  },
  noCertificate: {
    en: 'the certificate file {file} cannot be read',
    pl: 'nie można odczytać pliku z certyfikatem {file}',
  },
  twoPasswords: {
    en: 'password and passwordFile exclude each other',
    pl: 'password i passwordFile wykluczają się wzajemnie',
  },
  plainSecret: {
    en: 'a password stands in plain text in the project file',
    pl: 'w pliku projektu zapisano hasło jawnym tekstem',
  },
  plainSecretHint: {
    en: `move it to a file (passwordFile) or to the environment (\${EZD_PASSWORD}).`,
    pl: `przenieś je do pliku (passwordFile) albo do zmiennej środowiska (\${EZD_PASSWORD}).`,
  },
  anyCertificate: {
    en: 'trustServerCertificate accepts any certificate: whoever stands between could read everything',
    pl: 'trustServerCertificate przyjmuje każdy certyfikat: ktoś pośrodku mógłby czytać wszystko',
  },
  anyCertificateHint: {
    en: 'give the certificate of your authority in caFile instead.',
    pl: 'zamiast tego wskaż certyfikat swojego urzędu certyfikacji w caFile.',
  },
  notEncrypted: {
    en: 'encrypt: false sends login and records over the network unprotected',
    pl: 'encrypt: false przesyła login i dane przez sieć bez ochrony',
  },
  webhookUrl: {
    en: 'the address of a webhook begins with https:// or http://',
    pl: 'adres webhooka zaczyna się od https:// albo http://',
  },
  webhookPlain: {
    en: 'the webhook goes over the network in plain text',
    pl: 'webhook idzie przez sieć jawnym tekstem',
  },
  mailPlain: {
    en: 'tls: none sends login and e-mail over the network in plain text',
    pl: 'tls: none przesyła login i wiadomość przez sieć jawnym tekstem',
  },
  mailNoPassword: { en: 'the e-mail login has no password', pl: 'login poczty nie ma hasła' },
  mailAddress: { en: 'this is no e-mail address', pl: 'to nie jest adres e-mail' },
  notifyNobody: {
    en: 'notify names neither webhook nor email: nobody would be told',
    pl: 'notify nie wymienia ani webhook, ani email: nikt nie zostałby powiadomiony',
  },
  badTimezone: { en: 'there is no time zone "{zone}"', pl: 'nie ma strefy czasowej "{zone}"' },
  badTimezoneHint: { en: 'e.g. Europe/Warsaw', pl: 'np. Europe/Warsaw' },
  badUrl: { en: 'this is no PostgreSQL address', pl: 'to nie jest adres PostgreSQL' },
  badUrlHint: { en: 'e.g. postgres://ezd@localhost:5432/ezdrp', pl: 'np. postgres://ezd@localhost:5432/ezdrp' },
  noMappings: {
    en: 'there are no mappings "{mappings}": neither a folder {folder} nor a bundle of the program',
    pl: 'nie ma mapowań "{mappings}": ani folderu {folder}, ani zestawu w programie',
  },
  bundles: { en: 'bundles that come with the program: {bundles}', pl: 'zestawy w programie: {bundles}' },
  nothingDecided: { en: 'rule {code} decides nothing', pl: 'reguła {code} niczego nie ustala' },
  waveTwice: { en: 'unit {unit} goes live in two waves', pl: 'jednostka {unit} występuje w dwóch falach' },
  badNumber: {
    en: '{name}={value} in the environment is no whole number above 0',
    pl: '{name}={value} w środowisku nie jest liczbą całkowitą większą od 0',
  },
  badLanguage: {
    en: '{name}={value} in the environment: allowed are pl and en',
    pl: '{name}={value} w środowisku: dozwolone są pl i en',
  },
} as const satisfies Texts;

import type { Texts } from '../core/text.ts';

/**
 * What a kind of findings is, where the message of a single one cannot do without its parameters. Codes that are not here are told by their own message
 * without the parts in brackets; a test fails when that leaves a hole.
 */
export const KIND_TEXTS: Texts = {
  SIGN_CLASS_MISMATCH: {
    pl: 'Klasa w znaku sprawy jest inna niż w spisie spraw.',
    en: 'The class in the case sign is not the one in the case list.',
  },
  SIGN_NUMBER_MISMATCH: {
    pl: 'Numer w znaku sprawy jest inny niż w spisie spraw.',
    en: 'The number in the case sign is not the one in the case list.',
  },
  SIGN_YEAR_MISMATCH: {
    pl: 'Rok w znaku sprawy jest inny niż w spisie spraw.',
    en: 'The year in the case sign is not the one in the case list.',
  },
  CASE_YEAR_MISMATCH: {
    pl: 'Sprawę wszczęto i zarejestrowano w innym roku niż rok sprawy.',
    en: 'The case began and was registered in another year than its own.',
  },
  REGISTER_NUMBER_MISMATCH: {
    pl: 'Numer w rejestrze jest inny niż w kolumnach numeru i roku.',
    en: 'The register number is not what the columns of number and year say.',
  },
  INCOMING_YEAR_MISMATCH: {
    pl: 'Przesyłkę zarejestrowano w innym roku niż rok jej numeru.',
    en: 'The letter was registered in another year than that of its number.',
  },
  COUNTRY_NAME: { pl: 'Kraj podany nazwą; wpisano jego kod.', en: 'The country is given by name; its code was set.' },
  FILE_NAME_LONG: { pl: 'Nazwa pliku jest za długa; skrócono ją.', en: 'The file name is too long; it was cut.' },
  LIMIT_TITLE_LENGTH: {
    pl: 'Tytuł sprawy jest dłuższy, niż przyjmuje nowy system.',
    en: 'The title of the case is longer than the new system takes.',
  },
  LIMIT_REMARKS: {
    pl: 'Uwagi przy zakończeniu lub zawieszeniu są dłuższe, niż przyjmuje nowy system.',
    en: 'Remarks on closing or suspending are longer than the new system takes.',
  },
  LIMIT_REREGISTRATION_REASON: {
    pl: 'Powód przerejestrowania jest dłuższy, niż przyjmuje nowy system.',
    en: 'The reason of re-registering is longer than the new system takes.',
  },
  LIMIT_PARTICIPANT_REMARKS: {
    pl: 'Uwagi o uczestniku są dłuższe, niż przyjmuje nowy system.',
    en: 'Remarks on the participant are longer than the new system takes.',
  },
  LIMIT_PARTICIPANT_ROLE: {
    pl: 'Rodzaj strony jest dłuższy, niż przyjmuje nowy system.',
    en: 'The kind of party is longer than the new system takes.',
  },
  LIMIT_METADATA_SEARCH: {
    pl: 'Wartość metadanej, po której będzie się szukać, jest dłuższa, niż przyjmuje nowy system.',
    en: 'A metadata value to be searched for is longer than the new system takes.',
  },
  LIMIT_OUTGOING_SIGN: {
    pl: 'Znak sprawy na przesyłce wychodzącej jest dłuższy, niż przyjmuje nowy system.',
    en: 'The case sign on an outgoing letter is longer than the new system takes.',
  },
  LIMIT_ENVELOPE_CONTENT: {
    pl: 'Opis zawartości koperty jest dłuższy, niż przyjmuje nowy system.',
    en: 'The content of the envelope is longer than the new system takes.',
  },
  LIMIT_MAIL_SUBJECT: {
    pl: 'Tytuł wiadomości e-mail jest dłuższy, niż przyjmuje nowy system.',
    en: 'The subject of an e-mail is longer than the new system takes.',
  },
  LIMIT_FILE_SIZE: {
    pl: 'Plik jest większy, niż na pewno przyjmuje nowy system.',
    en: 'The file is larger than the new system is known to take.',
  },
  SIGN_UNIT_MISMATCH: {
    pl: 'Symbol komórki w znaku sprawy jest inny, niż komórka miała w dniu rejestracji.',
    en: 'The unit symbol in the sign is not the one that the unit had on the day of registration.',
  },
  SIGN_BASE_MISSING: {
    pl: 'Znak ma numer w wydzielonej grupie spraw, ale sprawy bazowej nie ma.',
    en: 'The sign has a number inside a group of cases, but the base case is not there.',
  },
  SIGN_BASE_MISMATCH: {
    pl: 'Wskazana sprawa bazowa ma inny numer, niż mówi znak.',
    en: 'The base case named has another number than the sign tells.',
  },
  CASE_NUMBER_GAP: {
    pl: 'W spisie spraw brakuje numerów przed tą sprawą.',
    en: 'Numbers are missing in the case list before this case.',
  },
  CLASS_PARENT_MISSING: {
    pl: 'W wykazie akt nie ma klasy nadrzędnej.',
    en: 'The classification plan lacks the class above.',
  },
  CLASS_DUPLICATE: {
    pl: 'Klasa jest w wykazie akt z jednego roku więcej niż raz.',
    en: 'The class stands in the plan of one year more than once.',
  },
  CASE_CLASS_UNKNOWN: {
    pl: 'W wykazie akt z roku sprawy nie ma jej klasy.',
    en: 'The classification plan of the year lacks the class of the case.',
  },
  CLASS_PLAN_MISSING: {
    pl: 'Nie ma wykazu akt z roku sprawy: klas spraw z tego roku nie sprawdzono.',
    en: 'There is no classification plan of a year with cases: their classes were not checked.',
  },
  CASE_CLASS_NOT_LEAF: {
    pl: 'Klasa sprawy ma klasy podrzędne; sprawy zakłada się tylko w klasie końcowej.',
    en: 'The class of the case has classes below it; cases are filed in a last class only.',
  },
  FOLDER_CASE_AND_CLASS: {
    pl: 'Koszulka jest sprawą, a zarazem dokumentacją nietworzącą akt sprawy.',
    en: 'The folder is a case and at once filed as records that make no case.',
  },
  NON_CASE_CLASS_UNKNOWN: {
    pl: 'Klasy dokumentacji nietworzącej akt sprawy nie ma w wykazie akt z jej roku.',
    en: 'The class of records that make no case is not in the classification plan of the year.',
  },
  METRYKA_DATE_OUTSIDE: {
    pl: 'Czynność jest spoza czasu trwania sprawy.',
    en: 'The action lies outside the time of its case.',
  },
  RECORD_STALE: {
    pl: 'Rekord wczytany wcześniej nie przechodzi dziś sprawdzenia; pozostał taki, jaki był.',
    en: 'A record that was loaded before does not pass today; it stays as it was.',
  },
  TARGET_CONFLICT: {
    pl: 'Rekord zmieniono ręcznie w nowym systemie i zmienił się także w starym.',
    en: 'The record was changed in the new system by hand and in the legacy system too.',
  },
  UNIT_LIVE: {
    pl: 'Zmienił się w starym systemie rekord komórki, która pracuje już w nowym.',
    en: 'A record of a unit that works in the new system already changed in the legacy one.',
  },
  REF_MISSING: {
    pl: 'Rekord wskazuje inny, którego nie ma; odwołanie zostało puste.',
    en: 'The record refers to another one that is not there; the reference was left empty.',
  },
  CSV_BROKEN_LINE: { pl: 'Nie da się odczytać wiersza pliku.', en: 'A line of the file cannot be read.' },
  CODE_UNKNOWN: { pl: 'Kodu nie ma w tabeli kodów.', en: 'The code is not in its look-up table.' },
  CODE_UNCONFIRMED: {
    pl: 'Znaczenie kodu nie jest potwierdzone dla tego urzędu.',
    en: 'The meaning of the code is not confirmed for this office.',
  },
  TEXT_TRUNCATED: {
    pl: 'Tekst jest dłuższy niż jego kolumna; obcięto go.',
    en: 'The text is longer than its column; it was cut.',
  },
  CONTENT_MISSING: { pl: 'Brak pliku treści w repozytorium.', en: 'The file is not in the repository.' },
  CONTENT_OUTSIDE_ROOT: {
    pl: 'Ścieżka treści wychodzi poza repozytorium; pliku nie odczytano.',
    en: 'The path leads out of the repository; the file was not read.',
  },
  CONTENT_AMBIGUOUS: {
    pl: 'Pasuje kilka plików o nazwach różnych tylko wielkością liter lub zapisem Unicode; nie wybrano żadnego.',
    en: 'Several files fit, their names differing only by case or Unicode form; none was taken.',
  },
  CONTENT_UNREADABLE: { pl: 'Nie można odczytać treści.', en: 'The content cannot be read.' },
  CONTENT_SIZE_MISMATCH: {
    pl: 'Treść ma inny rozmiar, niż podaje baza.',
    en: 'The content has another size than the database says.',
  },
  CONTENT_HASH_MISMATCH: {
    pl: 'Skrót treści różni się od zapisanego w bazie.',
    en: 'The digest of the content differs from the one in the database.',
  },
  CONTENT_TWO_DIGESTS: {
    pl: 'Treść ma w dwóch miejscach różne bajty i nic nie wskazuje, które są właściwe; przyjęto pierwsze.',
    en: 'The content has different bytes in two places and nothing says which are right; the first were taken.',
  },
  CONTENT_COPY_DIFFERS: {
    pl: 'Druga kopia treści różni się; przyjęto tę, która zgadza się z bazą.',
    en: 'Another copy of the content differs; the one that agrees with the database was taken.',
  },
  CONTENT_EMPTY: { pl: 'Treść jest pusta (0 bajtów).', en: 'The content is empty (0 bytes).' },
  CONTENT_TOO_LARGE: {
    pl: 'Treść jest większa, niż przyjmuje nowy system.',
    en: 'The content is larger than the new system takes.',
  },
  CONTENT_TYPE_MISMATCH: {
    pl: 'Rozszerzenie nie pasuje do bajtów treści.',
    en: 'The extension does not fit the bytes of the content.',
  },
  CONTENT_FORMAT_NOT_KRI: { pl: 'Format treści jest spoza listy KRI.', en: 'The format is not in the KRI list.' },
  CONTENT_HASH_UNKNOWN: {
    pl: 'Skrótu z bazy nie porównano: nieznany algorytm.',
    en: 'The database’s digest was not compared: unknown algorithm.',
  },
  CONTENT_SIGNED_FILE_MISSING: {
    pl: 'Podpis zewnętrzny: wśród treści nie ma pliku, który podpisuje.',
    en: 'Detached signature: the file it signs is not among the contents.',
  },
  CONTENT_STORE_MISSING: {
    pl: 'Treści nie ma w magazynie, choć była skopiowana.',
    en: 'The content is not in the store although it was copied.',
  },
  CONTENT_STORE_ALTERED: {
    pl: 'Bajty treści w magazynie są inne niż skopiowane.',
    en: 'The bytes in the store are not those that were copied.',
  },
  CONTENT_STORE_UNREADABLE: {
    pl: 'Treści w magazynie nie można odczytać.',
    en: 'The content in the store cannot be read.',
  },
  PACKAGE_EXTENSION: {
    pl: 'Rozszerzenie pliku nie mówi, czym jest paczka.',
    en: 'The extension does not say what the package is.',
  },
  PACKAGE_FOLDER_MISSING: { pl: 'W paczce nie ma wymaganego folderu.', en: 'The package lacks a folder.' },
  PACKAGE_XML_INVALID: {
    pl: 'Plik XML jest niezgodny ze schematem.',
    en: 'The XML file does not follow its schema.',
  },
  PACKAGE_RELATION_OPEN: {
    pl: 'Relacja wskazuje dokument, którego nie ma w paczce.',
    en: 'A relation names a document that is not in the package.',
  },
  PACKAGE_SIZE_MISMATCH: {
    pl: 'Plik ma inny rozmiar, niż podają metadane.',
    en: 'The file has another size than the metadata say.',
  },
};

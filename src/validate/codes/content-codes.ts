import { entries } from '../entries.ts';

const restore = [
  'Odtwórz plik z kopii zapasowej repozytorium i uruchom kopiowanie treści jeszcze raz.',
  'Restore the file from a backup of the repository and copy the contents again.',
] as const;
const compare = [
  'Porównaj plik z kopią zapasową; dopóki nie wiadomo, który jest właściwy, nie usuwaj żadnego.',
  'Compare the file with a backup; remove none while it is not known which is right.',
] as const;
const store = [
  'Skopiuj treść jeszcze raz; jeżeli to się powtórzy, sprawdź dysk.',
  'Copy the content again; if it happens again, check the disk.',
] as const;

/** What copying and verifying the bytes says. A file name or a path is in the value: masked. */
export const CONTENT_CODES = entries(
  { area: 'files', origin: 'contents', effect: 'load', personal: 'text' },
  {
    CONTENT_MISSING: [
      'error',
      ['Nie ma pliku, który rekord wskazuje.', 'The file that the record names is not there.'],
      restore,
    ],
    CONTENT_OUTSIDE_ROOT: [
      'error',
      ['Wskazane miejsce leży poza repozytorium plików.', 'The place named lies outside the file repository.'],
      [
        'Sprawdź zapis miejsca w starym systemie; plik nie został odczytany.',
        'Check the place in the legacy system; the file was not read.',
      ],
    ],
    CONTENT_AMBIGUOUS: [
      'error',
      [
        'Kilka plików ma nazwy różniące się tylko wielkością liter lub zapisem znaków; nie wzięto żadnego.',
        'Several files have names that differ only by case or by the form of letters; none was taken.',
      ],
      [
        'Ustal, który plik jest właściwy, i zmień nazwy pozostałych.',
        'Find out which file is right, and rename the others.',
      ],
    ],
    CONTENT_UNREADABLE: [
      'error',
      ['Pliku nie dało się odczytać ({reason}).', 'The file could not be read ({reason}).'],
      [
        'Sprawdź prawa dostępu i stan dysku, potem skopiuj jeszcze raz.',
        'Check access rights and the disk, then copy again.',
      ],
    ],
    CONTENT_SIZE_MISMATCH: [
      'error',
      [
        'Plik ma {found} bajtów, a stary system zapisał {expected}.',
        'The file has {found} bytes, the legacy system recorded {expected}.',
      ],
      compare,
    ],
    CONTENT_HASH_MISMATCH: [
      'error',
      [
        'Skrót pliku ({algorithm}) jest inny niż zapisany w starym systemie.',
        'The hash of the file ({algorithm}) differs from the one the legacy system recorded.',
      ],
      compare,
    ],
    CONTENT_TWO_DIGESTS: [
      'error',
      [
        'Dwa miejsca trzymają różne bajty tej samej treści i nie wiadomo, które są właściwe.',
        'Two places hold different bytes of the same content, and nothing says which are right.',
      ],
      compare,
    ],
    CONTENT_COPY_DIFFERS: [
      'warning',
      [
        'Drugie miejsce trzyma inne bajty; wzięto te, których skrót się zgadza.',
        'Another place holds other bytes; those whose hash fits were taken.',
      ],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
    ],
    CONTENT_EMPTY: [
      'warning',
      ['Plik jest pusty.', 'The file is empty.'],
      ['Sprawdź w starym systemie, czy dokument się otwiera.', 'See in the legacy system whether the document opens.'],
    ],
    CONTENT_TOO_LARGE: [
      'warning',
      [
        'Plik ma {found} bajtów, więcej niż na pewno przyjmuje nowy system ({limit}).',
        'The file has {found} bytes, more than the new system is known to take ({limit}).',
      ],
      ['Uzgodnij z NASK wgranie dużego pliku.', 'Agree with NASK on how to upload it.'],
    ],
    CONTENT_TYPE_MISMATCH: [
      'warning',
      [
        'Rozszerzenie {extension} nie pasuje do zawartości ({found}).',
        'The extension {extension} does not fit the content ({found}).',
      ],
      [
        'Plik przeniesiono bez zmian; popraw nazwę, jeżeli się nie otwiera.',
        'The file was moved as it is; correct the name if it does not open.',
      ],
    ],
    CONTENT_FORMAT_NOT_KRI: [
      'warning',
      [
        'Formatu {extension} nie ma na liście Krajowych Ram Interoperacyjności.',
        'The format {extension} is not on the list of the national interoperability framework.',
      ],
      [
        'Plik przeniesiono bez zmian; nie trzeba go przerabiać.',
        'The file was moved as it is; it need not be converted.',
      ],
      { source: { text: 'rozporządzenie RM z dnia 21 maja 2024 r. (KRI), Dz.U. 2024 poz. 773, zał. 2', read: false } },
    ],
    CONTENT_HASH_UNKNOWN: [
      'info',
      [
        'Skrót w starym systemie jest nieznanego rodzaju; nie porównano go.',
        'The hash in the legacy system is of an unknown kind; it was not compared.',
      ],
      ['Nic nie trzeba robić; własny skrót SHA-256 jest policzony.', 'Nothing to do; our own SHA-256 was computed.'],
    ],
    CONTENT_SIGNED_FILE_MISSING: [
      'warning',
      [
        'Nie ma pliku, który podpisuje ten podpis zewnętrzny.',
        'The file that this detached signature signs is not among the contents.',
      ],
      [
        'Odszukaj podpisany plik; podpis bez niego niczego nie dowodzi.',
        'Find the signed file; the signature proves nothing without it.',
      ],
    ],
    CONTENT_STORE_MISSING: [
      'error',
      ['Skopiowanej treści nie ma w magazynie.', 'A copied content is not in the store.'],
      store,
    ],
    CONTENT_STORE_ALTERED: [
      'error',
      ['Treść w magazynie różni się od skopiowanej.', 'The content in the store differs from the copied one.'],
      store,
    ],
    CONTENT_STORE_UNREADABLE: [
      'error',
      ['Treści w magazynie nie dało się odczytać.', 'The content in the store could not be read.'],
      store,
    ],
  },
);

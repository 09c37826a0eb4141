import type { CodeEntry } from './code-entry.ts';
import type { Effect, Severity } from './finding.ts';

type Texts = readonly [severity: Severity, message: readonly [pl: string, en: string], hint: readonly [string, string]];

const NOTHING: readonly [string, string] = ['Nic nie trzeba robić; odczytano.', 'Nothing to do; it was read.'];
const ASK_PRODUCER: readonly [string, string] = [
  'Zgłoś to dostawcy systemu, który zrobił paczkę; archiwum może jej nie przyjąć.',
  'Tell the provider of the system that made the package; an archive may refuse it.',
];
const EXPORT_AGAIN: readonly [string, string] = [
  'Wyeksportuj paczkę jeszcze raz i porównaj jej sumę kontrolną z plikiem obok.',
  'Export the package again and compare its checksum with the side file.',
];

const TEXTS = {
  PACKAGE_NAME_BACKSLASH: [
    'info',
    ['Nazwa w paczce ma ukośniki odwrotne.', 'A name in the package has backslashes.'],
    NOTHING,
  ],
  PACKAGE_NAME_ENCODING: [
    'info',
    ['Nazwa w paczce zapisana jest w stronie kodowej 852.', 'A name in the package is in code page 852.'],
    NOTHING,
  ],
  PACKAGE_NAME_UNSAFE: [
    'error',
    [
      'Nazwa wychodzi poza paczkę albo ma znaki sterujące; pliku nie odczytano.',
      'A name leads out of the package or has control characters; the file was not read.',
    ],
    [
      'Nie rozpakowuj tej paczki innym programem; sprawdź, skąd pochodzi.',
      'Do not unpack this package with another program; check where it comes from.',
    ],
  ],
  PACKAGE_NAME_REPEATED: [
    'error',
    [
      'Dwa pliki paczki mają tę samą nazwę; liczy się pierwszy.',
      'Two files of the package have one name; the first counts.',
    ],
    EXPORT_AGAIN,
  ],
  PACKAGE_NAME_COLLISION: [
    'warning',
    [
      'Nazwy plików różnią się tylko wielkością liter lub zapisem Unicode.',
      'Names of files differ only by case or Unicode form.',
    ],
    ASK_PRODUCER,
  ],
  PACKAGE_TOP_FOLDER: [
    'warning',
    ['Nad folderami paczki jest jeszcze jeden folder.', 'There is a folder above those of the package.'],
    ASK_PRODUCER,
  ],
  PACKAGE_NOT_A_FILE: [
    'error',
    [
      'W paczce jest dowiązanie albo urządzenie ({type}); pominięto je.',
      'The package holds a link or device ({type}); it was left out.',
    ],
    ASK_PRODUCER,
  ],
  PACKAGE_EXTENSION: [
    'info',
    [
      'Rozszerzenie „{extension}” nie mówi, czym jest paczka ({found}).',
      'Extension “{extension}” does not say what the package is ({found}).',
    ],
    NOTHING,
  ],
  PACKAGE_TRUNCATED: [
    'error',
    ['Paczka urywa się w środku pliku.', 'The package ends in the middle of a file.'],
    EXPORT_AGAIN,
  ],
  PACKAGE_NO_END: ['warning', ['Paczka TAR nie ma znacznika końca.', 'The TAR has no end mark.'], EXPORT_AGAIN],
  PACKAGE_FOLDER_MISSING: [
    'error',
    ['W paczce nie ma folderu „{folder}”.', 'The package has no folder “{folder}”.'],
    ASK_PRODUCER,
  ],
  PACKAGE_EXTRA_FILE: [
    'warning',
    [
      'W paczce jest plik poza folderami dokumenty, metadane i sprawy.',
      'The package has a file outside dokumenty, metadane and sprawy.',
    ],
    ASK_PRODUCER,
  ],
  PACKAGE_METADATA_MISSING: [
    'error',
    ['Dokument nie ma pliku metadanych.', 'A document has no metadata file.'],
    ASK_PRODUCER,
  ],
  PACKAGE_DOCUMENT_MISSING: [
    'error',
    ['Plik metadanych nie ma dokumentu.', 'A metadata file has no document.'],
    EXPORT_AGAIN,
  ],
  PACKAGE_XML_BROKEN: [
    'error',
    ['Plik XML jest niepoprawny ({reason}); pominięto go.', 'The XML file is broken ({reason}); it was left out.'],
    EXPORT_AGAIN,
  ],
  PACKAGE_XML_REFUSED: [
    'error',
    ['Plik XML jest niebezpieczny ({reason}); pominięto go.', 'The XML file is unsafe ({reason}); it was left out.'],
    ASK_PRODUCER,
  ],
  PACKAGE_XML_LENIENT: [
    'info',
    [
      'Plik XML odbiega od wzorca ({reason}); odczytano go.',
      'The XML file differs from the pattern ({reason}); it was read.',
    ],
    NOTHING,
  ],
  PACKAGE_XML_INVALID: [
    'error',
    [
      'Plik XML jest niezgodny ze schematem {schema}: {reason} (element {element}).',
      'The XML file does not follow schema {schema}: {reason} (element {element}).',
    ],
    ASK_PRODUCER,
  ],
  PACKAGE_CASE_MISSING: [
    'error',
    ['Dokument należy do sprawy, której nie ma w paczce.', 'A document belongs to a case that is not in the package.'],
    EXPORT_AGAIN,
  ],
  PACKAGE_GROUP_MISSING: [
    'error',
    [
      'Dokument nie należy do żadnej sprawy (brak grupowania „znak sprawy”).',
      'A document belongs to no case (no group “znak sprawy”).',
    ],
    ASK_PRODUCER,
  ],
  PACKAGE_RELATION_OPEN: [
    'warning',
    [
      'Relacja „{type}” wskazuje dokument, którego nie ma w paczce.',
      'Relation “{type}” names a document that is not in the package.',
    ],
    EXPORT_AGAIN,
  ],
  PACKAGE_RECEIPT_ALONE: [
    'warning',
    ['Poświadczenie odbioru nie wskazuje swojego pisma.', 'A receipt does not name its letter.'],
    ASK_PRODUCER,
  ],
  PACKAGE_SIZE_MISMATCH: [
    'error',
    [
      'Plik ma {found} bajtów, a metadane podają {expected}.',
      'The file has {found} bytes, the metadata say {expected}.',
    ],
    EXPORT_AGAIN,
  ],
  PACKAGE_OBJECT_REPEATED: [
    'info',
    [
      'Sprawa lub dokument jest też w nowszej paczce; liczy się nowsza.',
      'A case or document is in a newer package too; the newer counts.',
    ],
    NOTHING,
  ],
  PACKAGE_CHECKSUM_MISMATCH: [
    'error',
    [
      'Suma kontrolna paczki różni się od zapisanej w pliku obok.',
      'The checksum of the package differs from the one in the side file.',
    ],
    EXPORT_AGAIN,
  ],
  PACKAGE_SIGNATURE_MISMATCH: [
    'error',
    [
      'Podpis zewnętrzny nie pasuje do pliku, który podpisuje ({reason}).',
      'A detached signature does not fit the file it signs ({reason}).',
    ],
    EXPORT_AGAIN,
  ],
} as const satisfies Record<string, Texts>;

/** Codes of what is said about packages: leniencies used, things refused, checks not met. */
export type PackageCode = keyof typeof TEXTS;

/** What these speak of is not read: `run` keeps it out, and counts it. */
const LEFT_OUT: ReadonlySet<PackageCode> = new Set([
  'PACKAGE_METADATA_MISSING',
  'PACKAGE_XML_BROKEN',
  'PACKAGE_XML_REFUSED',
]);
export const packageSeverity = (code: PackageCode): Severity => TEXTS[code][0];
export const packageEffect = (code: PackageCode): Effect => (LEFT_OUT.has(code) ? 'reject' : 'load');

/** The value is a path in the package, which may hold a name: masked. */
export const PACKAGE_CODES: readonly CodeEntry[] = Object.entries<Texts>(TEXTS).map(
  ([code, [severity, message, hint]]) => ({
    code,
    area: 'source',
    origin: 'source',
    severity,
    effect: packageEffect(code as PackageCode),
    message: { pl: message[0], en: message[1] },
    hint: { pl: hint[0], en: hint[1] },
    personal: 'text',
  }),
);

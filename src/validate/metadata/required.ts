import type { CodeEntry } from '../../core/code-entry.ts';
import type { TargetValue } from '../../core/record.ts';
import { entries } from '../entries.ts';
import type { Rule, RuleColumnSpec, RuleExample } from '../rule.ts';

const source = {
  text: 'instrukcja kancelaryjna, § 27 i zał. nr 2: spis spraw i metadane (Dz.U. 2011 nr 14 poz. 67)',
  read: true,
} as const;

const codes = entries(
  { area: 'metadata', origin: 'record', effect: 'load', source },
  {
    CASE_METADATA_MISSING: [
      'error',
      [
        'Brak danej wymaganej w spisie spraw i metadanych sprawy.',
        'Something that the case list and the metadata of a case require is missing.',
      ],
      [
        'Uzupełnij korektą: znak, tytuł, numer, datę założenia, prowadzącego lub założyciela.',
        'Add it by a correction: sign, title, number, date opened, leader or founder.',
      ],
    ],
    INCOMING_METADATA_MISSING: [
      'error',
      [
        'Brak danej wymaganej w metadanych pisma wpływającego.',
        'Something that the metadata of an incoming letter require is missing.',
      ],
      [
        'Uzupełnij korektą: datę na piśmie, datę wpływu, datę rejestracji, numer, tytuł.',
        'Add it by a correction: date on the letter, date of arrival, date registered, number, title.',
      ],
    ],
    INCOMING_SENDER_MISSING: [
      'error',
      ['Przesyłka wpływająca nie ma nadawcy.', 'An incoming letter has no sender.'],
      [
        'Wpisz nadawcę; pismo bez podpisu ma nadawcę „anonim”.',
        'Enter the sender; an unsigned letter has the sender "anonim".',
      ],
    ],
    OUTGOING_METADATA_MISSING: [
      'error',
      [
        'Brak danej wymaganej w metadanych pisma wychodzącego.',
        'Something that the metadata of an outgoing letter require is missing.',
      ],
      [
        'Uzupełnij korektą: adresata, datę, sposób wysyłki.',
        'Add it by a correction: addressee, date, way of sending.',
      ],
    ],
    DOCUMENT_METADATA_MISSING: [
      'error',
      ['Brak danej wymaganej w metadanych dokumentu.', 'Something that the metadata of a document require is missing.'],
      [
        'Uzupełnij korektą: tytuł, autora, datę włączenia do akt, dostęp.',
        'Add it by a correction: title, author, date put into the files, access.',
      ],
    ],
    ADDRESS_METADATA_MISSING: [
      'error',
      [
        'Adres nie ma miejscowości lub kraju, których wymagają metadane pisma.',
        'The address lacks the town or country that the metadata of a letter require.',
      ],
      ['Uzupełnij adres w bazie adresatów.', 'Complete the address in the address book.'],
    ],
  },
);

/** Columns of which at least one must be filled; the finding names the first. */
interface Need {
  readonly code: string;
  readonly anyOf: readonly string[];
}

/** A rule "these must not be empty". A need whose columns the mapping leaves out altogether is not tested. */
function requiredRule(
  name: string,
  doc: Rule['doc'],
  columns: Readonly<Record<string, RuleColumnSpec>>,
  needs: readonly Need[],
  examples: readonly RuleExample[],
): Rule {
  const own = new Set(needs.map((need) => need.code));
  return {
    name,
    doc,
    columns,
    codes: codes.filter((entry: CodeEntry) => own.has(entry.code)),
    examples,
    bind: (use) => {
      const bound = needs
        .map((need) => ({ code: need.code, at: need.anyOf.map((column) => use.at(column)).filter((i) => i >= 0) }))
        .filter((need) => need.at.length > 0);
      return (values, report) => {
        for (let i = 0; i < bound.length; i++) {
          const need = bound[i]!;
          if (allEmpty(values, need.at)) report(need.code, need.at[0]!);
        }
      };
    },
  };
}

function allEmpty(values: readonly TargetValue[], at: readonly number[]): boolean {
  for (let i = 0; i < at.length; i++) {
    const value = values[at[i]!];
    if (value !== null && value !== undefined && value !== '' && value !== false) return false;
  }
  return true;
}

const text = (column: string): RuleColumnSpec => ({ default: column, optional: true, takes: 'text' });
const key = (column: string): RuleColumnSpec => ({ default: column, optional: true, takes: 'key' });
const instant = (column: string): RuleColumnSpec => ({ default: column, optional: true, takes: 'instant' });
const need = (code: string, ...anyOf: string[]): Need => ({ code, anyOf });

const CASE = { znak: 'ABC.123.7.2020', tytul: 'Wniosek o wpis', lp: 7, prowadzacy: 5, zalozyciel: null } as const;

/** What the case list (§ 27) and the metadata of a case require. */
export const caseMetadata: Rule = requiredRule(
  'metadaneSprawy',
  {
    pl: 'Wymagane dane sprawy: znak, tytuł, numer, data założenia, prowadzący lub założyciel.',
    en: 'Required data of a case: sign, title, number, date opened, leader or founder.',
  },
  {
    znak: text('znak'),
    tytul: text('tytul'),
    lp: { default: 'lp', optional: true, takes: 'integer' },
    prowadzacy: key('id_pracownik_prowadzacy'),
    zalozyciel: key('id_pracownik_inicjator'),
    rejestracja: instant('data_rejestracji'),
    wszczecie: instant('data_wszczecia'),
  },
  [
    need('CASE_METADATA_MISSING', 'znak'),
    need('CASE_METADATA_MISSING', 'tytul'),
    need('CASE_METADATA_MISSING', 'lp'),
    need('CASE_METADATA_MISSING', 'prowadzacy', 'zalozyciel'),
    need('CASE_METADATA_MISSING', 'rejestracja', 'wszczecie'),
  ],
  [
    { record: { ...CASE, rejestracja: '2020-03-01' }, says: [] },
    { record: { ...CASE, rejestracja: null, wszczecie: '2020-03-01' }, says: [] },
    { record: { ...CASE, tytul: '' }, says: ['CASE_METADATA_MISSING'] },
    { record: { ...CASE, prowadzacy: null }, says: ['CASE_METADATA_MISSING'] },
    { record: { ...CASE, prowadzacy: null, zalozyciel: 6 }, says: [] },
    { record: { ...CASE, lp: null, rejestracja: null }, says: ['CASE_METADATA_MISSING', 'CASE_METADATA_MISSING'] },
  ],
);

const LETTER = { numer: 'RPW/217/2019', tytul: 'Wniosek', wplyw: '2019-01-30', rejestracja: '2019-01-30' } as const;

/** What the metadata of an incoming letter require. */
export const incomingMetadata: Rule = requiredRule(
  'metadaneWplywu',
  {
    pl: 'Wymagane dane przesyłki wpływającej: nadawca, data na piśmie, data wpływu i rejestracji, numer, tytuł.',
    en: 'Required data of an incoming letter: sender, date on it, date of arrival and of registration, number, title.',
  },
  {
    nadawca: text('nadawca_nazwa'),
    adresat: key('id_adresat'),
    dataPisma: text('data_pisma_tekst'),
    brakDaty: { optional: true, takes: 'boolean' },
    wplyw: instant('data_wplywu'),
    rejestracja: instant('data_rejestracji'),
    numer: text('znak_wplywu'),
    tytul: text('tytul'),
  },
  [
    need('INCOMING_SENDER_MISSING', 'nadawca', 'adresat'),
    need('INCOMING_METADATA_MISSING', 'dataPisma', 'brakDaty'),
    need('INCOMING_METADATA_MISSING', 'wplyw'),
    need('INCOMING_METADATA_MISSING', 'rejestracja'),
    need('INCOMING_METADATA_MISSING', 'numer'),
    need('INCOMING_METADATA_MISSING', 'tytul'),
  ],
  [
    { record: { ...LETTER, nadawca: 'Anna Przykładowa', adresat: null, dataPisma: '2019' }, says: [] },
    { record: { ...LETTER, nadawca: null, adresat: 5, dataPisma: null, brakDaty: true }, says: [] },
    { record: { ...LETTER, nadawca: null, adresat: null }, says: ['INCOMING_SENDER_MISSING'] },
    { record: { ...LETTER, adresat: 5, dataPisma: null }, says: ['INCOMING_METADATA_MISSING'] },
    { record: { ...LETTER, adresat: 5, tytul: null }, says: ['INCOMING_METADATA_MISSING'] },
  ],
);

/** What the metadata of an outgoing letter require. */
export const outgoingMetadata: Rule = requiredRule(
  'metadaneWychodzacej',
  {
    pl: 'Wymagane dane przesyłki wychodzącej: adresat, data, sposób wysyłki.',
    en: 'Required data of an outgoing letter: addressee, date, way of sending.',
  },
  {
    adresat: key('id_adresat'),
    nazwa: text('adresat_nazwa'),
    rejestracja: instant('data_rejestracji'),
    wyslanie: instant('data_wyslania'),
    kanal: text('kanal'),
  },
  [
    need('OUTGOING_METADATA_MISSING', 'adresat', 'nazwa'),
    need('OUTGOING_METADATA_MISSING', 'rejestracja', 'wyslanie'),
    need('OUTGOING_METADATA_MISSING', 'kanal'),
  ],
  [
    { record: { adresat: 5, nazwa: null, rejestracja: '2019-01-30', kanal: 'papier' }, says: [] },
    { record: { adresat: null, nazwa: null, kanal: 'papier' }, says: ['OUTGOING_METADATA_MISSING'] },
    { record: { adresat: 5, kanal: null }, says: ['OUTGOING_METADATA_MISSING'] },
  ],
);

/** What the metadata of every document require. */
export const documentMetadata: Rule = requiredRule(
  'metadaneDokumentu',
  {
    pl: 'Wymagane dane dokumentu: tytuł lub nazwa, autor, data włączenia do akt, dostęp.',
    en: 'Required data of a document: title or name, author, date put into the files, access.',
  },
  {
    tytul: text('tytul'),
    nazwa: text('nazwa'),
    autor: key('id_pracownik_autor'),
    utworzenie: instant('data_utworzenia'),
    dostep: text('dostep'),
  },
  [
    need('DOCUMENT_METADATA_MISSING', 'tytul', 'nazwa'),
    need('DOCUMENT_METADATA_MISSING', 'autor'),
    need('DOCUMENT_METADATA_MISSING', 'utworzenie'),
    need('DOCUMENT_METADATA_MISSING', 'dostep'),
  ],
  [
    {
      record: { tytul: null, nazwa: 'skan.pdf', autor: 5, utworzenie: '2019-01-30', dostep: 'niepubliczny' },
      says: [],
    },
    { record: { tytul: 'Notatka', autor: null }, says: ['DOCUMENT_METADATA_MISSING'] },
    { record: { tytul: 'Notatka', dostep: null }, says: ['DOCUMENT_METADATA_MISSING'] },
  ],
);

/** Town and country of an address that letters use. */
export const addressMetadata: Rule = requiredRule(
  'metadaneAdresu',
  { pl: 'Adres z miejscowością i krajem.', en: 'An address with town and country.' },
  { miejscowosc: text('miejscowosc'), kraj: text('kraj'), krajZrodla: text('kraj_zrodla') },
  [need('ADDRESS_METADATA_MISSING', 'miejscowosc'), need('ADDRESS_METADATA_MISSING', 'kraj', 'krajZrodla')],
  [
    { record: { miejscowosc: 'Przykładowo', kraj: 'PL' }, says: [] },
    { record: { miejscowosc: null, kraj: 'PL' }, says: ['ADDRESS_METADATA_MISSING'] },
    { record: { miejscowosc: 'Przykładowo', kraj: null, krajZrodla: '' }, says: ['ADDRESS_METADATA_MISSING'] },
  ],
);

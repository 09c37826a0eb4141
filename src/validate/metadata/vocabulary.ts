import { entries } from '../entries.ts';
import { type Rule, textCheck, textOf } from '../rule.ts';

/** Values of access in the store. */
export const ACCESS_VALUES = ['publiczny_w_calosci', 'publiczny_czesciowo', 'niepubliczny'] as const;

/** DCMI types of the metadata annex. */
export const DCMI_TYPES = [
  'Collection',
  'Dataset',
  'MovingImage',
  'PhysicalObject',
  'Software',
  'Sound',
  'StillImage',
  'Text',
] as const;

/** True for an identifier of a document: no space and none of `\ / * ? : = , ;`. */
export const isDocumentId = (text: string): boolean => /^[^\s\\/*?:=,;]+$/.test(text);

const source = { text: 'instrukcja kancelaryjna, zał. nr 2: metadane (Dz.U. 2011 nr 14 poz. 67)', read: true } as const;
const base = { area: 'metadata', origin: 'record', effect: 'load', personal: 'none', source } as const;

const codes = entries(base, {
  DOCUMENT_ID_FORM: [
    'error',
    [
      'Identyfikator dokumentu zawiera odstęp albo znak \\ / * ? : = , ;',
      'The identifier of the document holds a space or one of \\ / * ? : = , ;',
    ],
    [
      'Użyj identyfikatora nadanego przez system; numer RPW identyfikatorem nie jest.',
      'Use the identifier given by the system; an RPW number is none.',
    ],
  ],
  ACCESS_UNKNOWN: [
    'warning',
    ['Nieznany rodzaj dostępu; przyjęto niepubliczny.', 'Unknown kind of access; taken as not public.'],
    [
      'Dopisz ten rodzaj do tabeli przekodowań, jeżeli dokument jest publiczny.',
      'Add the kind to the look-up table if the document is public.',
    ],
    { effect: 'change', repairs: true },
  ],
  DCMI_TYPE_UNKNOWN: [
    'error',
    ['Typ dokumentu spoza listy DCMI.', 'A type that is not in the DCMI list.'],
    ['Dozwolone: {allowed}. Zwykłe pismo to Text.', 'Allowed: {allowed}. An ordinary letter is Text.'],
  ],
});

/** Identifier of a document, where a mapping names such a column. */
export const documentId: Rule = {
  name: 'identyfikatorDokumentu',
  doc: { pl: 'Identyfikator dokumentu bez odstępów i znaków \\ / * ? : = , ;', en: 'Identifier of a document.' },
  columns: { identyfikator: { default: 'identyfikator', takes: 'text' } },
  codes: codes.slice(0, 1),
  examples: [
    { record: { identyfikator: '2949240_2867177' }, says: [] },
    { record: { identyfikator: 'E161491121.xml' }, says: [] },
    { record: { identyfikator: 'RPW/217/2019' }, says: ['DOCUMENT_ID_FORM'] },
    { record: { identyfikator: 'a b' }, says: ['DOCUMENT_ID_FORM'] },
  ],
  bind: textCheck('identyfikator', (text) => (isDocumentId(text) ? null : 'DOCUMENT_ID_FORM')),
};

/** Access to a document; what is not known is taken as not public. */
export const access: Rule = {
  name: 'dostep',
  doc: {
    pl: 'Dostęp: publiczny w całości, publiczny częściowo, niepubliczny; nieznany staje się niepubliczny.',
    en: 'Access: public, partly public, not public; an unknown one becomes not public.',
  },
  columns: {
    dostep: { default: 'dostep', takes: 'text' },
    zrodlo: { default: 'dostep_zrodla', optional: true, takes: 'text' },
  },
  codes: codes.slice(1, 2),
  examples: [
    { record: { dostep: 'publiczny_w_calosci', zrodlo: 'Publiczny' }, says: [] },
    { record: { dostep: 'niepubliczny' }, says: [] },
    { record: { dostep: null, zrodlo: null }, says: [] },
    { record: { dostep: 'tajny' }, says: ['ACCESS_UNKNOWN'], becomes: { dostep: 'niepubliczny' } },
    { record: { dostep: null, zrodlo: 'tajny' }, says: ['ACCESS_UNKNOWN'], becomes: { dostep: 'niepubliczny' } },
  ],
  bind: (use) => {
    const index = use.at('dostep');
    const origin = use.at('zrodlo');
    return (values, report) => {
      const text = textOf(values[index]) ?? (origin < 0 ? null : textOf(values[origin]));
      if (text === null || text === '') return;
      const known = values[index] !== null && (ACCESS_VALUES as readonly string[]).includes(text);
      if (!known) report('ACCESS_UNKNOWN', index, undefined, 'niepubliczny');
    };
  },
};

/** DCMI type of a document, where a mapping names such a column. */
export const dcmiType: Rule = {
  name: 'typDcmi',
  doc: { pl: 'Typ dokumentu z listy DCMI.', en: 'Type of a document from the DCMI list.' },
  columns: { typ: { default: 'typ_dcmi', takes: 'text' } },
  codes: codes.slice(2),
  examples: [
    { record: { typ: 'Text' }, says: [] },
    { record: { typ: 'StillImage' }, says: [] },
    { record: { typ: 'tekst' }, says: ['DCMI_TYPE_UNKNOWN'] },
  ],
  bind: (use) => {
    const index = use.at('typ');
    const allowed = DCMI_TYPES.join(', ');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '' || (DCMI_TYPES as readonly string[]).includes(text)) return;
      report('DCMI_TYPE_UNKNOWN', index, { allowed });
    };
  },
};

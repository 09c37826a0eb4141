import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';
import { isDigits } from './digits.ts';

const TERC = /^(0[2468]|[12][02468]|3[02])\d{4}[1234589]$/;

/** True for a TERC code WWPPGGR by its form; that the unit exists needs the register. */
export const isTerc = (text: string): boolean => TERC.test(text);
export const isSimc = (text: string): boolean => isDigits(text, 7);
export const isUlic = (text: string): boolean => isDigits(text, 5);

const source = {
  text: 'rozporządzenie Rady Ministrów z dnia 15 grudnia 1998 r. w sprawie TERYT (Dz.U. 1998 nr 157 poz. 1031)',
  read: false,
} as const;
const hint = [
  'Popraw kod według rejestru TERYT; trzymaj go jako tekst, bo kolumna liczbowa gubi zera z przodu.',
  'Correct the code from the TERYT register; keep it as text, since a number column loses leading zeros.',
] as const;

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'none', source },
  {
    TERC_FORM: [
      'error',
      ['Kod TERC nie ma postaci WWPPGGR (7 cyfr).', 'The TERC code is not of the form WWPPGGR (seven digits).'],
      hint,
    ],
    SIMC_FORM: ['error', ['Kod SIMC nie ma 7 cyfr.', 'The SIMC code is not seven digits.'], hint],
    ULIC_FORM: ['error', ['Kod ULIC nie ma 5 cyfr.', 'The ULIC code is not five digits.'], hint],
  },
);

/** TERYT code of a gmina. */
export const terc: Rule = {
  name: 'terc',
  doc: { pl: 'Kod TERC gminy: 7 cyfr WWPPGGR.', en: 'TERC code of a gmina: seven digits WWPPGGR.' },
  columns: { terc: { default: 'terc', takes: 'text' } },
  codes: codes.slice(0, 1),
  examples: [
    { record: { terc: '2061011' }, says: [] },
    { record: { terc: '1465011' }, says: [] },
    { record: { terc: '0161011' }, says: ['TERC_FORM'] },
    { record: { terc: '2061017' }, says: ['TERC_FORM'] },
    { record: { terc: '206101' }, says: ['TERC_FORM'] },
  ],
  bind: textCheck('terc', (text) => (isTerc(text) ? null : 'TERC_FORM')),
};

/** TERYT code of a place. */
export const simc: Rule = {
  name: 'simc',
  doc: { pl: 'Kod SIMC miejscowości: 7 cyfr.', en: 'SIMC code of a place: seven digits.' },
  columns: { simc: { default: 'simc', takes: 'text' } },
  codes: codes.slice(1, 2),
  examples: [
    { record: { simc: '0922410' }, says: [] },
    { record: { simc: '922410' }, says: ['SIMC_FORM'] },
  ],
  bind: textCheck('simc', (text) => (isSimc(text) ? null : 'SIMC_FORM')),
};

/** TERYT code of a street. */
export const ulic: Rule = {
  name: 'ulic',
  doc: { pl: 'Kod ULIC ulicy: 5 cyfr.', en: 'ULIC code of a street: five digits.' },
  columns: { ulic: { default: 'ulic', takes: 'text' } },
  codes: codes.slice(2),
  examples: [
    { record: { ulic: '10234' }, says: [] },
    { record: { ulic: '1023A' }, says: ['ULIC_FORM'] },
  ],
  bind: textCheck('ulic', (text) => (isUlic(text) ? null : 'ULIC_FORM')),
};

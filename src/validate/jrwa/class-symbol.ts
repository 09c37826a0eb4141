import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';

/** True for the symbol of a class in a decimal plan: one to four digits, kept as text (`014` is not `14`). */
export const isClassSymbol = (text: string): boolean => /^\d{1,4}$/.test(text);

/** Symbol of the class above (`4131` → `413`), or null for a main class. */
export const parentClass = (symbol: string): string | null => (symbol.length > 1 ? symbol.slice(0, -1) : null);

/** Code of what is wrong with the symbol of a class, or null. */
export function classSymbolFault(text: string): string | null {
  if (isClassSymbol(text)) return null;
  return /^\d{5}$/.test(text) ? 'CLASS_FIVE_DIGITS' : 'CLASS_FORM';
}

const source = {
  text: 'instrukcja kancelaryjna i jednolity rzeczowy wykaz akt (zał. nr 1–5 do rozporządzenia z dnia 18 stycznia 2011 r., Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'jrwa', origin: 'record', effect: 'load', personal: 'none', source },
  {
    CLASS_FORM: [
      'error',
      ['Symbol klasy nie składa się z 1–4 cyfr.', 'The symbol of the class is not one to four digits.'],
      ['Popraw symbol według wykazu akt tego roku.', "Correct the symbol from that year's classification plan."],
    ],
    CLASS_FIVE_DIGITS: [
      'warning',
      ['Symbol klasy ma pięć cyfr.', 'The symbol of the class has five digits.'],
      [
        'Nic nie trzeba robić, jeżeli wykaz akt urzędu tak głęboko sięga.',
        "Nothing to do if the office's plan goes that deep.",
      ],
    ],
  },
);

/** Symbol of a class of the JRWA. */
export const classSymbol: Rule = {
  name: 'klasaJrwa',
  doc: { pl: 'Symbol klasy JRWA: 1–4 cyfry.', en: 'Symbol of a class of the classification plan: one to four digits.' },
  columns: { symbol: { default: 'symbol', takes: 'text' } },
  codes,
  examples: [
    { record: { symbol: '0' }, says: [] },
    { record: { symbol: '01' }, says: [] },
    { record: { symbol: '014' }, says: [] },
    { record: { symbol: '4131' }, says: [] },
    { record: { symbol: '41311' }, says: ['CLASS_FIVE_DIGITS'] },
    { record: { symbol: 'A12' }, says: ['CLASS_FORM'] },
    { record: { symbol: '12.3' }, says: ['CLASS_FORM'] },
    { record: { symbol: '014 ' }, says: ['CLASS_FORM'] },
    { record: { symbol: '123456' }, says: ['CLASS_FORM'] },
  ],
  bind: textCheck('symbol', classSymbolFault),
};

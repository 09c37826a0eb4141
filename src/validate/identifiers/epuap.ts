import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';

const ADDRESS = /^\/([A-Za-z0-9._-]{1,100})\/[A-Za-z0-9._ -]{1,200}$/;

/** True for `/podmiot/skrytka`. */
export const isEpuapAddress = (text: string): boolean => ADDRESS.test(text);

/** The entity of an ePUAP address (`/podmiot/skrytka` → `podmiot`), or null. */
export const epuapEntity = (address: string): string | null => ADDRESS.exec(address)?.[1] ?? null;

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'number' },
  {
    EPUAP_FORM: [
      'error',
      ['Adres skrytki ePUAP nie ma postaci /podmiot/skrytka.', 'The ePUAP address is not of the form /entity/box.'],
      ['Popraw adres w bazie adresatów.', 'Correct the address in the address book.'],
    ],
    EPUAP_ENTITY_MISMATCH: [
      'warning',
      [
        'Podmiot w adresie skrytki ePUAP jest inny niż identyfikator ePUAP adresata.',
        "The entity in the ePUAP address differs from the addressee's ePUAP identifier.",
      ],
      ['Sprawdź, do kogo należy skrytka.', 'Check whose box it is.'],
    ],
  },
);

/** ePUAP address `/podmiot/skrytka`, and that its entity is the addressee's. */
export const epuapAddress: Rule = {
  name: 'adresEpuap',
  doc: {
    pl: 'Adres skrytki ePUAP /podmiot/skrytka, zgodny z identyfikatorem ePUAP adresata.',
    en: "ePUAP address /entity/box that agrees with the addressee's ePUAP identifier.",
  },
  columns: {
    adres: { default: 'skrytka', takes: 'text' },
    identyfikator: { default: 'identyfikator', optional: true, takes: 'text' },
  },
  codes,
  examples: [
    { record: { adres: '/urzadtestowy/SkrytkaESP' }, says: [] },
    { record: { adres: '/4868hwsklk/zzzezdtest' }, says: [] },
    { record: { adres: '/urzadtestowy/SkrytkaESP', identyfikator: 'UrzadTestowy' }, says: [] },
    { record: { adres: 'urzadtestowy/SkrytkaESP' }, says: ['EPUAP_FORM'] },
    { record: { adres: '/urzadtestowy' }, says: ['EPUAP_FORM'] },
    { record: { adres: '//SkrytkaESP' }, says: ['EPUAP_FORM'] },
    { record: { adres: '/urzadtestowy/SkrytkaESP', identyfikator: 'innyurzad' }, says: ['EPUAP_ENTITY_MISMATCH'] },
  ],
  bind: (use) => {
    const address = use.at('adres');
    const identifier = use.at('identyfikator');
    return (values, report) => {
      const text = textOf(values[address]);
      if (text === null || text === '') return;
      const entity = epuapEntity(text);
      if (entity === null) return report('EPUAP_FORM', address);
      const known = identifier < 0 ? null : textOf(values[identifier]);
      if (known !== null && known !== '' && known.toLowerCase() !== entity.toLowerCase()) {
        report('EPUAP_ENTITY_MISMATCH', address);
      }
    };
  },
};

import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';

const ADDRESS = /^AE:PL-(\d{5})-(\d{5})-([A-Z]{5})-(\d{2})$/;

/**
 * The two check digits of an e-Doręczenia address: sum of the decimal digits of |letters − numbers|. The algorithm is known from one public code base only,
 * so a difference is a warning.
 */
export function eDeliveryCheckDigits(first: string, second: string, letters: string): string {
  let sum = 0;
  for (let i = 0; i < letters.length; i++) sum += letters.charCodeAt(i);
  let rest = Math.abs(sum - Number(first) - Number(second));
  let digits = 0;
  for (; rest > 0; rest = Math.floor(rest / 10)) digits += rest % 10;
  return String(digits).padStart(2, '0');
}

/** Code of what is wrong with an e-Doręczenia address (ADE), or null. */
export function eDeliveryFault(text: string): string | null {
  const parts = ADDRESS.exec(text);
  if (parts === null) return 'EDELIVERY_FORM';
  return eDeliveryCheckDigits(parts[1]!, parts[2]!, parts[3]!) === parts[4] ? null : 'EDELIVERY_CHECKSUM';
}

const source = {
  text: 'ustawa z dnia 18 listopada 2020 r. o doręczeniach elektronicznych; EZD RP Integrator API v2 (AE:PL-XXXXX-XXXXX-YYYYY-ZZ)',
  read: false,
} as const;

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'number', source },
  {
    EDELIVERY_FORM: [
      'error',
      [
        'Adres do doręczeń elektronicznych nie ma postaci AE:PL-12345-67890-ABCDE-12.',
        'The e-Doręczenia address is not of the form AE:PL-12345-67890-ABCDE-12.',
      ],
      [
        'Popraw adres według bazy adresów elektronicznych.',
        'Correct the address from the base of electronic addresses.',
      ],
    ],
    EDELIVERY_CHECKSUM: [
      'warning',
      [
        'Cyfry kontrolne adresu do doręczeń elektronicznych się nie zgadzają.',
        'The check digits of the e-Doręczenia address are wrong.',
      ],
      [
        'Porównaj adres z bazą adresów elektronicznych; bywa, że to adres przykładowy.',
        'Compare with the base of electronic addresses; sometimes it is a placeholder.',
      ],
    ],
  },
);

/** e-Doręczenia address (ADE): form and check digits. */
export const eDeliveryAddress: Rule = {
  name: 'adresDoreczen',
  doc: {
    pl: 'Adres do doręczeń elektronicznych (ADE): postać i cyfry kontrolne.',
    en: 'e-Doręczenia address (ADE): form and check digits.',
  },
  columns: { adres: { default: 'ade', takes: 'text' } },
  codes,
  examples: [
    { record: { adres: 'AE:PL-12345-67890-ABCDE-25' }, says: [] },
    { record: { adres: 'AE:PL-11111-22222-ZZZZZ-24' }, says: [] },
    { record: { adres: 'AE:PL-12345-67890-ABCDE-12' }, says: ['EDELIVERY_CHECKSUM'] },
    { record: { adres: 'ae:pl-12345-67890-abcde-25' }, says: ['EDELIVERY_FORM'] },
    { record: { adres: 'AE:PL-1234-67890-ABCDE-25' }, says: ['EDELIVERY_FORM'] },
  ],
  bind: textCheck('adres', eDeliveryFault),
};

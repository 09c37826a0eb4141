import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eDeliveryCheckDigits, eDeliveryFault } from '../../src/validate/identifiers/e-delivery.ts';
import { splitEmails } from '../../src/validate/identifiers/email.ts';
import { epuapEntity } from '../../src/validate/identifiers/epuap.ts';
import { nipCheckDigit, nipFault } from '../../src/validate/identifiers/nip.ts';
import { peselBirthDate, peselCheckDigit, peselFault } from '../../src/validate/identifiers/pesel.ts';
import { regonCheckDigit, regonFault, regonLongCheckDigit } from '../../src/validate/identifiers/regon.ts';

const FAR = 23000101;
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const birthDates = fc.date({ min: new Date('1800-01-01'), max: new Date('2299-12-31'), noInvalidDate: true });

/** First ten digits of the PESEL of somebody born on that day. */
const peselStart = (born: Date, series: number): string => {
  const offset = { 18: 80, 19: 0, 20: 20, 21: 40, 22: 60 }[Math.floor(born.getUTCFullYear() / 100)]!;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = two(born.getUTCDate());
  return `${two(born.getUTCFullYear() % 100)}${two(born.getUTCMonth() + 1 + offset)}${day}${String(series).padStart(4, '0')}`;
};

/** The text with one digit changed. */
const changed = (text: string, index: number, by: number): string =>
  text.slice(0, index) + ((Number(text[index]) + by) % 10) + text.slice(index + 1);

describe('PESEL', () => {
  const pesels = fc
    .tuple(birthDates, fc.integer({ min: 0, max: 9999 }))
    .map(([born, series]) => peselStart(born, series))
    .map((start) => `${start}${peselCheckDigit(start)}`);

  test('passes for any birth date of five centuries with its check digit', () => {
    fc.assert(fc.property(pesels, (pesel) => peselFault(pesel, FAR) === null));
  });

  test('fails when any one digit is changed', () => {
    fc.assert(
      fc.property(pesels, fc.nat(10), fc.integer({ min: 1, max: 9 }), (pesel, index, by) => {
        expect(['PESEL_CHECKSUM', 'PESEL_DATE']).toContain(peselFault(changed(pesel, index, by), FAR));
      }),
    );
  });

  test('tells the birth date of every century', () => {
    fc.assert(
      fc.property(birthDates, (born) => {
        const number = born.getUTCFullYear() * 10000 + (born.getUTCMonth() + 1) * 100 + born.getUTCDate();
        expect(peselBirthDate(`${peselStart(born, 1)}0`)).toBe(number);
      }),
    );
  });

  test('knows 29 February of leap years only', () => {
    expect(peselBirthDate('00222900000')).toBe(20000229);
    expect(peselBirthDate('00022900000')).toBe(0);
    expect(peselBirthDate('01222900000')).toBe(0);
  });
});

describe('NIP', () => {
  const nips = digits(9)
    .filter((start) => start[0] !== '0' && nipCheckDigit(start) < 10)
    .map((start) => `${start}${nipCheckDigit(start)}`);

  test('passes with its check digit, however it is written', () => {
    fc.assert(
      fc.property(nips, (nip) => {
        expect(nipFault(nip)).toBeNull();
        expect(nipFault(`PL${nip}`)).toBeNull();
        expect(nipFault(`${nip.slice(0, 3)}-${nip.slice(3, 6)}-${nip.slice(6, 8)}-${nip.slice(8)}`)).toBeNull();
      }),
    );
  });

  test('fails when any one digit is changed', () => {
    fc.assert(
      fc.property(
        nips,
        fc.nat(9),
        fc.integer({ min: 1, max: 9 }),
        (nip, index, by) => nipFault(changed(nip, index, by)) !== null,
      ),
    );
  });

  test('is never right when the remainder is ten', () => {
    fc.assert(
      fc.property(
        digits(9).filter((start) => nipCheckDigit(start) === 10),
        fc.nat(9),
        (start, digit) => nipFault(`${start}${digit}`) !== null,
      ),
    );
  });
});

describe('REGON', () => {
  const short = digits(8)
    .filter((start) => !/^0+$/.test(start))
    .map((start) => `${start}${regonCheckDigit(start)}`);
  const long = fc.tuple(short, digits(4)).map(([nine, local]) => `${nine}${local}`);

  test('passes with its check digits', () => {
    fc.assert(fc.property(short, (regon) => regonFault(regon) === null));
    fc.assert(fc.property(long, (start) => regonFault(`${start}${regonLongCheckDigit(start)}`) === null));
  });

  test('fails with another check digit', () => {
    fc.assert(
      fc.property(short, fc.integer({ min: 1, max: 9 }), (regon, by) => {
        expect(regonFault(changed(regon, 8, by))).toBe('REGON_CHECKSUM');
      }),
    );
  });
});

describe('e-Doręczenia address', () => {
  test('passes with the check digits computed from its letters and numbers', () => {
    const letters = fc.stringMatching(/^[A-Z]{5}$/);
    fc.assert(
      fc.property(digits(5), digits(5), letters, (a, b, c) => {
        expect(eDeliveryFault(`AE:PL-${a}-${b}-${c}-${eDeliveryCheckDigits(a, b, c)}`)).toBeNull();
      }),
    );
  });
});

describe('addresses', () => {
  test('of ePUAP name their entity', () => {
    expect(epuapEntity('/urzadtestowy/SkrytkaESP')).toBe('urzadtestowy');
    expect(epuapEntity('urzadtestowy')).toBeNull();
  });

  test('of e-mail joined by semicolons and commas come apart', () => {
    expect(splitEmails('a@example.pl; b@example.pl,c@example.pl;')).toEqual([
      'a@example.pl',
      'b@example.pl',
      'c@example.pl',
    ]);
  });
});

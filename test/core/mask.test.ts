import { describe, expect, test } from 'vitest';
import { fieldKind, maskFinding, maskValue, type PersonalKind } from '../../src/core/mask.ts';

describe('masking', () => {
  test.each<[PersonalKind, string, string]>([
    ['pesel', '99323100016', '9932*****16'],
    ['pesel', '9932310001', '99******01'],
    ['pesel', 'brak', '****'],
    ['name', 'Jan Maria Kowalski-Nowak', 'J. M. K. N.'],
    ['name', 'Żaneta', 'Ż.'],
    ['email', 'jan.kowalski@poczta.example.pl', 'j***@p***.pl'],
    ['email', 'bez malpy', 'b*******y'],
    ['number', '1234563218', '12******18'],
    ['number', '123', '***'],
    ['address', 'ul. Długa 5/7', 'u… D… *… (13)'],
    ['text', 'Wniosek Jana Kowalskiego o przydział lokalu', 'W… J… K… (43)'],
    ['none', 'ABC.123.77.2011', 'ABC.123.77.2011'],
    ['text', '', ''],
    ['text', '2011-02-30', '2011-02-30'],
    ['text', '600 000 000', '*… *… *… (11)'],
    ['address', '15213', '*… (5)'],
  ])('shows %s "%s" as "%s"', (kind, value, masked) => {
    expect(maskValue(kind, value)).toBe(masked);
  });

  test.each<[string | undefined, PersonalKind]>([
    ['pesel', 'pesel'],
    ['PESEL', 'pesel'],
    ['nip', 'number'],
    ['znak', 'none'],
    ['PoprzedniZnakSprawy', 'none'],
    ['DataRejestracji', 'none'],
    ['nazwisko', 'name'],
    ['NadawcaNazwa', 'name'],
    ['od_kogo', 'name'],
    ['adres_email', 'email'],
    ['AdresMailFax', 'email'],
    ['ulica', 'address'],
    ['kod_pocztowy', 'address'],
    ['numer_budynku', 'address'],
    ['SposobDostarczenia', 'none'],
    ['StatusKomunikat', 'text'],
    ['znak_na_pismie', 'none'],
    ['tytul', 'text'],
    ['nazwa', 'text'],
    ['uwagi', 'text'],
    [undefined, 'text'],
  ])('takes the column %s for %s', (column, kind) => {
    expect(fieldKind(column)).toBe(kind);
  });

  test('hides value and text parameters of a finding, but not names of ours and numbers', () => {
    const finding = {
      code: 'X',
      field: 'tytul',
      value: 'Jan Kowalski',
      params: { found: 'Jan', limit: 500, entity: 'sprawa', package: 'Sprawy_PUW.tar' },
    };
    expect(maskFinding(finding, () => undefined)).toEqual({
      code: 'X',
      field: 'tytul',
      value: 'J… K… (12)',
      params: { found: 'J… (3)', limit: 500, entity: 'sprawa', package: 'Sprawy_PUW.tar' },
    });
  });

  test('leaves a finding alone whose code holds no personal data', () => {
    const finding = { code: 'SIGN_FORM', field: 'tytul', value: 'ABC.1' };
    expect(maskFinding(finding, () => 'none')).toBe(finding);
  });
});

import type { RuleExample } from '../rule.ts';

const row = { klasa: '123', lp: 77, rok: 2011 } as const;

/** Signs and what is said about them. */
export const examples: readonly RuleExample[] = [
  { record: { znak: 'ABC.123.77.2011', ...row }, says: [] },
  { record: { znak: 'BI-I.014.11.2019', klasa: '014', lp: 11, rok: 2019 }, says: [] },
  { record: { znak: 'NPII.4131.1.815.2020', klasa: '4131', lp: 815, rok: 2020 }, says: [] },
  { record: { znak: '0401-TEST.000.2.2020' }, says: [] },
  { record: { znak: 'GN-III.7541.7.2018' }, says: [] },
  { record: { znak: 'ŁŻ.123.7.2018' }, says: [] },
  { record: { znak: 'ABC.123.78.2.2011', ...row, lp: 2 }, says: [] },
  { record: { znak: 'ABC.123.77.2011.JK2', ...row }, says: [] },
  { record: { znak: null }, says: [] },
  { record: { znak: 'ABC.12345.7.2018' }, says: ['SIGN_CLASS_FIVE_DIGITS'] },
  { record: { znak: 'ABC.123.077.2011', ...row }, says: ['SIGN_LEADING_ZERO'] },
  { record: { znak: 'ABC.123.77.11', ...row }, says: ['SIGN_SHORT_YEAR'] },
  { record: { znak: 'ABC.123.0.2011' }, says: ['SIGN_NUMBER_ZERO'] },
  { record: { znak: 'ABC.1.7.2011' }, says: ['SIGN_CLASS_ONE_DIGIT'] },
  { record: { znak: 'abc.123.77.2011', ...row }, says: ['SIGN_LOWER_CASE'], becomes: { znak: 'ABC.123.77.2011' } },
  { record: { znak: 'ABC. 123.77.2011', ...row }, says: ['SIGN_SPACE'], becomes: { znak: 'ABC.123.77.2011' } },
  { record: { znak: 'OR.III.0123.4.2015', klasa: '0123', lp: 4 }, says: ['SIGN_UNIT_DOT'] },
  { record: { znak: 'OR.I.0123/4/09' }, says: ['SIGN_LEGACY'] },
  { record: { znak: 'OR.I.0123/4/09', rok: 2009 }, says: ['SIGN_LEGACY'] },
  { record: { znak: 'ABC/123/77/2011', ...row }, says: ['SIGN_SLASHES'] },
  { record: { znak: 'sprawa nr 7' }, says: ['SIGN_FORM'] },
  { record: { znak: 'ABC.123.2011' }, says: ['SIGN_FORM'] },
  { record: { znak: 'ABC.123.77.1811' }, says: ['SIGN_FORM'] },
  { record: { znak: 'A_B.123.77.2011' }, says: ['SIGN_FORM'] },
  { record: { znak: 'ABC.123.77.2011', ...row, klasa: '124' }, says: ['SIGN_CLASS_MISMATCH'] },
  { record: { znak: 'ABC.014.77.2011', ...row, klasa: '14' }, says: ['SIGN_CLASS_MISMATCH'] },
  { record: { znak: 'ABC.123.77.2011', ...row, lp: 78 }, says: ['SIGN_NUMBER_MISMATCH'] },
  { record: { znak: 'ABC.123.78.2.2011', ...row, lp: 78 }, says: ['SIGN_NUMBER_MISMATCH'] },
  { record: { znak: 'ABC.123.77.2011', ...row, rok: 2012 }, says: ['SIGN_YEAR_MISMATCH'] },
  { record: { znak: 'ABC.123.77.11', ...row, rok: 2012 }, says: ['SIGN_SHORT_YEAR', 'SIGN_YEAR_MISMATCH'] },
  { record: { znak: 'ABC.123.78.2.2011', ...row, lp: 2, bazowa: 41 }, says: [] },
  { record: { znak: 'ABC.123.77.2011', ...row, bazowa: 41 }, says: ['SIGN_SUBNUMBER_MISSING'] },
];

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/transform/report.ts';
import { normaliser, trimText } from '../../src/transform/text/normalise.ts';
import { isPlainText, scanText } from '../../src/transform/text/scan.ts';

/** Any UTF-16 units, among them those that matter here more often than by chance. */
const units = fc.oneof(
  fc.constantFrom(' ', '  ', '\u00a0', '\u200b', '\ufeff', '\t', '\r\n', '\u0000', '\u0007', '\u007f', '\u0085'),
  fc.constantFrom(
    'ą',
    'o\u0301',
    '„',
    '”',
    '–',
    '€',
    '\ud800',
    '\udc00',
    '\u{1f600}',
    '\ufffd',
    '\uffff',
    'a',
    'Z',
    '1',
  ),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const text = fc.array(units, { maxLength: 30 }).map((parts) => parts.join(''));

const everything = { trim: true, collapse: true, nfc: true, singleLine: true, unixLines: false };

describe('laws of text', () => {
  test('the quick look and the close look agree on what is plain', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(isPlainText(value)).toBe(scanText(value) === 0);
      }),
      { numRuns: 3000 },
    );
  });

  test('what was normalised once is not changed again, holds nothing that cannot be stored, and every change was reported', () => {
    fc.assert(
      fc.property(text, (value) => {
        const codes: string[] = [];
        const report: Report = (code, _severity, effect) => codes.push(`${code} ${effect}`);
        const tidy = normaliser(everything, report);
        const once = tidy(value);
        expect(once === value || codes.some((code) => code.endsWith(' change'))).toBe(true);
        expect(once).not.toMatch(/[\u0000-\u001f\u007f\ufffe\uffff]| {2}/);
        expect(once.isWellFormed?.() ?? true).toBe(true);
        expect(once).toBe(once.normalize('NFC'));
        expect(trimText(once)).toBe(once);
        codes.length = 0;
        expect(tidy(once)).toBe(once);
        expect(codes.filter((code) => code.endsWith(' change'))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

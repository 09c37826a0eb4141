import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CSV_START, csvLine } from '../../src/core/csv-line.ts';
import { cellText, protectCell } from '../../src/core/sheet-cell.ts';
import { parseCells } from '../../src/corrections/parse-cells.ts';
import { columnNamed, SHEET_COLUMNS, sheetHeader } from '../../src/corrections/sheet-format.ts';

/** Texts with what breaks sheets in them, and any others. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(';', '"', '\n', '\r', "'", '=', '0', '1', '-', '.', ' ', 'ż') }),
);

describe('a sheet', () => {
  test('comes back as it was written, whatever stands in its cells', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const written = CSV_START + rows.map((row) => csvLine(row.map(protectCell))).join('');
        const read = [...parseCells(written.slice(1), ';', () => expect.unreachable())].map((row) =>
          row.map((cell) => cellText(cell.text)),
        );
        expect(read).toEqual(rows);
      }),
    );
  });

  test('no cell begins as a formula, a date, or a number that would lose digits', () => {
    for (const value of [
      '=1+1',
      '+48',
      '-2',
      '@x',
      '014',
      '123456789012',
      '2023-03-15',
      '15.03.2023',
      '3.15',
      'TRUE',
      '1E5',
    ])
      expect(protectCell(value), value).toBe(`'${value}`);
    for (const value of ['Teczka 14', '99323100016', 'OR.120.1.2023', '15-213 Białystok', ''])
      expect(protectCell(value)).toBe(value);
  });

  test('cells know their line and column, also behind line breaks in quotes', () => {
    const cells = [...parseCells('a;"b\nb";c\r\nd;e\n', ';', () => expect.unreachable())].flat();
    expect(cells).toEqual([
      { text: 'a', line: 1, column: 1 },
      { text: 'b\nb', line: 1, column: 3 },
      { text: 'c', line: 2, column: 4 },
      { text: 'd', line: 3, column: 1 },
      { text: 'e', line: 3, column: 3 },
    ]);
  });

  test.each(['pl', 'en'] as const)('its header in %s is understood', (language) => {
    expect(sheetHeader(language).map(columnNamed)).toEqual([...SHEET_COLUMNS]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRow } from '../../../src/core/record.ts';
import type { BrokenLine } from '../../../src/core/slice.ts';
import { cutSlices } from '../../../src/sources/csv/cut-slices.ts';
import type { CsvDialect } from '../../../src/sources/csv/dialect.ts';
import { parseCsvSlice } from '../../../src/sources/csv/parse-slice.ts';

const DIALECT: CsvDialect = {
  encoding: 'utf8',
  delimiter: ',',
  quote: '"',
  header: false,
  rowEnd: 'lf',
  nullMarker: '',
  emptyMarker: null,
};

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Outcome {
  readonly rows: SourceRow[];
  readonly broken: Omit<BrokenLine, 'row'>[];
}

async function parseInCuts(text: string, dialect: CsvDialect, chunk: number, sliceRows: number): Promise<Outcome> {
  const bytes = Buffer.from(text, dialect.encoding === 'utf16le' ? 'utf16le' : 'utf8');
  const rows: SourceRow[] = [];
  const broken: Omit<BrokenLine, 'row'>[] = [];
  const from = { offset: 0, line: 1, row: 0 };
  const cut = { dialect, columns: 3, from, sliceRows };
  for await (const { bytes: slice, start, end } of cutSlices(pieces(bytes, chunk), cut)) {
    const parsed = parseCsvSlice(slice, { ...dialect, file: 't.csv', line: start.line, columns: 3, pick: [0, 1, 2] });
    expect(end.row - start.row).toBe(parsed.rows.length + parsed.broken.length);
    rows.push(...parsed.rows);
    broken.push(...parsed.broken.map(({ row, ...line }) => line));
  }
  return { rows, broken };
}

/** Text that is dense in what matters: quotes, delimiters, line ends. */
const nasty = fc.string({
  unit: fc.constantFrom('a', 'ż', ',', ',', '"', '"', '\n', '\r\n', '😀'),
  maxLength: 60,
});
const field = fc.string({ unit: fc.constantFrom('a', 'ó', ' ', ',', '"', '\n', '\r'), maxLength: 6 });
const dialects = fc.record({
  encoding: fc.constantFrom('utf8' as const, 'utf16le' as const),
  quote: fc.constantFrom('"', null),
  rowEnd: fc.constantFrom('lf' as const, 'crlf' as const, 'any' as const),
});

describe('Cutting a dump', () => {
  it('changes nothing: any chunk size and any slice size give the same rows and broken lines', async () => {
    const property = fc.asyncProperty(
      nasty,
      dialects,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (text, parts, chunk, sliceRows) => {
        const dialect = { ...DIALECT, ...parts };
        const whole = await parseInCuts(text, dialect, 1_000_000, 1_000_000);
        expect(await parseInCuts(text, dialect, chunk, sliceRows)).toEqual(whole);
      },
    );
    await fc.assert(property, { numRuns: 1500 });
  });

  it('gives back what a proper writer wrote, whatever stands in the fields', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 40 }),
      async (rows, chunk) => {
        const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
        const { rows: read, broken } = await parseInCuts(text, DIALECT, chunk, 3);
        expect(broken).toEqual([]);
        expect(read).toEqual(rows.map((row) => row.map((value) => (value === '' ? null : value))));
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it('loses no character: rows and broken lines together hold the whole text', async () => {
    const property = fc.asyncProperty(nasty, async (text) => {
      const dialect = { ...DIALECT, quote: null };
      const { rows, broken } = await parseInCuts(text, dialect, 7, 2);
      const kept = [...rows.map((row) => row.map((value) => value ?? '').join(',')), ...broken.map((line) => line.raw)];
      expect(kept.join('\n').length).toBe(text.replace(/[\r\n]+$/, '').length);
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('holds a row longer than a chunk', async () => {
    const long = 'x'.repeat(3_000_000);
    const { rows } = await parseInCuts(`1,"${long}\n",a\n2,b,c\n`, DIALECT, 65_536, 100);
    expect(rows.map((row) => String(row[1]).length)).toEqual([3_000_001, 1]);
  });
});

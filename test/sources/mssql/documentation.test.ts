import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { columnTypesTable } from '../../../src/sources/mssql/column-types-table.ts';

/** The formatter pads the cells of a table: only their texts count. */
const cells = (line: string): string =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .join('|');

it('docs/sources/mssql.md shows exactly the types of the code', () => {
  const lines = readFileSync(new URL('../../../docs/sources/mssql.md', import.meta.url), 'utf8').split('\n');
  const start = lines.findIndex((line) => cells(line).startsWith('|SQL Server|asked for'));
  const end = lines.findIndex((line, i) => i > start && line === '');
  expect(lines.slice(start + 2, end).map(cells)).toEqual(columnTypesTable().map(cells));
});

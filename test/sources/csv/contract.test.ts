import { createCsvSource } from '../../../src/sources/csv/csv-source.ts';
import { CSV_PARSER, parseCsvSlice } from '../../../src/sources/csv/parse-slice.ts';
import { type ContractTable, sourceContract } from '../contract.ts';
import { dumpFolder, utf16 } from './dump.ts';

const quoted = (value: string | null): string =>
  value === null ? '' : /[",;\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const toCsv = (table: ContractTable, delimiter: string, rowEnd: string): string =>
  [table.columns, ...table.rows].map((row) => row.map(quoted).join(delimiter) + rowEnd).join('');

function dumpContract(name: string, file: (table: ContractTable) => [string, string | Uint8Array]): void {
  sourceContract(name, async (tables) => {
    const folder = await dumpFolder(Object.fromEntries(tables.map(file)));
    return {
      source: createCsvSource({ folder }),
      parsers: { [CSV_PARSER]: parseCsvSlice },
      cleanup: async () => {},
    };
  });
}

dumpContract('plain CSV dump', (table) => [`${table.name}.csv`, toCsv(table, ',', '\n')]);
dumpContract('gzip CSV dump', (table) => [`${table.name}.CSV.gz`, toCsv(table, ';', '\r\n')]);
dumpContract('UTF-16 CSV dump', (table) => [`${table.name}.csv`, utf16(toCsv(table, ';', '\r\n'))]);

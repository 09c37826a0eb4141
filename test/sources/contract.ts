import { describe, expect, it, onTestFinished } from 'vitest';
import type { SourceRow } from '../../src/core/record.ts';
import type { SourcePosition, SourceSlice } from '../../src/core/slice.ts';
import type { RawParser, ReadRequest, Source } from '../../src/sources/source.ts';

/** Tables every source in the suite is made over. All values as text, so that a dump gives them back as they are. */
export interface ContractTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export const CONTRACT_TABLES: readonly ContractTable[] = [
  {
    name: 'dbo.Pisma',
    columns: ['ID', 'Nazwa', 'Data_Wplyniecia', 'Uwagi'],
    key: ['ID'],
    rows: Array.from({ length: 997 }, (_, i) => [
      String(i + 1),
      `Wniosek o zażółcenie nr ${i + 1}`,
      i % 7 === 0 ? null : '2019-03-15 10:15:00.000',
      i % 5 === 0 ? `wiersz pierwszy\nwiersz "drugi"; ${i}, koniec` : null,
    ]),
  },
  { name: 'dbo.Pusta', columns: ['Id', 'Nazwa'], key: ['Id'], rows: [] },
  { name: 'dbo.Jeden', columns: ['Id', 'Nazwa'], key: ['Id'], rows: [['7', 'Łąka']] },
];

export interface ContractSubject {
  readonly source: Source;
  /** Parsers of raw slices by name. */
  readonly parsers: Readonly<Record<string, RawParser>>;
}

/** What every source must do. `make` builds one over the given tables; values compare as text. */
export function sourceContract(
  name: string,
  make: (tables: readonly ContractTable[]) => Promise<ContractSubject & { readonly cleanup: () => Promise<void> }>,
): void {
  const open = async (): Promise<ContractSubject> => {
    const { cleanup, ...subject } = await make(CONTRACT_TABLES);
    onTestFinished(cleanup);
    return subject;
  };

  describe(`A ${name} source`, () => {
    it('lists tables and columns without regard to case in later reads', async () => {
      const { source } = await open();
      const { tables } = await source.catalogue();
      expect(tables.map((table) => table.name).sort()).toEqual(CONTRACT_TABLES.map((table) => table.name).sort());
      const pisma = tables.find((table) => table.name === 'dbo.Pisma');
      expect(pisma?.columns.map((column) => column.name)).toEqual(CONTRACT_TABLES[0]?.columns);
    });

    it('yields every row of every table once, over all partitions', async () => {
      const { source, parsers } = await open();
      for (const table of CONTRACT_TABLES) {
        const rows: SourceRow[] = [];
        for (const partition of await source.partitions(table.name, table.key, 3)) {
          const slices = await collect(source, { ...requestOf(table), partition }, null);
          rows.push(...slices.flatMap((slice) => rowsOf(slice, parsers)));
        }
        expect(asText(rows)).toEqual(table.rows);
      }
    });

    it('gives the columns in the order they are asked for', async () => {
      const { source, parsers } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const request = { ...requestOf(table), columns: ['uwagi', 'ID'], partition: await onlyPartition(source, table) };
      const slices = await collect(source, request, null);
      const rows = asText(slices.flatMap((slice) => rowsOf(slice, parsers)));
      expect(rows).toEqual(table.rows.map((row) => [row[3], row[0]]));
    });

    it('goes on from the position of any slice with exactly the rest', async () => {
      const { source, parsers } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const request = { ...requestOf(table), sliceRows: 100, partition: await onlyPartition(source, table) };
      const slices = await collect(source, request, null);
      expect(slices.length).toBeGreaterThan(5);
      for (const [index, slice] of slices.entries()) {
        const position: SourcePosition = JSON.parse(JSON.stringify(slice.next));
        const rest = await collect(source, request, position);
        const expected = slices.slice(index + 1);
        expect(rest.map((each) => each.firstRow)).toEqual(expected.map((each) => each.firstRow));
        const restRows = rest.flatMap((each) => rowsOf(each, parsers));
        expect(asText(restRows)).toEqual(asText(expected.flatMap((each) => rowsOf(each, parsers))));
      }
    });

    it('ends exactly where it is told to, also when its slices are cut elsewhere and the position comes back with its keys in another order', async () => {
      const { source, parsers } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const request = { ...requestOf(table), sliceRows: 100, partition: await onlyPartition(source, table) };
      const slices = await collect(source, request, null);
      for (const index of [0, 2, slices.length - 1]) {
        const until = Object.fromEntries(Object.entries(slices[index]!.next!).toReversed());
        const again = await collect(source, { ...request, sliceRows: 70, until }, null);
        const expected = slices.slice(0, index + 1).flatMap((slice) => rowsOf(slice, parsers));
        expect(asText(again.flatMap((slice) => rowsOf(slice, parsers)))).toEqual(asText(expected));
      }
    });

    it('numbers the rows of its slices without gaps', async () => {
      const { source, parsers } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const request = { ...requestOf(table), sliceRows: 64, partition: await onlyPartition(source, table) };
      let expected = 0;
      for (const slice of await collect(source, request, null)) {
        expect(slice.firstRow).toBe(expected);
        expected += rowsOf(slice, parsers).length;
      }
      expect(expected).toBe(table.rows.length);
    });

    it('stops when the signal is given', async () => {
      const { source } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const stop = new AbortController();
      stop.abort();
      const request = { ...requestOf(table), partition: await onlyPartition(source, table), signal: stop.signal };
      await expect(collect(source, request, null)).rejects.toThrow();
    });

    it('refuses a table and a column it does not have', async () => {
      const { source } = await open();
      const [table] = CONTRACT_TABLES as [ContractTable];
      const request = { ...requestOf(table), partition: await onlyPartition(source, table) };
      await expect(collect(source, { ...request, table: 'dbo.Nieznana' }, null)).rejects.toThrow(/dbo\.Nieznana/);
      await expect(collect(source, { ...request, columns: ['Nieznana'] }, null)).rejects.toThrow(/Nieznana/);
    });
  });
}

export const requestOf = (table: ContractTable): ReadRequest => ({
  table: table.name,
  columns: table.columns,
  key: table.key,
  partition: { index: 0, range: null },
  sql: null,
  sliceRows: 5000,
  signal: new AbortController().signal,
});

export async function collect(source: Source, request: ReadRequest, position: SourcePosition): Promise<SourceSlice[]> {
  const slices: SourceSlice[] = [];
  for await (const slice of source.read(request, position)) slices.push(slice);
  return slices;
}

export function rowsOf(slice: SourceSlice, parsers: Readonly<Record<string, RawParser>>): readonly SourceRow[] {
  if (slice.kind === 'rows') return slice.rows;
  const parser = parsers[slice.parser];
  if (parser === undefined) throw new Error(`no parser ${slice.parser}`);
  const { rows, broken } = parser(slice.bytes, slice.spec);
  expect(broken).toEqual([]);
  return rows;
}

async function onlyPartition(source: Source, table: ContractTable) {
  const [partition] = await source.partitions(table.name, table.key, 1);
  if (partition === undefined) throw new Error('no partition');
  return partition;
}

const asText = (rows: readonly SourceRow[]): (string | null)[][] =>
  rows.map((row) => row.map((value) => (value === null ? null : String(value))));

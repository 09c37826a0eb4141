/** Rows of one table by column; values as the database gives them. */
export type StoreRow = Readonly<Record<string, unknown>>;

/** How the rows of one table differ between two loads of the same office. */
export interface TableComparison {
  readonly table: string;
  /** Rows of the first load, of the second, and those that are in both. */
  readonly rows: { readonly first: number; readonly second: number; readonly both: number };
  /** Columns with a value in the first load: in how many common rows the second has the same, none, another. */
  readonly columns: readonly ColumnComparison[];
}

export interface ColumnComparison {
  readonly column: string;
  readonly filled: number;
  readonly same: number;
  readonly absent: number;
  readonly other: number;
}

/** Compares two loads of a table, row by row; `keyOf` says which rows are the same record. */
export function compareTables(
  table: string,
  first: readonly StoreRow[],
  second: readonly StoreRow[],
  keyOf: (row: StoreRow) => string,
): TableComparison {
  const found = new Map(second.map((row) => [keyOf(row), row]));
  const pairs = first.flatMap((row) => {
    const other = found.get(keyOf(row));
    return other === undefined ? [] : [[row, other] as const];
  });
  const columns = Object.keys(first[0] ?? {}).flatMap((column) => {
    const filled = pairs.filter(([row]) => row[column] !== null);
    if (filled.length === 0) return [];
    const absent = filled.filter(([, row]) => row[column] === null).length;
    const same = filled.filter(([one, other]) => textOf(one[column]) === textOf(other[column])).length;
    return [{ column, filled: filled.length, same, absent, other: filled.length - same - absent }];
  });
  return { table, rows: { first: first.length, second: second.length, both: pairs.length }, columns };
}

const textOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : JSON.stringify(value));

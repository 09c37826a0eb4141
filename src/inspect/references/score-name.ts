import { type ColumnWords, likeness, nameWords } from './name-words.ts';

/** Names of all tables, for scoring; words of a table that name another table count half. */
export interface TableNames {
  /** 0 (nothing in common) to 1 (the column is the id of that table, by name). `own`: the column belongs to that table. */
  score(column: ColumnWords, table: string, own: boolean): number;
}

export function createTableNames(tables: readonly string[]): TableNames {
  const words = new Map(tables.map((table) => [table, nameWords(table.slice(table.indexOf('.') + 1))]));
  const single = [...words.values()].filter((each) => each.length === 1).map(([word]) => word!);
  const weights = new Map(
    [...words].map(([table, each]) => [
      table,
      each.map((word) => (each.length > 1 && single.some((other) => likeness(word, other) > 0.8) ? 0.5 : 1)),
    ]),
  );
  return {
    score(column, table, own) {
      const of = words.get(table) ?? [];
      const weight = weights.get(table) ?? [];
      if (own && column.own && column.things.length === 0) return 0.9;
      const matched = matchWords(column.things, of);
      if (matched.size === 0) return 0;
      const all = weight.reduce((sum, each) => sum + each, 0);
      const hit = [...matched].reduce((sum, [at, how]) => sum + weight[at]! * how, 0);
      const score = 0.6 * (hit / all) + (0.4 * matched.size) / column.things.length;
      // A table refers to itself only by a word that says so.
      return own && !column.own ? score * 0.6 : score;
    },
  };
}

/** Pairs words one to one, likest first; place of the table's word → likeness. */
function matchWords(column: readonly string[], table: readonly string[]): ReadonlyMap<number, number> {
  const pairs = column
    .flatMap((word, from) => table.map((other, to) => ({ from, to, how: likeness(word, other) })))
    .filter(({ how }) => how > 0)
    .sort((a, b) => b.how - a.how);
  const matched = new Map<number, number>();
  const used = new Set<number>();
  for (const { from, to, how } of pairs) {
    if (used.has(from) || matched.has(to)) continue;
    used.add(from);
    matched.set(to, how);
  }
  return matched;
}

import { createIdSpace } from '../../../src/core/target-id.ts';
import { UNITS } from '../load/wide-rows.ts';

/** A difference that the benchmark plants, by kind and legacy key. */
export interface Planted {
  readonly kind: 'value' | 'missing' | 'extra' | 'moved';
  readonly key: number;
}

const RECORDS = createIdSpace('UM-BENCH', 'pismo');
const PARENTS = createIdSpace('UM-BENCH', 'jednostka');

/** What somebody could do to one value by hand; each changes what is there. */
const CHANGES: readonly string[] = [
  `nazwa = nazwa || ' '`,
  'opis = NULL',
  `uwagi = coalesce(uwagi, '') || 'x'`,
  `znak = lower(znak)`,
  'rok = rok + 1',
  'lp = lp - 1',
  `utworzono = utworzono + interval '1 microsecond'`,
  `zakonczono = coalesce(zakonczono + interval '1 hour', now())`,
  `kategoria = 'A'`,
  'wrazliwa = NOT wrazliwa',
];

/** SQL that plants `each` differences of every kind, spread over all keys, and what they are. */
export function plant(rows: number, each: number): { readonly statements: string[]; readonly planted: Planted[] } {
  const statements: string[] = [];
  const planted: Planted[] = [];
  const step = Math.floor(rows / (each * 4 + 1));
  const note = (kind: Planted['kind'], key: number, statement: string): void => {
    planted.push({ kind, key });
    statements.push(statement);
  };
  for (let i = 0; i < each; i++) {
    const key = (turn: number): number => 1 + (i * 4 + turn) * step + (i % 7);
    const at = (turn: number): string => `id = '${RECORDS.text(key(turn))}'`;
    const parent = 1 + (key(2) % UNITS);
    note('value', key(0), `UPDATE bench.pismo SET ${CHANGES[i % CHANGES.length]} WHERE ${at(0)}`);
    note('missing', key(1), `DELETE FROM bench.pismo WHERE ${at(1)}`);
    note('moved', key(2), `UPDATE bench.pismo SET id_jednostka = '${PARENTS.text(parent)}' WHERE ${at(2)}`);
    const extra = rows + 1 + i * 997;
    note(
      'extra',
      extra,
      `INSERT INTO bench.pismo SELECT '${RECORDS.text(extra)}', id_jednostka, nazwa FROM bench.pismo WHERE ${at(3)}`,
    );
  }
  return { statements, planted };
}

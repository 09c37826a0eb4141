import type { FindingRow } from '../report-model.ts';

/** The findings of one unit among those of all: read once, in order, before the next unit. */
export interface UnitRows {
  readonly unit: string | null;
  readonly rows: AsyncIterable<FindingRow>;
}

/** Findings sorted by unit, cut where the unit changes. Holds one row; what a reader leaves of a unit is passed over. */
export async function* rowsByUnit(rows: AsyncIterable<FindingRow>): AsyncIterable<UnitRows> {
  const iterator = rows[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    while (next.done !== true) {
      const { unit } = next.value;
      const isMine = (): boolean => next.done !== true && next.value.unit === unit;
      const own = async function* (): AsyncIterable<FindingRow> {
        while (isMine()) {
          const row = next.value as FindingRow;
          next = await iterator.next();
          yield row;
        }
      };
      yield { unit, rows: own() };
      while (isMine()) next = await iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

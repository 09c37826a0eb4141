import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What changed between two validations, by code: new, gone, still there. */
export interface FindingChanges {
  readonly fresh: number;
  readonly gone: number;
  readonly same: number;
  readonly byCode: Readonly<Record<string, { readonly fresh: number; readonly gone: number; readonly same: number }>>;
}

/**
 * Compares two sorted lists of findings (`entity<TAB>key<TAB>code<TAB>field`, one a line) by merging them: flat memory whatever their length.
 * Equal lines count as often as they stand.
 */
export async function compareFindings(before: string, now: string): Promise<FindingChanges> {
  const [old, fresh] = [lines(before), lines(now)];
  const byCode: Record<string, { fresh: number; gone: number; same: number }> = {};
  const count = (line: string, what: 'fresh' | 'gone' | 'same'): void => {
    const code = line.split('\t')[2] ?? '';
    byCode[code] ??= { fresh: 0, gone: 0, same: 0 };
    byCode[code][what] += 1;
  };
  let [a, b] = [await next(old), await next(fresh)];
  while (a !== null || b !== null) {
    if (b === null || (a !== null && a < b)) {
      count(a!, 'gone');
      a = await next(old);
    } else if (a === null || b < a) {
      count(b, 'fresh');
      b = await next(fresh);
    } else {
      count(a, 'same');
      [a, b] = [await next(old), await next(fresh)];
    }
  }
  const sum = (what: 'fresh' | 'gone' | 'same'): number =>
    Object.values(byCode).reduce((total, each) => total + each[what], 0);
  return { fresh: sum('fresh'), gone: sum('gone'), same: sum('same'), byCode };
}

const lines = (file: string): AsyncIterator<string> =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })[
    Symbol.asyncIterator
  ]();

async function next(iterator: AsyncIterator<string>): Promise<string | null> {
  const { value, done } = await iterator.next();
  return done === true ? null : (value as string);
}

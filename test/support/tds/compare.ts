import { textComparer } from './collation.ts';
import { familyOf, type SqlType } from './sql-type.ts';
import { type SqlValue, unscaled } from './value.ts';

/** Order of two values of one type, as SQL Server sorts them; NULL comes first. */
export function compareValues(type: SqlType): (a: SqlValue, b: SqlValue) => number {
  const compare = comparer(type);
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
    return compare(a, b);
  };
}

function comparer(type: SqlType): (a: SqlValue, b: SqlValue) => number {
  switch (familyOf(type)) {
    case 'integer':
    case 'float':
      return (a, b) => order(a as number, b as number);
    case 'decimal':
      return (a, b) => order(unscaled(String(a), type.scale), unscaled(String(b), type.scale));
    case 'date':
      return (a, b) => order(instant(type, String(a)), instant(type, String(b)));
    case 'text': {
      const compare = textComparer(type.collation);
      return (a, b) => compare(String(a), String(b));
    }
    case 'binary':
      return (a, b) => Buffer.compare(a as Buffer, b as Buffer);
    case 'guid':
      return (a, b) => order(guidOrder(String(a)), guidOrder(String(b)));
    default:
      throw new Error(`${type.name} cannot be compared`);
  }
}

function order<T extends number | bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** ISO text sorts as it is; a datetimeoffset by its instant in UTC. */
function instant(type: SqlType, text: string): string {
  if (type.name !== 'datetimeoffset') return text;
  const [date = '', time = '', zone = '+00:00'] = text.split(' ');
  const fraction = time.slice(8);
  return new Date(`${date}T${time.slice(0, 8)}${zone}`).toISOString().slice(0, 19) + fraction;
}

/** uniqueidentifier sorts by its last six bytes first, then groups 4, 3, 2, 1, the last three by their stored (reversed) bytes. */
function guidOrder(text: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = text.toUpperCase().split('-');
  const stored = (hex: string): string => Buffer.from(hex, 'hex').reverse().toString('hex').toUpperCase();
  return e + d + stored(c) + stored(b) + stored(a);
}

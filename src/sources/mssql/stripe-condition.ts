import type { ReadRequest } from '../source.ts';
import type { DatabaseColumn } from './database-catalogue.ts';
import { quoteName } from './quote-name.ts';

/** Types whose keys can be divided into stripes on the server. */
const WHOLE_NUMBERS: ReadonlySet<string> = new Set(['smallint', 'int', 'bigint']);

/** The condition of the mapping and, where the key is one whole number, the stripes that are wanted. Keys that are no such numbers to us are handed over. */
export function conditionOf(
  key: readonly DatabaseColumn[],
  { sql, stripes }: Pick<ReadRequest, 'sql' | 'stripes'>,
): string | null {
  const [column] = key;
  if (stripes === undefined || column === undefined || key.length > 1 || !WHOLE_NUMBERS.has(column.baseType))
    return sql;
  const name = quoteName(column.name);
  const beyond = column.baseType === 'bigint' ? ` OR ${name} > ${Number.MAX_SAFE_INTEGER}` : '';
  const wanted = `${name} / ${stripes.width} % ${stripes.of} = ${stripes.turn} OR ${name} < 0${beyond}`;
  return sql === null ? wanted : `(${sql}) AND (${wanted})`;
}

import knexModule from 'knex';

/** Builds SQL in SQL Server's dialect; never connects. */
export const builder = knexModule.knex({ client: 'mssql' });

/** A statement and its parameters `@p0`, `@p1` …, ready for the driver. */
export interface BuiltQuery {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

export function built(query: {
  toSQL: () => { toNative: () => { sql: string; bindings: readonly unknown[] } };
}): BuiltQuery {
  const { sql, bindings } = query.toSQL().toNative();
  return { sql, parameters: bindings.map((value) => (typeof value === 'number' ? value : String(value))) };
}

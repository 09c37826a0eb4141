import type sql from 'mssql';
import { loadedDriver } from './driver.ts';
import type { BuiltQuery } from './sql-builder.ts';

/** Puts the parameters of a built query on a request: whole numbers as INT or BIGINT, everything else as NVARCHAR. */
export function withParameters(request: sql.Request, query: BuiltQuery): sql.Request {
  const types = loadedDriver().sql;
  query.parameters.forEach((value, i) => {
    if (typeof value === 'string') request.input(`p${i}`, types.NVarChar, value);
    else if (Math.abs(value) > 0x7fff_ffff) request.input(`p${i}`, types.BigInt, value);
    else request.input(`p${i}`, types.Int, value);
  });
  return request;
}

/** Asks for a small result and gives its rows as objects. */
export async function ask<Row>(pool: sql.ConnectionPool, query: BuiltQuery): Promise<Row[]> {
  const request = withParameters(pool.request(), query);
  request.arrayRowMode = false;
  const result = await request.query<Row>(query.sql);
  return result.recordset;
}

import { type ErrorCode, EzdError } from '../core/errors.ts';
import { isTransient, SqlError } from './session.ts';

/** What the database said, as a fault that people can act on; anything else as it is. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof SqlError)) return error;
  const [code, hint] = judge(error);
  const message = `The target database stopped the work: ${error.message} (SQLSTATE ${error.sqlState}).`;
  return new EzdError(code, message, { hint, cause: error, retryable: isTransient(error) });
}

const RESUME =
  'Everything up to the last checkpoint is safe: start the same command again, it goes on where it stopped.';

function judge({ sqlState }: SqlError): [ErrorCode, string] {
  if (/^(53100|53200|53400|58030|54023)$/.test(sqlState))
    return ['TARGET_FULL', `Make room (disk, quota, memory) on the database server. ${RESUME}`];
  if (sqlState === '42501')
    return ['TARGET_RIGHTS', `Grant the user its rights on the schemas of the store and of the ledger. ${RESUME}`];
  if (/^(08|57)/.test(sqlState)) return ['TARGET_UNREACHABLE', RESUME];
  return ['TARGET_REFUSED', `Look into the log of the database server. ${RESUME}`];
}

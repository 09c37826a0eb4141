import { type ErrorCode, EzdError } from '../core/errors.ts';
import { isTransient, SqlError } from './session.ts';

/** What the database said, as a fault that people can act on; anything else as it is. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof SqlError)) return error;
  const { code, hint, polish } = judge(error);
  const said = `${error.message} (SQLSTATE ${error.sqlState})`;
  return new EzdError(code, `The target database stopped the work: ${said}.`, {
    hint: join(hint, RESUME),
    polish: { message: `Baza docelowa przerwała pracę: ${said}.`, hint: join(polish, RESUME_POLISH) },
    cause: error,
    retryable: isTransient(error),
  });
}

const RESUME =
  'Everything up to the last checkpoint is safe: start the same command again, it goes on where it stopped.';
const RESUME_POLISH =
  'Wszystko do ostatniego punktu kontrolnego jest bezpieczne: uruchom to samo polecenie jeszcze raz, pójdzie dalej od miejsca, w którym stanęło.';

const join = (first: string, second: string): string => (first === '' ? second : `${first} ${second}`);

function judge({ sqlState }: SqlError): { readonly code: ErrorCode; readonly hint: string; readonly polish: string } {
  if (/^(53100|53200|53400|58030|54023)$/.test(sqlState))
    return {
      code: 'TARGET_FULL',
      hint: 'Make room (disk, quota, memory) on the database server.',
      polish: 'Zrób miejsce (dysk, limit, pamięć) na serwerze bazy.',
    };
  if (sqlState === '42501')
    return {
      code: 'TARGET_RIGHTS',
      hint: 'Grant the user its rights on the schemas of the store and of the ledger.',
      polish: 'Nadaj użytkownikowi prawa do schematów magazynu i księgi.',
    };
  if (/^(08|57)/.test(sqlState)) return { code: 'TARGET_UNREACHABLE', hint: '', polish: '' };
  return {
    code: 'TARGET_REFUSED',
    hint: 'Look into the log of the database server.',
    polish: 'Zajrzyj do dziennika serwera bazy.',
  };
}

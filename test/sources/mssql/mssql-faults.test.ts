import { expect, test } from 'vitest';
import { EzdError } from '../../../src/core/errors.ts';
import type { MssqlConfig } from '../../../src/sources/mssql/mssql-config.ts';
import { mssqlFault } from '../../../src/sources/mssql/mssql-faults.ts';

const WHAT = { en: 'Reading dbo.Pisma', pl: 'Czytanie dbo.Pisma' };
const config = { server: 'ezd-sql', instance: 'EZD', database: 'EZD_PROD', user: 'reader' } as MssqlConfig;

/** Errors as the driver throws them. */
const FAULTS: readonly (readonly [what: string, error: object, code: string, polish: string, retryable: boolean])[] = [
  ['a deadlock', { message: 'x', number: 1205 }, 'SOURCE_UNREACHABLE', 'błędem 1205 (deadlock)', true],
  [
    'a login',
    { message: "Login failed for 'reader'.", number: 18456 },
    'SOURCE_UNREACHABLE',
    'odrzucił logowanie',
    false,
  ],
  ['rights', { message: 'x', number: 229 }, 'SOURCE_UNREADABLE', 'nie ma prawa', false],
  ['a lost table', { message: "Invalid object name 'x'.", number: 208 }, 'SOURCE_UNREADABLE', 'Bazę zmieniono', false],
  ['a cut', { message: 'socket hang up', code: 'ESOCKET' }, 'SOURCE_UNREACHABLE', 'nie ma połączenia', true],
  ['a certificate', { message: 'self-signed certificate', code: 'ESOCKET' }, 'SOURCE_UNREACHABLE', 'certyfikat', false],
  ['encryption', { message: 'Server requires encryption', code: 'ESOCKET' }, 'SOURCE_UNREACHABLE', 'szyfrowane', false],
  ['anything else', { message: 'Divide by zero', number: 8134 }, 'SOURCE_UNREADABLE', 'błędem 8134', false],
];

test.each(FAULTS)(
  '%s is told in both languages, with the table and what to do',
  (_what, error, code, polish, again) => {
    const fault = mssqlFault(error, config, WHAT);
    expect(fault).toBeInstanceOf(EzdError);
    expect(fault).toMatchObject({ code, retryable: again });
    expect(fault.message).toMatch(/^Reading dbo\.Pisma: /);
    expect(fault.polish?.message).toMatch(/^Czytanie dbo\.Pisma: /);
    expect(fault.polish?.message).toContain(polish);
    expect(fault.polish?.hint === undefined).toBe(fault.hint === undefined);
    expect(fault.message).not.toContain("'reader'");
    expect(fault.polish?.message).not.toContain("'reader'");
  },
);

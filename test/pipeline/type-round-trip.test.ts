import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStages } from '../../src/cli/open-stages.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { SourceValue } from '../../src/core/record.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { runPlan } from '../../src/pipeline/run-plan.ts';
import { columnTypeRule } from '../../src/sources/mssql/column-types.ts';
import { createMssqlSource } from '../../src/sources/mssql/mssql-source.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPostgresTarget } from '../../src/write/postgres/postgres-target.ts';
import { TYPE_CASES } from '../sources/mssql/type-cases.ts';
import { ledgerSql } from '../support/ledger-sql.ts';
import { createDatabase } from '../support/postgres.ts';
import { openSqlServer } from '../support/sql-server.ts';

/** Moments whose UTC form follows from documented rules: ambiguous and skipped hours, sentinels, microseconds (docs/mapping-reference.md, localTime). */
const MOMENTS: Readonly<Record<string, string | null>> = {
  '0001-01-01': null,
  '9999-12-31': null,
  '1753-01-01 00:00:00.000': null,
  '9999-12-31 23:59:59.997': null,
  '2024-03-31 02:30:00.003': '2024-03-31 01:30:00.003+00',
  '2024-02-29 12:00:00.997': '2024-02-29 11:00:00.997+00',
  '1900-01-01 00:00:00': null,
  '2079-06-06 23:59:00': null,
  '2024-07-01 08:15:00': '2024-07-01 06:15:00+00',
  '0001-01-01 00:00:00.0000000': null,
  '9999-12-31 23:59:59.9999999': null,
  '2024-02-29 12:00:00.1234567': '2024-02-29 11:00:00.123456+00',
  '2024-10-27 02:30:00': '2024-10-27 00:30:00+00',
  '2024-10-27 02:30:00.1234567 +01:00': '2024-10-27 01:30:00.123456+00',
  '0001-01-01 12:00:00 -14:00': null,
};

/** Texts that PostgreSQL cannot hold, and what they become (findings CHAR_NUL, CHAR_INVALID). */
const CLEANED: Readonly<Record<string, string>> = { 'a\u0000b': 'ab', '\uD800 half': '\uFFFD half' };

interface TypeCase {
  readonly column: string;
  readonly type: string;
  readonly core: SourceValue;
  /** Column type of PostgreSQL by the documented table. */
  readonly postgres: string;
}

const CASES: readonly TypeCase[] = TYPE_CASES.map(([type, database, core = database as SourceValue], i) => {
  const natural = columnTypeRule(/^\w+/.exec(type)![0])!.postgres.split(', ');
  // `time` is no type that the tool writes; the table allows text beside it.
  return { column: `c${i}`, type, core, postgres: natural.find((name) => name !== 'time' && name !== 'xml')! };
});

/** What PostgreSQL must show of a core value. */
function expected({ core, postgres }: TypeCase): string | null {
  if (core === null || core === '') return null;
  if (core instanceof Uint8Array) return core.length === 0 ? '\\x' : `\\x${Buffer.from(core).toString('hex')}`;
  const text = String(core);
  if (postgres === 'timestamptz' || text in MOMENTS) return MOMENTS[text]!;
  if (postgres === 'uuid') return text.toLowerCase();
  return CLEANED[text] ?? text;
}

/** `0.10` and `0.1` are one number: PostgreSQL shows the digits that it was given, and the tool gives no more than are needed. */
const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const rows: (Record<string, string | null> & { nr?: string })[] = [];
const codes = new Set<string>();

beforeAll(async () => {
  const server = await openSqlServer([
    {
      name: 'dbo.Typy',
      columns: [['Id', 'int not null'], ...TYPE_CASES.map(([type], i): [string, string] => [`c${i}`, type])],
      primaryKey: ['Id'],
      rows: [
        [1, ...TYPE_CASES.map(([, value]) => value)],
        [2, ...TYPE_CASES.map(([type]) => (type.includes('not null') ? 0 : null))],
      ],
    },
  ]);
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 4, applicationName: 'test' });
  const folder = mkdtempSync(join(tmpdir(), 'ezd-types-'));
  const source = createMssqlSource(server.config);
  try {
    const session = await pool.session();
    const columns = CASES.map(({ column, postgres }) => `${column} ${postgres}`).join(', ');
    await session.query(
      `CREATE SCHEMA t; CREATE TABLE t.typy (id uuid PRIMARY KEY, nr int4, ${columns}); CREATE SCHEMA m; ${await ledgerSql('m')}`,
    );
    const fields = CASES.map(({ column, postgres }) =>
      postgres === 'timestamptz' ? `  ${column}: { of: ${column}, do: [localTime] }` : `  ${column}: ${column}`,
    );
    const mapping = `entity: typy\nfrom: { table: dbo.Typy, key: Id }\nto: { table: t.typy }\nfields:\n  nr: Id\n${fields.join('\n')}\n`;
    writeFileSync(join(folder, 'typy.yaml'), mapping);
    const target = createPostgresTarget({ pool, office: 'UM-TEST', ledgerSchema: 'm' });
    const ledger = createPostgresLedger(pool, 'm');
    const { plan } = compilePlan({
      bundleDir: folder,
      office: 'UM-TEST',
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORMS,
      rules: RULE_SIGNATURES,
      source: await source.catalogue(),
      target: await target.catalogue('t'),
      schema: 't',
      mappingSchema: 't',
    });
    const stages = createStages({ plan, policy: NO_POLICY, threads: 0 });
    await runPlan(
      {
        plan,
        command: 'run',
        options: { entities: null, units: null, limit: null },
        batchRows: 100,
        batchBytes: 8 << 20,
        jobs: 1,
        checks: [],
        toolVersion: 'test',
        host: 'here',
        user: 'me',
        now: Date.UTC(2026, 0, 15),
      },
      {
        source,
        target,
        ledger,
        stages,
        resolveUnits: () => Promise.resolve([]),
        emit: () => undefined,
        signal: new AbortController().signal,
      },
    );
    await stages.close();
    await session.query("SET TIME ZONE 'UTC'");
    const shown = CASES.map(({ column }) => `${column}::text AS ${column}`).join(', ');
    rows.push(...(await session.query<Record<string, string | null>>(`SELECT ${shown} FROM t.typy ORDER BY nr`)));
    for (const { code } of await session.query<{ code: string }>('SELECT DISTINCT code FROM m.finding'))
      codes.add(code);
    await session.release();
  } finally {
    rmSync(folder, { recursive: true });
    await source.close();
    await pool.close();
    await drop();
    await server.close();
  }
});
afterAll(() => rows.splice(0));

describe('every SQL Server type arrives in the PostgreSQL type that the documented table names', () => {
  test.each(CASES.filter(({ type }) => type !== 'rowversion'))('$type as $postgres, column $column', (each) => {
    const value = rows[0]![each.column]!;
    if (each.postgres === 'double precision') expect(Number(value)).toBe(Number(each.core));
    else if (each.postgres === 'numeric') expect(withoutZeros(value)).toBe(withoutZeros(expected(each)!));
    else expect(value).toBe(expected(each));
  });

  test('rowversion as eight bytes', () => {
    const { column } = CASES.find(({ type }) => type === 'rowversion')!;
    expect(rows[0]![column]).toMatch(/^\\x[0-9a-f]{16}$/);
  });

  test('NULL of every type stays NULL', () => {
    const filled = CASES.filter(({ column, type }) => rows[1]![column] !== null && type !== 'rowversion');
    expect(filled.map(({ type }) => type)).toEqual(['bit not null']);
  });

  test('what PostgreSQL or an office cannot hold is told', () => {
    expect([...codes].sort()).toEqual(
      expect.arrayContaining(['CHAR_INVALID', 'CHAR_NUL', 'DATE_SENTINEL', 'TIME_AMBIGUOUS', 'TIME_MISSING']),
    );
  });
});

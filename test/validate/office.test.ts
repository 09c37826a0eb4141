import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { readDefects } from '../../fixtures/office/read-defects.ts';
import { readTable } from '../../fixtures/office/read-office.ts';
import { maskFinding } from '../../src/core/mask.ts';
import { CODES, personalKindOf } from '../../src/validate/catalogue.ts';
import { type JudgedFinding, judgeOffice } from '../support/judge-office.ts';

const GOLDEN = 'fixtures/golden/office-300';
const NOW = Date.parse('2026-01-15T12:00:00Z');

/** Findings of the program itself: the rules are judged here, loading is judged elsewhere. */
const isRule = (code: string): boolean => ['record', 'set'].includes(CODES.get(code)?.origin ?? '');

/**
 * What a rule rightly says of rows that were planted to be wrong in another way: a row copied to carry a broken reference shares its original's sign,
 * and what a kept-out record would have filled is missing.
 */
const FOLLOWS = new Set(['SIGN_DUPLICATE', 'SIGN_UNIT_MISMATCH', 'FOLDER_NOT_FILED', 'SIGNATURE_WITHOUT_VERSION']);

describe('the golden dirty office', () => {
  let everything: readonly JudgedFinding[];
  let found: readonly JudgedFinding[];
  let planted: ReturnType<typeof readDefects>;
  let heads: ReadonlyMap<string, string>;

  beforeAll(async () => {
    everything = await judgeOffice(join(GOLDEN, 'tables'), NOW);
    found = everything.filter(({ code }) => isRule(code));
    planted = readDefects(GOLDEN).filter(({ kind }) => isRule(kind));
    const parties = readTable(GOLDEN, 'Adresaci');
    heads = new Map(
      parties.flatMap(({ Id, AdresatOrginalId: head }) => (Id && head && head !== '0' ? [[Id, head] as const] : [])),
    );
  });

  /** Addressees are one record a lineage: a defect of a version shows up on its head. */
  const place = (table: string, key: string | null): string =>
    `${table} ${table === 'Adresaci' ? (heads.get(key ?? '') ?? key) : key}`;

  test('is found out by every rule on every record that was soiled for it', () => {
    const said = new Set(found.map((finding) => `${finding.code} ${place(finding.table, finding.key)}`));
    const missed = planted
      .filter(({ variant }) => variant !== 'consequence')
      .filter(({ kind, table, key }) => !said.has(`${kind} ${place(table, key)}`));
    expect(missed).toEqual([]);
  });

  test('shows nobody by name, number or address once its findings are masked', () => {
    const people = [...readTable(GOLDEN, 'Adresaci'), ...readTable(GOLDEN, 'Pracownicy')];
    const secrets = new Set(
      people
        .flatMap(({ PESEL, NIP, Nazwisko, AdresEmail, Email }) => [PESEL, NIP, Nazwisko, AdresEmail, Email])
        .filter((text): text is string => text !== null && text !== undefined && text.length >= 5),
    );
    const shown = everything.map(({ code, field, value, params }) =>
      maskFinding(
        {
          code,
          ...(field === null ? {} : { field }),
          ...(value === null ? {} : { value }),
          ...(params === null ? {} : { params }),
        },
        personalKindOf,
      ),
    );
    const page = JSON.stringify(shown);
    expect([...secrets].filter((secret) => page.includes(secret))).toEqual([]);
    expect(secrets.size).toBeGreaterThan(500);
  });

  test('is told every finding across records once, however often the rules run', () => {
    const across = found.filter(({ code }) => CODES.get(code)?.origin === 'set');
    expect(across.length).toBeGreaterThan(40);
    expect(new Set(across.map((finding) => JSON.stringify(finding))).size).toBe(across.length);
  });

  test('gets no finding of a rule on a record that was not soiled for it', () => {
    const soiled = new Set(planted.map(({ kind, table, key }) => `${kind} ${place(table, key)}`));
    const extra = found
      .filter(({ code, table, key }) => !soiled.has(`${code} ${place(table, key)}`))
      .filter(({ code }) => !FOLLOWS.has(code));
    expect(extra).toEqual([]);
  });
});

describe('a clean office', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-clean-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Codes whose meaning only the office knows are told until it has confirmed them (lookups/, README); nothing else may be.
  test('gets no error, no warning and no finding of any rule', async () => {
    await generateOffice({
      out: folder,
      cases: 150,
      units: 20,
      firstYear: 2020,
      lastYear: 2023,
      seed: 'clean',
      files: 'none',
    });
    const found = await judgeOffice(join(folder, 'tables'), NOW);
    expect(found.filter(({ code }) => isRule(code))).toEqual([]);
    const said = found.filter(({ severity, code }) => severity !== 'info' && code !== 'CODE_UNCONFIRMED');
    expect(said).toEqual([]);
  });
});

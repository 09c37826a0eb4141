import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateOffice } from '../../../fixtures/office/generate-office.ts';
import type { ChangesPlan } from '../../../src/core/plan.ts';
import type { TableSpec } from '../tds/database.ts';
import { legacyDatabaseFrom } from '../tds/legacy-database.ts';
import { startTdsServer, type TdsServer } from '../tds/server.ts';

/** Columns that an office would add to follow its changes; the mappings do not know them. */
export const VERSION_COLUMN = 'WersjaWiersza';
export const STAMP_COLUMN = 'ZmienionoZnacznik';

/** A made-up office behind a test server whose every table can be followed in every way. `repository`: folder for its files; null: none are made. */
export async function openLivingOffice(
  cases: number,
  seed: string,
  repository: string | null = null,
): Promise<TdsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-nights-'));
  try {
    const files = repository === null ? 'none' : 'all';
    await generateOffice({ out: folder, cases, units: 6, firstYear: 2023, lastYear: 2023, seed, files });
    if (repository !== null) cpSync(join(folder, 'repository'), repository, { recursive: true });
    return await startTdsServer({
      tables: legacyDatabaseFrom(folder).map(followed),
      database: { changeTracking: true },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const followed = (spec: TableSpec): TableSpec => ({
  ...spec,
  changeTracking: (spec.primaryKey ?? []).length > 0,
  columns: [...spec.columns, [VERSION_COLUMN, 'rowversion'], [STAMP_COLUMN, 'datetime2(3) NULL']],
  rows: (spec.rows ?? []).map((row) => [...row, null, '2024-01-01 08:00:00.000']),
});

/** How a simulated office is followed. */
export const STRATEGIES: Readonly<Record<ChangesPlan['kind'], ChangesPlan>> = {
  compare: { kind: 'compare' },
  rowversion: { kind: 'rowversion', column: VERSION_COLUMN },
  changeTracking: { kind: 'changeTracking' },
  updatedAt: { kind: 'updatedAt', column: STAMP_COLUMN },
};

import { openStore, type Store } from '../../src/cli/open-store.ts';
import type { RunStatus } from '../../src/core/events.ts';
import type { Finding } from '../../src/core/finding.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import { createIdSpace } from '../../src/core/target-id.ts';
import { buildReport, type ReportRequest } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { CODES } from '../../src/validate/catalogue.ts';

const OFFICE = 'UM-TEST';

/** A store in memory with two units, two cases, and a folder that is no case; findings and rejects are put into its ledger as a test needs them. */
export interface ReportOffice {
  readonly store: Store;
  /** A run with these findings, of the status given; returns its number. */
  addRun(findings: readonly Partial<Finding>[], status?: RunStatus): Promise<number>;
  addReject(run: number, entity: string, key: string, source: object): Promise<void>;
  report(run: number, more?: Partial<ReportRequest>): Promise<Report>;
  sql<Row>(text: string, parameters?: (string | number | null)[]): Promise<Row[]>;
  close(): Promise<void>;
}

const id = (entity: string, key: string | number): string => createIdSpace(OFFICE, entity).text(key);

export async function openReportOffice(): Promise<ReportOffice> {
  const store = await openStore({ office: OFFICE, place: { kind: 'embedded', folder: null }, connections: 1 });
  const sql: ReportOffice['sql'] = async (text, parameters = []) => {
    const session = await store.pool.session();
    try {
      return await session.query(text, parameters);
    } finally {
      await session.release();
    }
  };
  for (const statement of rows()) await sql(statement);
  return {
    store,
    sql,
    addRun: (findings, status = 'finished') => addRun(store, sql, findings, status),
    async addReject(run, entity, key, source) {
      await entityId(sql, entity);
      await sql(
        `INSERT INTO ezd_migrate.reject (run_id, entity_id, legacy_key, source, reasons)
         SELECT $1, id, $3, $4, jsonb_build_array(jsonb_build_object('code', 'KEY_DUPLICATE', 'effect', 'reject')) FROM ezd_migrate.entity WHERE name = $2`,
        [run, entity, key, JSON.stringify(source)],
      );
    },
    async report(run, more = {}) {
      const state = await store.ledger.getRun(OFFICE, run);
      return buildReport(store, {
        run: state!,
        kind: 'run',
        source: { kind: 'csv', name: 'dump' },
        target: { kind: 'embedded', name: 'store' },
        policy: NO_POLICY,
        book: CODES,
        personal: false,
        now: new Date('2026-01-15T12:00:00Z'),
        timezone: 'Europe/Warsaw',
        ...more,
      });
    },
    close: () => store.close(),
  };
}

/** WO has case OR.1.1.2020 with a document, WGK has the case GK.2.7.2021; folder 3 is no case, held by an employee of WGK. */
const rows = (): string[] => [
  `INSERT INTO ezd.jednostka (id, symbol, nazwa) VALUES ('${id('jednostka', 1)}', 'WO', 'Organizacyjny'), ('${id('jednostka', 2)}', 'WGK', 'Komunalny')`,
  `INSERT INTO ezd.jednostka_wersja (id, id_jednostka, symbol) VALUES ('${id('jednostka_wersja', 21)}', '${id('jednostka', 2)}', 'GK')`,
  `INSERT INTO ezd.pracownik (id, id_jednostka) VALUES ('${id('pracownik', 9)}', '${id('jednostka', 2)}')`,
  `INSERT INTO ezd.koszulka (id, data_utworzenia, id_pracownik_wlasciciel) VALUES ('${id('koszulka', 1)}', '2020-05-01', NULL), ('${id('koszulka', 2)}', '2021-05-01', NULL), ('${id('koszulka', 3)}', '2019-05-01', '${id('pracownik', 9)}')`,
  `INSERT INTO ezd.sprawa (id, id_koszulka, znak, rok, id_jednostka) VALUES ('${id('sprawa', 11)}', '${id('koszulka', 1)}', 'OR.1.1.2020', 2020, '${id('jednostka', 1)}'), ('${id('sprawa', 12)}', '${id('koszulka', 2)}', 'GK.2.7.2021', 2021, '${id('jednostka', 2)}')`,
  `INSERT INTO ezd.dokument (id, id_koszulka, nazwa) VALUES ('${id('dokument', 'A/5')}', '${id('koszulka', 1)}', 'pismo.pdf')`,
  `INSERT INTO ezd.tresc (id, nazwa_pliku, rozmiar) VALUES ('${id('tresc', 1)}', 'pismo.PDF', 2048), ('${id('tresc', 2)}', 'skan.tif', 700000000), ('${id('tresc', 3)}', 'bez', NULL)`,
];

async function entityId(sql: ReportOffice['sql'], entity: string): Promise<void> {
  await sql(`INSERT INTO ezd_migrate.entity (office, name) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [OFFICE, entity]);
}

async function addRun(
  { ledger }: Store,
  sql: ReportOffice['sql'],
  findings: readonly Partial<Finding>[],
  status: RunStatus,
): Promise<number> {
  const names = [...new Set(['sprawa', ...findings.map(({ entity = 'sprawa' }) => entity)])];
  const { id: run } = await ledger.createRun({
    office: OFFICE,
    command: 'run',
    options: { entities: null, units: null, limit: null },
    planHash: 'plan',
    toolVersion: '0.0.0',
    host: 'host',
    user: 'user',
    entities: names.map((name) => ({ name, hash: name })),
  });
  await sql(`UPDATE ezd_migrate.run_entity SET read_rows = 5, loaded = 5 WHERE run_id = $1`, [run]);
  for (const finding of findings) {
    const { code = 'NIP_CHECKSUM', severity = 'error', effect = 'load', entity = 'sprawa', key = null } = finding;
    const { field = null, value = null, params = null } = finding as Record<string, unknown>;
    await sql(
      `INSERT INTO ezd_migrate.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
       SELECT $1, id, $3, $4, $5, $6, $7, $8, $9::jsonb FROM ezd_migrate.entity WHERE name = $2`,
      [
        run,
        entity,
        key === null ? null : String(key),
        code,
        severity,
        effect,
        field as string | null,
        value as string | null,
        params === null ? null : JSON.stringify(params),
      ],
    );
  }
  await ledger.finishRun(run, status, status === 'failed' ? 'the server went away' : undefined);
  return run;
}

/** Names a text key in the crosswalk, as the write path does. */
export async function addCrosswalk(office: ReportOffice, entity: string, key: string): Promise<void> {
  const [row] = await office.sql<{ id: number }>(`SELECT id FROM ezd_migrate.entity WHERE name = $1`, [entity]);
  const partition = `ezd_migrate.crosswalk_${row!.id}`;
  await office.sql(
    `CREATE TABLE IF NOT EXISTS ${partition} PARTITION OF ezd_migrate.crosswalk FOR VALUES IN (${row!.id})`,
  );
  await office.sql(
    `INSERT INTO ezd_migrate.crosswalk (entity_id, target_id, row_hash, run_id, legacy_key) VALUES ($1, $2::text::uuid, 0, 1, $3)`,
    [row!.id, id(entity, key), key],
  );
}

import type { Config, MssqlSourceConfig, PackageSourceConfig } from '../config/config.ts';
import type { SourceCatalogue, TargetCatalogue } from '../core/catalogue.ts';
import { EzdError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Plan } from '../core/plan.ts';
import type { RulePolicy } from '../core/policy.ts';
import type { SetCheck } from '../core/set-check.ts';
import { fill } from '../core/text.ts';
import { CLI_TEXTS } from '../i18n/cli-texts.ts';
import { type CompiledPlan, compilePlan } from '../mapping/compile-plan.ts';
import type { Stages } from '../pipeline/stages.ts';
import { type CsvFileInfo, createCsvSource } from '../sources/csv/csv-source.ts';
import type { MssqlConfig } from '../sources/mssql/mssql-config.ts';
import { createMssqlSource, type MssqlSource } from '../sources/mssql/mssql-source.ts';
import { ARCHIVE_LIMITS } from '../sources/package/archive.ts';
import type { KnownRecords } from '../sources/package/known-records.ts';
import { createPackageSource, type PackageSource } from '../sources/package/package-source.ts';
import type { Source } from '../sources/source.ts';
import { TRANSFORMS } from '../transform/transforms/registry.ts';
import { checkDecisions } from '../validate/check-decisions.ts';
import { makePolicy } from '../validate/explain.ts';
import { RULE_SIGNATURES } from '../validate/rule-book.ts';
import { setChecks } from '../validate/set-checks.ts';
import { DEFAULT_SET_CONTEXT } from '../validate/set-rule.ts';
import { createPgPool } from '../write/postgres/pg-pool.ts';
import { storeCatalogue } from '../write/postgres/schema/store-catalogue.ts';
import type { SqlPool } from '../write/session.ts';
import { createStages } from './open-stages.ts';
import { openExistingStore, openStore, type Store, type StoreOptions, storeIsThere } from './open-store.ts';

/** A source, and what only some kinds can tell. */
export interface OpenedSource {
  readonly source: Source;
  /** How each file of a dump is read; null: the source is no dump. */
  files(): Promise<readonly CsvFileInfo[]> | null;
  /** Counts the rows of a table by reading it; null: the catalogue knows them. */
  countRows: ((table: string, signal: AbortSignal) => Promise<number>) | null;
  /** Streams one binary value of a table; null: the source can only be read from beginning to end. */
  readValue: MssqlSource['readValue'] | null;
  /** Streams a file from inside a package; null: files are in a repository. */
  openFile: PackageSource['openFile'] | null;
  /** The living database itself, for questions that only it can answer; null: the source is of another kind. */
  mssql: MssqlSource | null;
}

/** What a source cannot tell unless its kind says otherwise. */
const NOTHING_ELSE = { files: () => null, countRows: null, readValue: null, openFile: null, mssql: null } as const;

/** What a caller may decide otherwise about a living database: `retries: 0` asks once and says at once what is wrong. */
export type SourceOver = Pick<MssqlConfig, 'retries'>;

/** The source of the project. Adding a kind is one case here. */
export function openSource(
  { source, jobs }: Config,
  emit: Emit = () => undefined,
  over: SourceOver = {},
  known?: () => Promise<KnownRecords>,
): OpenedSource {
  switch (source.kind) {
    case 'csv': {
      const csv = createCsvSource(source);
      const { countRows } = csv;
      return { ...NOTHING_ELSE, source: csv, files: () => csv.files(), countRows };
    }
    case 'mssql': {
      const mssql = createMssqlSource({ ...mssqlConfig(source, jobs), ...over }, { emit });
      return { ...NOTHING_ELSE, source: mssql, readValue: mssql.readValue, mssql };
    }
    case 'package':
      return openPackages(source, emit, known);
  }
}

/** Packages as a source. Each kind of leniency and refusal is noted once a package; `package check` tells all. */
function openPackages(
  { path, limits }: PackageSourceConfig,
  emit: Emit,
  known?: () => Promise<KnownRecords>,
): OpenedSource {
  const told = new Set<string>();
  const source = createPackageSource({
    path,
    ...(limits === null ? {} : { limits: { ...ARCHIVE_LIMITS, ...limits } }),
    ...(known === undefined ? {} : { known }),
    onRemark: (file, { code, params }) => {
      const name = `${code} ${file}`;
      if (told.has(name)) return;
      told.add(name);
      emit({ kind: 'note', code, params: { ...params, file } });
    },
  });
  return { ...NOTHING_ELSE, source, openFile: source.openFile };
}

/** The project's words for a server in those of the source. */
function mssqlConfig(source: MssqlSourceConfig, jobs: number): MssqlConfig {
  const [server = '', instance] = source.server.split('\\');
  const { port, database, user, password, domain, encrypt, trustServerCertificate, timeouts, pauseMs } = source;
  return {
    server,
    ...(instance === undefined ? {} : { instance }),
    ...(port === null ? {} : { port }),
    database,
    user,
    password,
    ...(domain === null ? {} : { domain }),
    encrypt,
    trustServerCertificate,
    ...(source.ca === null ? {} : { ca: source.ca }),
    connectTimeout: timeouts.connect * 1000,
    queryTimeout: timeouts.query * 1000,
    lockTimeout: timeouts.lock * 1000,
    pause: pauseMs,
    connections: jobs,
  };
}

/** The store of the project, installed or brought to this version. */
export const openProjectStore = (config: Config): Promise<Store> => openStore(storeOptions(config));

/** The store of the project as it is; null when nothing was loaded yet. */
export const openProjectLedger = (config: Config): Promise<Store | null> => openExistingStore(storeOptions(config));

/** Sessions on the project's server, whatever is in its database; null: the target is embedded. Nothing is installed. */
export const openTargetPool = ({ target }: Config): SqlPool | null =>
  target.kind === 'postgres' ? createPgPool({ url: target.url, max: 2, applicationName: 'ezd-migrate' }) : null;

/** Whether anything was begun in the project's target. */
export const projectStoreIsThere = (config: Config): Promise<boolean> => storeIsThere(storeOptions(config));

function storeOptions({ office, target, jobs }: Config): StoreOptions {
  const { schema, ledgerSchema } = target;
  const place =
    target.kind === 'postgres' ? { kind: target.kind, url: target.url } : { kind: target.kind, folder: target.folder };
  return { office, place, schema, ledgerSchema, connections: jobs };
}

/** What the target has; before the first run, what it will have. */
export async function targetCatalogue({ target }: Config, store: Store | null): Promise<TargetCatalogue> {
  const found = store === null ? null : await store.target.catalogue(target.schema);
  return found === null || found.tables.length === 0 ? storeCatalogue(target.schema) : found;
}

/** Compiles the project's mappings against both catalogues. Throws EzdError MAPPING with all problems. */
export function compileProject(config: Config, source: SourceCatalogue, target: TargetCatalogue): CompiledPlan {
  const { mappings, office, timezone, language } = config;
  const { schema } = config.target;
  const known = { transforms: TRANSFORMS, rules: RULE_SIGNATURES };
  const compiled = compilePlan({ bundleDir: mappings, office, timezone, language, schema, source, target, ...known });
  refuseWrongDecisions(config, compiled.plan);
  return compiled;
}

/** The plan as the mappings alone give it, for commands that never read the source: its tables and columns are not checked. Throws EzdError MAPPING. */
export function compileWithoutSource(config: Config): Plan {
  const { mappings, office, timezone, language } = config;
  const { schema } = config.target;
  const known = { transforms: TRANSFORMS, rules: RULE_SIGNATURES, source: null, target: storeCatalogue(schema) };
  return compilePlan({ bundleDir: mappings, office, timezone, language, schema, ...known }).plan;
}

/** A decision about a code that is not there, or that cannot be carried out, would silently do nothing: it is refused. */
function refuseWrongDecisions({ rules, language, file }: Config, plan: Plan): void {
  const own = plan.entities.flatMap((entity) =>
    entity.rules.flatMap((rule) => (rule.kind === 'cel' ? [rule.code] : [])),
  );
  const problems = checkDecisions(rules, own).map(({ code, message, hint }) => ({
    message: `rules.${code}: ${message[language]}`,
    hint: hint[language],
  }));
  if (problems.length === 0) return;
  throw new EzdError('CONFIG', fill(CLI_TEXTS['config.decisions'][language], { file }), { subject: file, problems });
}

/** What the office decided about codes. */
export const policyOf = ({ strict, rules }: Config): RulePolicy => makePolicy(strict, rules);

/** The rules across records, as the office decided about them. */
export const checksOf = (config: Config): readonly SetCheck[] =>
  setChecks(policyOf(config), {
    ...DEFAULT_SET_CONTEXT,
    schema: config.target.schema,
    timezone: config.timezone,
  });

/** Bytes of a table or of its dump file from which worker threads are worth their start. */
const WORTH_A_THREAD = 4 * 1024 * 1024;

/** Stages of a run: in worker threads for big tables, in this thread for everything else. */
export function openProjectStages(config: Config, plan: Plan, catalogue: SourceCatalogue): Stages {
  const policy = policyOf(config);
  const here = createStages({ plan, policy, threads: 0 });
  // One core stays for reading and for the database.
  const threads = createStages({ plan, policy, threads: Math.max(1, config.jobs - 1) });
  const sizes = new Map(catalogue.tables.map(({ name, bytes }) => [name.toLowerCase(), bytes ?? 0]));
  const big = new Set(
    plan.entities
      .filter(({ from }) => (sizes.get(from.table.toLowerCase()) ?? 0) >= WORTH_A_THREAD)
      .map(({ name }) => name),
  );
  return {
    open: (spec) => (big.has(spec.entity) ? threads : here).open(spec),
    parse: (slice) => here.parse(slice),
    close: async () => {
      await Promise.all([here.close(), threads.close()]);
    },
  };
}

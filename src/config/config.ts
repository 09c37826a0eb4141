import type { ChangesPlan } from '../core/plan.ts';
import type { RulePolicy } from '../core/policy.ts';
import type { Language } from '../core/text.ts';
import type { SourceSpec, TargetSpec } from './project-schema.ts';
import type { LogsConfig, NotifyConfig } from './unattended.ts';

/**
 * Everything that was decided before the program works: flags over environment over project file over defaults. Frozen, plain data.
 * Paths are absolute. Secrets stand in `source.password` and `target.password`/`target.url`: show a config only through `redactConfig`.
 */
export interface Config {
  /** The project file. */
  readonly file: string;
  /** Its folder: where relative paths start. */
  readonly folder: string;
  readonly office: string;
  readonly language: Language;
  /** IANA zone of legacy local times. */
  readonly timezone: string;
  readonly source: SourceConfig;
  readonly target: TargetConfig;
  /** Folder of mappings: the office's own, or one that comes with the program. */
  readonly mappings: string;
  /** Symbols of the units in scope; null: all. */
  readonly units: readonly string[] | null;
  readonly batchRows: number;
  readonly batchBytes: number;
  /** Partitions and worker threads side by side. */
  readonly jobs: number;
  readonly logs: LogsConfig;
  /** Text file for Prometheus. */
  readonly metrics: string;
  readonly notify: NotifyConfig;
  readonly reports: string;
  /** Folder of corrections; it need not be there. */
  readonly corrections: string;
  /** Decisions about codes (`strict`, `rules`). */
  readonly strict: boolean;
  readonly rules: RulePolicy['codes'];
  readonly waves: readonly Wave[];
  readonly sync: SyncConfig;
  /** Files that secrets were read from. */
  readonly secretFiles: readonly string[];
}

/** How `sync` follows the legacy system. */
export interface SyncConfig {
  readonly changes: ChangesPlan;
  readonly rejected: 'keep' | 'remove';
  readonly conflicts: 'keep' | 'overwrite';
  /** Days; 0: every time. */
  readonly deletesEvery: number;
  /** Days; null: never. */
  readonly fullEvery: number | null;
  /** Percent of an entity. */
  readonly removeAtMost: number;
}

/** Units that went live in the new system on a day (`YYYY-MM-DD`). */
export interface Wave {
  readonly units: readonly string[];
  readonly since: string;
}

type Csv = Extract<SourceSpec, { kind: 'csv' }>;
type Mssql = Extract<SourceSpec, { kind: 'mssql' }>;
type Postgres = Extract<TargetSpec, { kind: 'postgres' }>;
type Embedded = Extract<TargetSpec, { kind: 'embedded' }>;

/** Roots of the legacy repository and how it lies there. */
export interface SourceContentsConfig {
  readonly roots: readonly string[];
  readonly layout: Exclude<NonNullable<NonNullable<Csv['contents']>['layout']>, string>;
}
export interface CsvSourceConfig {
  readonly kind: 'csv';
  readonly folder: string;
  readonly dialect: NonNullable<Csv['dialect']>;
  readonly tables: NonNullable<Csv['tables']>;
  readonly contents: SourceContentsConfig | null;
}
export interface MssqlSourceConfig {
  readonly kind: 'mssql';
  readonly server: string;
  readonly port: number | null;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Set for a domain (NTLM) login. */
  readonly domain: string | null;
  readonly encrypt: boolean;
  readonly trustServerCertificate: boolean;
  /** Certificates of the authority in PEM, the text; null: those of the system. */
  readonly ca: string | null;
  /** Seconds. */
  readonly timeouts: { readonly connect: number; readonly query: number; readonly lock: number };
  readonly pauseMs: Mssql['pauseMs'] & number;
  readonly contents: SourceContentsConfig | null;
}
export interface PackageSourceConfig {
  readonly kind: 'package';
  /** A package or a folder of packages. */
  readonly path: string;
  readonly limits: { readonly totalBytes: number; readonly ratio: number } | null;
  /** Contents are inside the packages. */
  readonly contents: null;
}
export type SourceConfig = CsvSourceConfig | MssqlSourceConfig | PackageSourceConfig;

interface TargetCommon {
  readonly schema: NonNullable<Postgres['schema']>;
  readonly ledgerSchema: string;
  /** Root of the content store; null: contents are not copied. */
  readonly contents: { readonly root: string; readonly formats: readonly string[] | null } | null;
}
export interface PostgresTargetConfig extends TargetCommon {
  readonly kind: 'postgres';
  /** With the password in it, when there is one. */
  readonly url: string;
}
export interface EmbeddedTargetConfig extends TargetCommon {
  readonly kind: Embedded['kind'];
  readonly folder: string;
}
export type TargetConfig = PostgresTargetConfig | EmbeddedTargetConfig;

/** What the command line may set; undefined: not given. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly language?: Language | undefined;
  readonly units?: readonly string[] | undefined;
  readonly batchRows?: number | undefined;
  readonly jobs?: number | undefined;
  readonly strict?: boolean | undefined;
}

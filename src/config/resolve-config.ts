import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import type { YamlFile, YamlPath } from '../yaml/yaml-file.ts';
import { absolutePath as path } from './absolute-path.ts';
import type {
  Config,
  ConfigFlags,
  PackageSourceConfig,
  SourceConfig,
  SourceContentsConfig,
  SyncConfig,
  TargetConfig,
} from './config.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import type { Overrides } from './environment.ts';
import { findMappings, shippedBundles } from './find-mappings.ts';
import type { ProjectSpec, SourceSpec, TargetSpec } from './project-schema.ts';
import { resolveLogs, resolveMetrics, resolveNotify } from './resolve-unattended.ts';

interface Written {
  readonly spec: ProjectSpec;
  readonly file: string;
  /** Folder of the project file. */
  readonly folder: string;
  readonly language: Language;
  readonly yaml: YamlFile;
  readonly flags: ConfigFlags;
  readonly overrides: Overrides;
}

const DEFAULT_BUNDLES = { csv: 'ezd-puw', mssql: 'ezd-puw', package: 'paczka' } as const;
const MEGABYTE = 1024 * 1024;

/** Flags over environment over file over defaults; paths made absolute, password files read. */
export function resolveConfig(written: Written): { readonly config: Config; readonly problems: readonly Problem[] } {
  const { spec, file, folder, flags, overrides } = written;
  const problems: Problem[] = [];
  const report = (code: keyof typeof CONFIG_TEXTS, path: YamlPath, params = {}, hint?: string): void => {
    const message = fill(CONFIG_TEXTS[code][written.language], params);
    problems.push({ code, message, at: written.yaml.at(path), ...(hint === undefined ? {} : { hint }) });
  };
  const logs = resolveLogs(spec.logs, (given) => path(folder, given));
  const config: Config = {
    file,
    folder,
    office: spec.office,
    language: flags.language ?? overrides.language ?? spec.language ?? 'pl',
    timezone: spec.timezone ?? 'Europe/Warsaw',
    source: resolveSource(spec.source, written, report),
    target: resolveTarget(spec.target, written, report),
    mappings: resolveMappings(written, report),
    units: flags.units ?? spec.units ?? null,
    batchRows: flags.batchRows ?? overrides.batchRows ?? spec.batchRows ?? 20_000,
    batchBytes: (spec.batchMegabytes ?? 32) * MEGABYTE,
    jobs: flags.jobs ?? overrides.jobs ?? spec.jobs ?? Math.min(4, availableParallelism()),
    logs,
    metrics: resolveMetrics(spec.metrics?.file, logs, (given) => path(folder, given)),
    notify: resolveNotify(spec.notify, {
      path: (given) => path(folder, given),
      secret: (given, key) => readSecret(path(folder, given), key, written, report),
      certificate: (given, key) => readCertificate(given, key, written, report),
    }),
    reports: path(folder, spec.reports ?? 'reports'),
    corrections: resolveCorrections(written, report),
    strict: flags.strict ?? spec.strict ?? false,
    rules: Object.fromEntries(Object.entries(spec.rules ?? {}).map(([code, decision]) => [code, defined(decision)])),
    waves: spec.waves ?? [],
    sync: resolveSync(spec.sync ?? {}),
    secretFiles: secretFiles(spec, folder),
  };
  return { config, problems };
}

/** Password files that the project names. */
function secretFiles({ source, target, notify }: ProjectSpec, folder: string): readonly string[] {
  const sides = [source, target].map((side) => ('passwordFile' in side ? side.passwordFile : undefined));
  const files = [...sides, notify?.email?.passwordFile, notify?.webhook?.secretFile];
  return files.flatMap((file) => (file === undefined ? [] : [path(folder, file)]));
}

function resolveSync(sync: NonNullable<ProjectSpec['sync']>): SyncConfig {
  const { rejected = 'keep', conflicts = 'keep', deletesEvery = 7, fullEvery = null, removeAtMost = 1 } = sync;
  return { changes: changesOf(sync.changes ?? 'compare'), rejected, conflicts, deletesEvery, fullEvery, removeAtMost };
}

function changesOf(changes: NonNullable<NonNullable<ProjectSpec['sync']>['changes']>): SyncConfig['changes'] {
  if (typeof changes === 'string') return { kind: changes };
  return 'rowversion' in changes
    ? { kind: 'rowversion', column: changes.rowversion }
    : { kind: 'updatedAt', column: changes.updatedAt };
}

type Report = (code: keyof typeof CONFIG_TEXTS, path: YamlPath, params?: Record<string, string>, hint?: string) => void;

function resolveSource(source: SourceSpec, written: Written, report: Report): SourceConfig {
  const { folder, overrides } = written;
  if (source.kind === 'package') return resolvePackage(source, folder);
  const contents = resolveContents(source.contents, folder);
  if (source.kind === 'csv') {
    const { dialect = {}, tables = {} } = source;
    return { kind: 'csv', folder: path(folder, source.folder), dialect, tables, contents };
  }
  const { server, port = null, database, user, domain = null, timeouts = {} } = source;
  const password = readPassword(source, 'source', overrides.sourcePassword, written, report);
  if (password === undefined && source.passwordFile === undefined)
    report('noPassword', ['source'], {}, CONFIG_TEXTS.noPasswordHint[written.language]);
  return {
    kind: 'mssql',
    server,
    port,
    database,
    user,
    password: password ?? '',
    domain,
    encrypt: source.encrypt ?? true,
    trustServerCertificate: source.trustServerCertificate ?? false,
    ca: source.caFile === undefined ? null : readCertificate(source.caFile, ['source', 'caFile'], written, report),
    timeouts: { connect: timeouts.connect ?? 15, query: timeouts.query ?? 120, lock: timeouts.lock ?? 10 },
    pauseMs: source.pauseMs ?? 0,
    contents,
  };
}

function resolvePackage(source: Extract<SourceSpec, { kind: 'package' }>, folder: string): PackageSourceConfig {
  const { totalGigabytes = 1024, ratio = 200 } = source.limits ?? {};
  const limits = source.limits === undefined ? null : { totalBytes: totalGigabytes * 1024 * MEGABYTE, ratio };
  return { kind: 'package', path: path(folder, source.path), limits, contents: null };
}

function readCertificate(caFile: string, key: YamlPath, { folder }: Written, report: Report): string | null {
  const file = path(folder, caFile);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    report('noCertificate', key, { file });
    return null;
  }
}

function resolveContents(
  contents: Extract<SourceSpec, { kind: 'csv' }>['contents'],
  folder: string,
): SourceContentsConfig | null {
  if (contents === undefined) return null;
  const roots = typeof contents.root === 'string' ? [contents.root] : contents.root;
  const { layout = 'flat' } = contents;
  return {
    roots: roots.map((root) => path(folder, root)),
    layout: layout === 'flat' ? { kind: 'flat' } : layout,
  };
}

function resolveTarget(target: TargetSpec, written: Written, report: Report): TargetConfig {
  const { folder, overrides } = written;
  const common = {
    schema: target.schema ?? 'ezd',
    ledgerSchema: target.ledgerSchema ?? 'ezd_migrate',
    contents:
      target.contents === undefined
        ? null
        : { root: path(folder, target.contents.root), formats: target.contents.formats ?? null },
  };
  if (target.kind === 'embedded') return { kind: 'embedded', folder: path(folder, target.folder), ...common };
  const url = overrides.targetUrl ?? target.url;
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    report('badUrl', ['target', 'url'], {}, CONFIG_TEXTS.badUrlHint[written.language]);
    return { kind: 'postgres', url, ...common };
  }
  const password = readPassword(target, 'target', overrides.targetPassword, written, report);
  return { kind: 'postgres', url: withPassword(url, password), ...common };
}

function withPassword(url: string, password: string | undefined): string {
  if (password === undefined) return url;
  const parsed = new URL(url);
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}

/** Environment over password over password file. */
function readPassword(
  spec: { readonly password?: string | undefined; readonly passwordFile?: string | undefined },
  side: 'source' | 'target',
  fromEnvironment: string | undefined,
  written: Written,
  report: Report,
): string | undefined {
  const given = fromEnvironment ?? spec.password;
  if (given !== undefined || spec.passwordFile === undefined) return given;
  return readSecret(path(written.folder, spec.passwordFile), [side, 'passwordFile'], written, report);
}

/** The first line of a file. */
function readSecret(file: string, key: YamlPath, { language }: Written, report: Report): string | undefined {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)[0];
  } catch {
    report('noPasswordFile', key, { file }, CONFIG_TEXTS.noPasswordFileHint[language]);
    return undefined;
  }
}

/** A folder that the project file names must be there; the usual one need not. */
function resolveCorrections({ spec, folder }: Written, report: Report): string {
  const corrections = path(folder, spec.corrections ?? 'corrections');
  if (spec.corrections !== undefined && !existsSync(corrections))
    report('noCorrections', ['corrections'], { folder: corrections });
  return corrections;
}

/** The office's own folder, else a bundle of the program by that name. */
function resolveMappings({ spec, folder, language }: Written, report: Report): string {
  const mappings = spec.mappings ?? DEFAULT_BUNDLES[spec.source.kind];
  const found = findMappings(folder, mappings);
  if (found !== null) return found;
  const hint = fill(CONFIG_TEXTS.bundles[language], { bundles: shippedBundles().join(', ') });
  const own = path(folder, mappings);
  report('noMappings', ['mappings'], { mappings, folder: own }, hint);
  return own;
}

/** Without the keys that are there but undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

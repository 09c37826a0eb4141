import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EzdError, type Problem } from '../core/errors.ts';
import { fill, LANGUAGES, type Language } from '../core/text.ts';
import { explainIssues } from '../yaml/explain-issues.ts';
import { parseYaml, type YamlFile } from '../yaml/yaml-file.ts';
import { checkProject } from './check-project.ts';
import type { Config, ConfigFlags } from './config.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import { readEnvironment } from './environment.ts';
import { PROJECT_SPEC } from './project-schema.ts';
import { resolveConfig } from './resolve-config.ts';
import { type Environment, substitute } from './substitute.ts';

/** Name of the project file in the current folder. */
export const PROJECT_FILE = 'ezd-migrate.yaml';

export interface LoadConfigOptions {
  readonly cwd: string;
  readonly environment: Environment;
  readonly flags: ConfigFlags;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the project file, puts the environment into it, checks it whole, and lets environment and flags have the last word.
 * @throws EzdError CONFIG with all problems at once.
 */
export function loadConfig({ cwd, environment, flags }: LoadConfigOptions): LoadedConfig {
  const file = resolve(cwd, flags.config ?? environment['EZD_CONFIG'] ?? PROJECT_FILE);
  const preferred = flags.language ?? languageOf(environment['EZD_LANGUAGE']);
  const text = readProject(file, preferred ?? 'en');
  const language = preferred ?? languageOf(/^language:\s*(\w+)/m.exec(text)?.[1]) ?? 'pl';
  const yaml = parseYaml(flags.config ?? file, text, language);
  failOn(yaml.problems, file, language);
  if (yaml.value === null || yaml.value === undefined) throw empty(file, language);
  const { value, problems: unset } = substitute(yaml, environment, language);
  const parsed = PROJECT_SPEC.safeParse(value);
  if (!parsed.success) {
    const placed: YamlFile = { ...yaml, value };
    failOn([...unset, ...explainIssues(PROJECT_SPEC, parsed.error.issues, placed, language)], file, language);
    throw empty(file, language);
  }
  const overrides = readEnvironment(environment, language);
  const folder = dirname(file);
  const resolved = resolveConfig({ spec: parsed.data, file, folder, language, yaml, flags, overrides });
  const problems = [...unset, ...overrides.problems, ...resolved.problems];
  problems.push(...checkProject({ spec: parsed.data, written: yaml.value, yaml, language }));
  failOn(problems, file, language);
  return { config: deepFreeze(resolved.config), warnings: problems };
}

function readProject(file: string, language: Language): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = missing ? CONFIG_TEXTS.noFile : CONFIG_TEXTS.unreadable;
    throw new EzdError('CONFIG', fill(message[language], { file, reason }), {
      subject: file,
      hint: CONFIG_TEXTS.noFileHint[language],
      cause,
    });
  }
}

function failOn(problems: readonly Problem[], file: string, language: Language): void {
  const errors = problems.filter(({ severity }) => severity !== 'warning').length;
  if (errors === 0) return;
  throw new EzdError('CONFIG', fill(CONFIG_TEXTS.failed[language], { file, errors }), { subject: file, problems });
}

const empty = (file: string, language: Language): EzdError =>
  new EzdError('CONFIG', fill(CONFIG_TEXTS.emptyFile[language], { file }), {
    subject: file,
    hint: CONFIG_TEXTS.noFileHint[language],
  });

const languageOf = (text: string | undefined): Language | undefined => LANGUAGES.find((language) => language === text);

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

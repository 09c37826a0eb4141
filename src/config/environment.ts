import type { Problem } from '../core/errors.ts';
import { fill, LANGUAGES, type Language } from '../core/text.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import type { Environment } from './substitute.ts';

/** What the environment says beside the project file; each beats the file and is beaten by a flag. */
export const ENVIRONMENT_VARIABLES = {
  EZD_CONFIG: 'project file (--config)',
  EZD_LANGUAGE: 'language of messages: pl or en (--lang)',
  EZD_SOURCE_PASSWORD: 'source.password',
  EZD_TARGET_URL: 'target.url of a postgres target',
  EZD_TARGET_PASSWORD: 'target.password',
  EZD_BATCH_ROWS: 'batchRows (--batch-rows)',
  EZD_JOBS: 'jobs (--jobs)',
} as const;

export interface Overrides {
  readonly language: Language | undefined;
  readonly sourcePassword: string | undefined;
  readonly targetUrl: string | undefined;
  readonly targetPassword: string | undefined;
  readonly batchRows: number | undefined;
  readonly jobs: number | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the variables above. */
export function readEnvironment(environment: Environment, language: Language): Overrides {
  const problems: Problem[] = [];
  const number = (name: keyof typeof ENVIRONMENT_VARIABLES): number | undefined => {
    const value = environment[name];
    if (value === undefined || value === '') return undefined;
    if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
    problems.push({ code: 'badNumber', message: fill(CONFIG_TEXTS.badNumber[language], { name, value }) });
    return undefined;
  };
  const given = environment['EZD_LANGUAGE'];
  const chosen = LANGUAGES.find((each) => each === given);
  if (given !== undefined && given !== '' && chosen === undefined) {
    const params = { name: 'EZD_LANGUAGE', value: given };
    problems.push({ code: 'badLanguage', message: fill(CONFIG_TEXTS.badLanguage[language], params) });
  }
  return {
    language: chosen,
    sourcePassword: environment['EZD_SOURCE_PASSWORD'],
    targetUrl: environment['EZD_TARGET_URL'],
    targetPassword: environment['EZD_TARGET_PASSWORD'],
    batchRows: number('EZD_BATCH_ROWS'),
    jobs: number('EZD_JOBS'),
    problems,
  };
}

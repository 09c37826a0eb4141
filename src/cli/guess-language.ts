import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PROJECT_FILE } from '../config/load-config.ts';
import { LANGUAGES, type Language } from '../core/text.ts';
import type { CliIo } from './io.ts';

const languageOf = (text: string | undefined): Language | undefined => LANGUAGES.find((language) => language === text);

/**
 * The language before anything is parsed: --lang, EZD_LANGUAGE, what the project file says (pl when it says nothing), the language of the system,
 * English.
 */
export function guessLanguage(argv: readonly string[], io: CliIo): Language {
  const given = languageOf(optionIn(argv, '--lang')) ?? languageOf(io.environment['EZD_LANGUAGE']);
  if (given !== undefined) return given;
  const project = readProject(
    resolve(io.cwd, optionIn(argv, '--config') ?? io.environment['EZD_CONFIG'] ?? PROJECT_FILE),
  );
  if (project !== null) return languageOf(/^language:\s*(\w+)/m.exec(project)?.[1]) ?? 'pl';
  const { LC_ALL, LC_MESSAGES, LANG } = io.environment;
  const system = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  const locale = system ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('pl') ? 'pl' : 'en';
}

function optionIn(argv: readonly string[], option: string): string | undefined {
  const index = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  if (index === -1) return undefined;
  const word = argv[index]!;
  return word === option ? argv[index + 1] : word.slice(option.length + 1);
}

function readProject(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

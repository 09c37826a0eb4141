import type { Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import { CONFIG_TEXTS } from './config-texts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Path = readonly (string | number)[];

/**
 * Puts environment variables into the texts of a file: `${NAME}`, with a default `${NAME:-value}`; `$${` stands for a literal `${`.
 * Keys are left alone. A variable that is not set is a problem at its place. An empty one counts as set only without a default.
 */
export function substitute(
  file: YamlFile,
  environment: Environment,
  language: Language,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const text = (value: string, path: Path): string =>
    value.replace(/\$\$\{|\$\{(\w+)(?::-([^}]*))?\}/g, (whole, name: string | undefined, otherwise?: string) => {
      if (name === undefined) return '${';
      const found = environment[name];
      if (found !== undefined && (found !== '' || otherwise === undefined)) return found;
      if (otherwise !== undefined) return otherwise;
      problems.push({
        code: 'noVariable',
        message: fill(CONFIG_TEXTS.noVariable[language], { name }),
        hint: fill(CONFIG_TEXTS.noVariableHint[language], { name }),
        at: file.inside(path, value.indexOf(whole), whole.length),
      });
      return whole;
    });
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  return { value: walk(file.value, []), problems };
}

import type { Problem } from '../core/errors.ts';
import type { Language } from '../core/text.ts';
import type { YamlFile, YamlPath } from '../yaml/yaml-file.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import type { ProjectSpec } from './project-schema.ts';

/** A project file as it was read. */
export interface Project {
  readonly spec: ProjectSpec;
  /** The file's data before the environment was put in. */
  readonly written: unknown;
  readonly yaml: YamlFile;
  readonly language: Language;
}

/** A secret is in plain text when it does not come from the environment. */
export const isPlain = (secret: string | undefined): boolean =>
  secret !== undefined && !/^\$\{\w+(:-)?\}$/.test(secret);

/** A problem at a key. The line of a secret is not shown. */
export function at(
  code: keyof typeof CONFIG_TEXTS,
  severity: 'error' | 'warning',
  path: YamlPath,
  yaml: YamlFile,
  language: Language,
  hint?: keyof typeof CONFIG_TEXTS,
): Problem {
  const place = yaml.at(path, 'key');
  const { text, ...where } = place;
  const withoutSecret = code === 'plainSecret' || text === undefined ? where : place;
  return {
    code,
    severity,
    message: CONFIG_TEXTS[code][language],
    at: withoutSecret,
    ...(hint === undefined ? {} : { hint: CONFIG_TEXTS[hint][language] }),
  };
}

import { didYouMean } from '../core/did-you-mean.ts';
import type { FilePosition, Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import { YAML_TEXTS } from '../yaml/yaml-texts.ts';
import { MAPPING_TEXTS, type MappingText } from './mapping-texts.ts';

export type Params = Readonly<Record<string, string | number>>;

/** Collects problems, so that an author sees all of them at once. */
export interface Report {
  readonly problems: readonly Problem[];
  readonly language: Language;
  /** Whether there is an error among them; some warnings would then only follow from it. */
  failed(): boolean;
  add(...problems: readonly Problem[]): void;
  error(code: MappingText, params: Params, at?: FilePosition, hints?: readonly string[]): void;
  warning(code: MappingText, params: Params, at?: FilePosition, hints?: readonly string[]): void;
  /** A text of the catalogue, for a hint. */
  text(code: MappingText, params?: Params): string;
  /** Hints for a word that is not known: the nearest one, and all that are allowed when they are not too many. */
  near(found: string, allowed: readonly string[]): readonly string[];
}

const samePlace = (a: FilePosition | undefined, b: FilePosition | undefined): boolean =>
  a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;

/** Hints one after the other, with a semicolon where one does not end as a sentence. */
const sentences = (hints: readonly string[]): string =>
  hints.reduce((left, right) => `${left}${/[.?]$/.test(left) ? '' : ';'} ${right}`);

/** Most words that a hint lists. */
const LISTED = 25;

export function createReport(language: Language): Report {
  const problems: Problem[] = [];
  const text = (code: MappingText, params: Params = {}): string => fill(MAPPING_TEXTS[code][language], params);
  const put =
    (severity: 'error' | 'warning'): Report['error'] =>
    (code, params, at, hints = []) => {
      const message = text(code, params);
      if (problems.some((other) => other.message === message && samePlace(other.at, at))) return;
      problems.push({
        severity,
        code,
        message,
        ...(at === undefined ? {} : { at }),
        ...(hints.length === 0 ? {} : { hint: sentences(hints) }),
      });
    };
  return {
    problems,
    language,
    failed: () => problems.some(({ severity }) => severity !== 'warning'),
    add: (...more) => void problems.push(...more),
    error: put('error'),
    warning: put('warning'),
    text,
    near(found, allowed) {
      const word = didYouMean(found, allowed);
      const hints = word === null ? [] : [fill(YAML_TEXTS.didYouMean[language], { word })];
      if (allowed.length > 0 && allowed.length <= (word === null ? LISTED : 12))
        hints.push(fill(YAML_TEXTS.allowed[language], { allowed: allowed.join(', ') }));
      return hints;
    },
  };
}

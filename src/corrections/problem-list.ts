import { didYouMean } from '../core/did-you-mean.ts';
import type { FilePosition, Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import { YAML_TEXTS } from '../yaml/yaml-texts.ts';
import { CORRECTION_TEXTS, type CorrectionText } from './correction-texts.ts';

type Params = Readonly<Record<string, string | number>>;

/** Collects problems of correction files; of a long list the first are kept, all are counted. */
export interface ProblemList {
  readonly language: Language;
  readonly kept: readonly Problem[];
  readonly errors: number;
  readonly warnings: number;
  error(code: CorrectionText, params: Params, at: FilePosition, hint?: string): void;
  warning(code: CorrectionText, params: Params, at: FilePosition, hint?: string): void;
  /** Problems that others have found; the text of their line is left out, since it may hold personal data. */
  add(...problems: readonly Problem[]): void;
  text(code: CorrectionText, params?: Params): string;
  /** The nearest allowed word and all that are allowed (or `listed` of them); undefined when there is nothing to say. */
  near(found: string, allowed: readonly string[], listed?: readonly string[]): string | undefined;
}

/** Problems that are kept to be shown. */
const KEPT = 1000;
/** Most words that a hint lists. */
const LISTED = 40;

export function createProblemList(language: Language): ProblemList {
  const kept: Problem[] = [];
  const counts = { error: 0, warning: 0 };
  const text = (code: CorrectionText, params: Params = {}): string => fill(CORRECTION_TEXTS[code][language], params);
  const put = (problem: Problem): void => {
    counts[problem.severity ?? 'error'] += 1;
    if (kept.length < KEPT) kept.push(problem);
  };
  const say =
    (severity: 'error' | 'warning'): ProblemList['error'] =>
    (code, params, at, hint) =>
      put({ severity, code, message: text(code, params), at, ...(hint === undefined ? {} : { hint }) });
  return {
    language,
    kept,
    get errors() {
      return counts.error;
    },
    get warnings() {
      return counts.warning;
    },
    error: say('error'),
    warning: say('warning'),
    add(...problems) {
      for (const { at, ...problem } of problems) {
        if (at === undefined) put(problem);
        else put({ ...problem, at: { file: at.file, line: at.line, column: at.column } });
      }
    },
    text,
    near(found, allowed, listed = allowed) {
      const word = didYouMean(found, allowed);
      const hints = word === null ? [] : [fill(YAML_TEXTS.didYouMean[language], { word })];
      if (listed.length > 0 && listed.length <= LISTED)
        hints.push(fill(YAML_TEXTS.allowed[language], { allowed: listed.join(', ') }));
      return hints.length === 0 ? undefined : hints.join(' ');
    },
  };
}

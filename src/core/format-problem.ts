import type { FilePosition, Problem } from './errors.ts';

/** Longest piece of a source line that is shown. */
const WIDTH = 100;

const WORDS = {
  en: { error: 'error', warning: 'warning', hint: 'hint' },
  pl: { error: 'błąd', warning: 'ostrzeżenie', hint: 'wskazówka' },
} as const;

/**
 * A problem as people read it: place, severity and message; the line of the file with a caret under the spot; the hint.
 *
 *     sprawa.yaml:12:21: error: unknown key "requird"
 *       12 |   znak: { of: Znak, requird: true }
 *          |                     ^^^^^^^
 *       hint: did you mean "required"?
 */
export function formatProblem(problem: Problem, language: 'pl' | 'en' = 'en'): string {
  const words = WORDS[language];
  const place = problem.at === undefined ? '' : `${problem.at.file}:${problem.at.line}:${problem.at.column}: `;
  const lines = [`${place}${words[problem.severity ?? 'error']}: ${problem.message}`];
  if (problem.at?.text !== undefined) lines.push(...caret(problem.at, problem.at.text));
  if (problem.hint !== undefined) lines.push(`  ${words.hint}: ${problem.hint}`);
  return lines.join('\n');
}

/** Many problems, in the order of their places, an empty line between them. */
export const formatProblems = (problems: readonly Problem[], language: 'pl' | 'en' = 'en'): string =>
  problems.map((problem) => formatProblem(problem, language)).join('\n\n');

function caret(at: FilePosition, text: string): readonly string[] {
  const cut = at.column - 1 > WIDTH - 30 ? at.column - 1 - (WIDTH - 30) : 0;
  const line = text.replaceAll('\t', ' ').trimEnd();
  const shown = `${cut > 0 ? '…' : ''}${line.slice(cut > 0 ? cut + 1 : 0, cut + WIDTH)}${line.length > cut + WIDTH ? '…' : ''}`;
  const number = String(at.line);
  const column = at.column - 1 - cut;
  const width = Math.max(1, Math.min(at.length ?? 1, Math.max(1, shown.length - column)));
  const gutter = ' '.repeat(number.length);
  return [`  ${number} | ${shown}`, `  ${gutter} | ${' '.repeat(column)}${'^'.repeat(width)}`];
}

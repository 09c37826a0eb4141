import { type ASTNode, ParseError } from '@marcbachmann/cel-js';
import { celEnvironment } from '../core/cel-environment.ts';
import type { CelPlan, EntityPlan } from '../core/plan.ts';
import { celNames } from '../mapping/compile/cel-names.ts';
import type { PlacedExpression } from './draft.ts';
import type { ProblemList } from './problem-list.ts';

/**
 * Parses and checks the condition of a bulk correction: its syntax, and that every name is a source column that the entity reads, or `alias.Column` of a joined table.
 * undefined, with the problem told, for one that is wrong.
 */
export function resolveExpression(
  { text, inside }: PlacedExpression,
  entity: EntityPlan,
  problems: ProblemList,
): CelPlan | undefined {
  const environment = celEnvironment();
  const before = problems.errors;
  let ast: ASTNode;
  try {
    ast = environment.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const start = error.range?.start ?? 0;
    const length = Math.max(1, (error.range?.end ?? start + 1) - start);
    problems.error('celSyntax', { reason: error.summary ?? error.message }, inside(start, length));
    return undefined;
  }
  const { columns, joins } = entity.from;
  const found = celNames(ast);
  for (const { reason, start, length } of found.badPatterns)
    problems.error('celSyntax', { reason }, inside(start, length));
  const names = found.names.map(({ name, member, start, length }) => {
    const join = joins.find(({ as }) => as === name);
    const known = join === undefined ? columns : join.columns.map((column) => `${name}.${column}`);
    const whole = join === undefined ? name : `${name}.${member ?? ''}`;
    if (!known.includes(whole))
      problems.error(
        'celName',
        { entity: entity.name, name: whole },
        inside(start, length),
        problems.near(whole, known),
      );
    return whole;
  });
  const checked = environment.check(text);
  if (!checked.valid && problems.errors === before)
    problems.error('celSyntax', { reason: checked.error?.summary ?? '' }, inside(0, text.length));
  return problems.errors === before ? { text, names: [...new Set(names)] } : undefined;
}

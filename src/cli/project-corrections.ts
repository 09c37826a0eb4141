import type { Config } from '../config/config.ts';
import type { CorrectionSet } from '../core/correction.ts';
import { EzdError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { type ReadCorrections, readCorrections } from '../corrections/read-corrections.ts';

/** The files of corrections of a project, right or wrong. */
export const readProjectCorrections = ({ corrections, folder, language }: Config, plan: Plan): ReadCorrections =>
  readCorrections({ folder: corrections, base: folder, plan, language });

/** Problems that a run which cannot begin shows; `corrections check` shows all. */
const SHOWN = 20;

/** The corrections of a project. Throws EzdError CORRECTIONS when a file is wrong: a correction that was meant must not silently be left out. */
export function correctionsOf(config: Config, plan: Plan): CorrectionSet {
  const { set, problems } = readProjectCorrections(config, plan);
  if (problems.errors === 0) return set;
  throw new EzdError('CORRECTIONS', problems.text('failed', { folder: config.corrections, errors: problems.errors }), {
    subject: config.corrections,
    problems: problems.kept.filter(({ severity }) => severity !== 'warning').slice(0, SHOWN),
    ...(problems.errors > SHOWN ? { hint: problems.text('failedHint') } : {}),
  });
}

import type { ChainProblem } from '../../ledger/chain-problem.ts';
import { type Both, words } from '../html/bilingual.ts';

/** A problem of the chain in words, both languages. */
export function chainText(problem: ChainProblem): Both {
  switch (problem.kind) {
    case 'runChanged':
      return words('chain.runChanged', { run: problem.run, members: problem.members.join(', ') });
    case 'rowsChanged': {
      const { set, ...rest } = problem;
      const name = words(`chain.set.${set}`);
      return {
        pl: words('chain.rowsChanged', { ...rest, set: name.pl }).pl,
        en: words('chain.rowsChanged', { ...rest, set: name.en }).en,
      };
    }
    default:
      return words(`chain.${problem.kind}`, { ...problem });
  }
}

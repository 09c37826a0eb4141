import type { RunState } from './ledger.ts';

/**
 * Whether a run read the same family of sources as `kind`: packages are one, the office's database (living or as a dump) the other. What one family loaded says nothing
 * about the other.
 */
export const isOfFamily = ({ options }: Pick<RunState, 'options'>, kind: string): boolean =>
  (options.source === 'package') === (kind === 'package');

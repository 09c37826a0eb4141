import { addCounts, type Emit, type EntityCounts } from '../core/events.ts';

/** Running counts of one entity, told after each batch. */
export interface Tally {
  add(counts: EntityCounts): void;
  counts(): EntityCounts;
}

export function createTally(entity: string, start: EntityCounts, emit: Emit): Tally {
  let counts = start;
  return {
    add(more) {
      counts = addCounts(counts, more);
      emit({ kind: 'batch-committed', entity, counts });
    },
    counts: () => counts,
  };
}

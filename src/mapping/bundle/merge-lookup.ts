import type { LookupPlan } from '../../core/plan.ts';

/** The look-up below with an overlay's rows: new codes are added, known ones get the value and status of the overlay. */
export function mergeLookup(below: LookupPlan, over: LookupPlan): LookupPlan {
  const kept = below.unconfirmed.filter((code) => !Object.hasOwn(over.entries, code));
  return {
    name: below.name,
    file: over.file,
    entries: Object.fromEntries([...Object.entries(below.entries), ...Object.entries(over.entries)]),
    unconfirmed: [...kept, ...over.unconfirmed],
  };
}

import type { LookupPlan } from '../../core/plan.ts';

/** The look-up below with an overlay's rows: new codes are added, known ones get the value and status of the overlay. */
export function mergeLookup(below: LookupPlan, over: LookupPlan): LookupPlan {
  const untouched = (codes: readonly string[] = []) => codes.filter((code) => !Object.hasOwn(over.entries, code));
  const assumed = [...untouched(below.assumed), ...(over.assumed ?? [])];
  return {
    name: below.name,
    file: over.file,
    entries: Object.fromEntries([...Object.entries(below.entries), ...Object.entries(over.entries)]),
    unconfirmed: [...untouched(below.unconfirmed), ...over.unconfirmed],
    ...(assumed.length === 0 ? {} : { assumed }),
  };
}

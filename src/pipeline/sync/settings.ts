import { createHash } from 'node:crypto';
import { NO_CORRECTIONS } from '../../core/correction.ts';
import type { EntityPlan } from '../../core/plan.ts';
import type { SyncRequest } from './sync-request.ts';

/**
 * Everything that decides what the records of an entity look like besides their source rows, as a hash: its mapping and look-ups, the lineages of what it refers to,
 * and what the project decides. When it changes, the entity is read whole.
 */
export function settingsOf(entity: EntityPlan, { plan, sync, corrections = NO_CORRECTIONS }: SyncRequest): string {
  const referred = entity.fields.flatMap((field) => (field.kind === 'value' ? [] : [field.entity]));
  const folds = plan.entities
    .filter(({ name }) => referred.includes(name))
    .map(({ name, from }) => [name, from.key, from.fold]);
  const own = corrections.corrections.filter((each) => each.entity === entity.name);
  const text = canonical([entity.hash, plan.timezone, folds, sync.settings, own]);
  return createHash('sha256').update(text).digest('hex');
}

/** JSON in which the order of keys does not matter. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

import type { EntityPlan } from '../../core/plan.ts';
import { createIdSpace, uuidText } from '../../core/target-id.ts';

/** Lowest and highest id that a record of an entity can have, as SQL literals: the upper half is the entity's, the variant bits are `10`. */
export interface SpaceBounds {
  readonly low: string;
  readonly high: string;
}

export function spaceBounds(office: string, entity: string): SpaceBounds {
  const bytes = new Uint8Array(16);
  createIdSpace(office, entity).write(bytes, 0, 0);
  const low = uuidText(bytes, 0);
  return { low, high: `${low.slice(0, 19)}bfff-ffffffffffff` };
}

/** Entity whose ids the records have: the entity itself, or the one that its id column names. */
export const idEntity = (entity: EntityPlan): string => {
  const [id] = entity.fields;
  return id !== undefined && id.kind !== 'value' ? id.entity : entity.name;
};

/** Highest id with an integer key inside. */
export const highestInteger = ({ low }: SpaceBounds): string => `${low.slice(0, 19)}9fff-ffffffffffff`;

/** The lower half of an id column as SQL bigint without its variant bits. */
export const lowerHalf = (column: string): string =>
  `((('x' || right(replace(${column}::text, '-', ''), 16))::bit(64)::bigint) & 4611686018427387903)`;

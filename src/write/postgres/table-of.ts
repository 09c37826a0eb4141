import type { EntityPlan } from '../../core/plan.ts';
import { quoted } from './ledger-names.ts';

/** Quoted `schema.table` of an entity. */
export const tableOf = (entity: Pick<EntityPlan, 'to'>): string =>
  `${quoted(entity.to.schema)}.${quoted(entity.to.table)}`;

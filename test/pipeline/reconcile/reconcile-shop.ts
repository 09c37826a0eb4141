import { createStages } from '../../../src/cli/open-stages.ts';
import { NO_POLICY } from '../../../src/core/policy.ts';
import type { Difference } from '../../../src/pipeline/reconcile/difference.ts';
import { allDifferences, type Reconciliation, reconcile } from '../../../src/pipeline/reconcile/reconcile.ts';
import type { Source } from '../../../src/sources/source.ts';
import { openTargetReader } from '../../../src/write/postgres/target-reader.ts';
import type { KeySample } from '../../../src/write/target-reader.ts';
import type { Shop } from '../small-shop.ts';

export interface ShopComparison {
  readonly sample?: KeySample | null;
  readonly partial?: readonly string[];
  readonly unsettled?: boolean;
  readonly limit?: number;
  readonly together?: number;
  readonly jobs?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** Compares a source with the shop's tables. */
export async function reconcileShop(shop: Shop, source: Source, more: ShopComparison = {}): Promise<Reconciliation> {
  const { plan, pool } = shop;
  const stages = createStages({ plan, policy: NO_POLICY, threads: more.threads ?? 0 });
  try {
    return await reconcile(
      {
        plan,
        entities: plan.entities,
        units: null,
        sample: more.sample ?? null,
        partial: new Set(more.partial ?? []),
        unsettled: more.unsettled ?? false,
        jobs: more.jobs ?? 2,
        limit: more.limit ?? 1000,
        ...(more.together === undefined ? {} : { together: more.together }),
        now: Date.UTC(2026, 0, 15),
      },
      {
        source,
        reader: await openTargetReader({ pool, office: plan.office, ledgerSchema: 'm' }, plan.entities),
        stages,
        resolveUnits: () => Promise.resolve([]),
        emit: () => undefined,
        signal: more.signal ?? new AbortController().signal,
      },
    );
  } finally {
    await stages.close();
  }
}

/** `folder 17 value target title` */
export const inShort = (result: Reconciliation): string[] =>
  allDifferences(result).map(({ kind, cause, entity, key, fields }: Difference) =>
    [entity, key, kind, cause, ...fields.map(({ field }) => field)].join(' '),
  );

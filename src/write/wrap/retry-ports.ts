import type { Emit } from '../../core/events.ts';
import type { Target } from '../target.ts';
import { DEFAULT_RETRY, type RetryPolicy, retrying, withRetry } from './retry.ts';

/** A target whose every step survives lost connections and restarts of the server; steps are repeatable by contract. */
export function retryTarget(
  target: Target,
  emit: Emit,
  signal: AbortSignal,
  policy: RetryPolicy = DEFAULT_RETRY,
): Target {
  const again = <T>(what: string, work: () => Promise<T>): Promise<T> => retrying(work, what, emit, signal, policy);
  return {
    kind: target.kind,
    maxWriters: target.maxWriters,
    catalogue: (schema) => again('catalogue', () => target.catalogue(schema)),
    beginEntity: (run, entity) => again(entity.name, () => target.beginEntity(run, entity)),
    async openWriter(request) {
      const what = `${request.entity.name} (partition ${request.partition + 1})`;
      return withRetry(await again(what, () => target.openWriter(request)), what, emit, signal, policy);
    },
    endEntity: (run, entity) => again(entity.name, () => target.endEntity(run, entity)),
    settle: (run, entities) => again('references', () => target.settle(run, entities)),
    judge: (run, entities, checks) => again('rules across records', () => target.judge(run, entities, checks)),
    close: () => target.close(),
  };
}

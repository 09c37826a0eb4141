import type { Ledger } from './ledger.ts';

/** Runs work again on transient faults. */
export type Again = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** A ledger whose steps survive lost connections; each may be repeated. Streams are not wrapped: a reader starts them again itself. */
export const retryLedger = (ledger: Ledger, again: Again): Ledger => ({
  ...ledger,
  lock: (office) => again('lock', () => ledger.lock(office)),
  findUnfinished: (office, command, options) => again('ledger', () => ledger.findUnfinished(office, command, options)),
  createRun: (request) => again('ledger', () => ledger.createRun(request)),
  startEntity: (run, entity, partitions, expectedRows) =>
    again(entity, () => ledger.startEntity(run, entity, partitions, expectedRows)),
  finishEntity: (run, entity) => again(entity, () => ledger.finishEntity(run, entity)),
  finishRun: (run, status, failure) => again('ledger', () => ledger.finishRun(run, status, failure)),
  closeCorrections: (run, entities) => again('ledger', () => ledger.closeCorrections(run, entities)),
  getRun: (office, id) => again('ledger', () => ledger.getRun(office, id)),
});

import type { RunEvent } from '../core/events.ts';
import { harmlessText } from './harmless-text.ts';
import type { LogRecord } from './log.ts';

/** Parameters of notes that only ever hold names of the catalogue and our own words. */
const OPEN = new Set(['server', 'table', 'key', 'column', 'entity', 'kind', 'type']);

/** The line of the log for an event of a run. Never holds a value of a record. */
export function eventRecord(event: RunEvent): LogRecord {
  switch (event.kind) {
    case 'run-started': {
      const { run, resumed, entities } = event;
      return {
        level: 'info',
        event: event.kind,
        message: `run ${run} ${resumed ? 'resumed' : 'started'}`,
        fields: { run, resumed, entities: entities.length },
      };
    }
    case 'entity-started': {
      const { entity, expectedRows } = event;
      return { level: 'debug', event: event.kind, message: `${entity} started`, fields: { entity, expectedRows } };
    }
    case 'batch-committed':
      return {
        level: 'debug',
        event: event.kind,
        message: `${event.entity}: batch committed`,
        fields: { entity: event.entity, ...event.counts },
      };
    case 'entity-finished': {
      const { entity, counts, milliseconds } = event;
      return {
        level: 'info',
        event: event.kind,
        message: `${entity} finished`,
        fields: { entity, ...counts, milliseconds: Math.round(milliseconds) },
      };
    }
    case 'retry': {
      const { what, attempt, waitMilliseconds } = event;
      const fields = { what, attempt, waitMilliseconds, reason: harmlessText(event.reason) };
      return { level: 'warn', event: event.kind, message: `${what}: trying again`, fields };
    }
    case 'note':
      return {
        level: 'info',
        event: event.kind,
        message: event.code,
        fields: { code: event.code, ...openParams(event.params) },
      };
    case 'run-finished': {
      const { run, status } = event;
      return {
        level: status === 'finished' ? 'info' : 'warn',
        event: event.kind,
        message: `run ${run} ${status}`,
        fields: { run, status },
      };
    }
  }
}

const openParams = (params: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(params).filter(([name, value]) => typeof value === 'number' || OPEN.has(name)));

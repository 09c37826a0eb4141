import { type EntityCounts, NO_COUNTS, type RunEvent } from '../../core/events.ts';

/** How far one entity is. */
export interface EntityProgress {
  readonly entity: string;
  readonly expected: number | null;
  readonly counts: EntityCounts;
  /** Milliseconds of the clock at which this process began it, and rows it found already read (a resumed run). */
  readonly startedAt: number;
  readonly readBefore: number;
  readonly finished: boolean;
}

/** How far a run is: a fold over its events. */
export interface Progress {
  readonly run: number | null;
  readonly entities: ReadonlyMap<string, EntityProgress>;
}

export const NO_PROGRESS: Progress = { run: null, entities: new Map() };

export function foldProgress(progress: Progress, event: RunEvent, now: number): Progress {
  switch (event.kind) {
    case 'run-started':
      return { run: event.run, entities: new Map() };
    case 'entity-started': {
      const { entity, expectedRows: expected, counts } = event;
      const started = { entity, expected, counts, startedAt: now, readBefore: counts.read, finished: false };
      return withEntity(progress, started);
    }
    case 'batch-committed':
      return withEntity(progress, { ...known(progress, event.entity, now), counts: event.counts });
    case 'entity-finished':
      return withEntity(progress, { ...known(progress, event.entity, now), counts: event.counts, finished: true });
    default:
      return progress;
  }
}

const known = ({ entities }: Progress, entity: string, now: number): EntityProgress =>
  entities.get(entity) ?? {
    entity,
    expected: null,
    counts: NO_COUNTS,
    startedAt: now,
    readBefore: 0,
    finished: false,
  };

const withEntity = (progress: Progress, entity: EntityProgress): Progress => ({
  ...progress,
  entities: new Map(progress.entities).set(entity.entity, entity),
});

/** Rows a second of this process, and milliseconds left; null where nothing can be said yet. An estimate that is passed says nothing more. */
export function speedOf(
  { counts, readBefore, startedAt, expected }: EntityProgress,
  now: number,
): { readonly rate: number | null; readonly left: number | null } {
  const seconds = (now - startedAt) / 1000;
  const done = counts.read - readBefore;
  if (seconds < 0.5 || done === 0) return { rate: null, left: null };
  const rate = done / seconds;
  const left = expected === null || expected < counts.read ? null : ((expected - counts.read) / rate) * 1000;
  return { rate, left };
}

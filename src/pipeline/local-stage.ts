import type { SyncStage } from './stage.ts';
import type { Stage } from './stages.ts';

/** A stage in this thread: for rows that are already here (SQL Server, memory), where handing them to a worker would cost more than it saves. */
export function createLocalStage(stage: SyncStage): Stage {
  return {
    width: 0,
    process: (slice) => {
      try {
        return Promise.resolve(stage.process(slice));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
    explain: (slice, positions) => Promise.resolve(stage.explain(slice, positions)),
    recycle: (bytes) => stage.recycle(bytes),
    close: () => Promise.resolve(),
  };
}

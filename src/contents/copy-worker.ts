import { parentPort, workerData } from 'node:worker_threads';
import { BUFFER_BYTES, type Copier, CopyStopped, copyFile, StoreFailure } from './copy-file.ts';
import type { CopyOutcome, CopyReply, CopySetup, CopyTask } from './copy-protocol.ts';
import { openRepository } from './open-place.ts';
import { openSharedState } from './shared-state.ts';

/** Entry of a copy worker: a list of files in, a list of outcomes out, until the port closes. */
const setup = workerData as CopySetup;
const copier: Copier = {
  setup,
  source: openRepository(setup.roots),
  shared: openSharedState(setup.shared),
  buffer: Buffer.allocUnsafeSlow(BUFFER_BYTES),
  written: new Set(),
  nextTemp: 0,
};

parentPort?.on('message', (tasks: readonly CopyTask[]) => {
  void copyAll(tasks).then((reply) => parentPort?.postMessage(reply));
});

async function copyAll(tasks: readonly CopyTask[]): Promise<CopyReply> {
  const outcomes: CopyOutcome[] = [];
  // Only within one list is it certain that the first of two equal files is committed no later than the second.
  copier.written.clear();
  for (const task of tasks) {
    if (copier.shared.stopped()) return { kind: 'stopped', outcomes };
    try {
      const result = await copyFile(copier, task);
      if (result.kind === 'problem' && result.problem.kind === 'root-gone') return { kind: 'root-gone', outcomes };
      outcomes.push({ id: task.id, ...result });
    } catch (error) {
      if (error instanceof CopyStopped) return { kind: 'stopped', outcomes };
      if (error instanceof StoreFailure) return { kind: 'store-failed', code: error.code, outcomes };
      throw error;
    }
  }
  return { kind: 'done', outcomes };
}

import { createHash, hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openSharedState } from './shared-state.ts';
import { storePath } from './store-path.ts';
import type { VerifySetup, VerifyState, VerifyTask } from './verify-protocol.ts';

/** Entry of a verify worker: a list of store files in, what is on disk under their names out. */
const setup = workerData as VerifySetup;
const shared = openSharedState(setup.shared);
const buffer = Buffer.allocUnsafeSlow(1 << 20);

parentPort?.on('message', (tasks: readonly VerifyTask[]) => {
  const states: VerifyState[] = [];
  for (const task of tasks) {
    const state = readBack(task);
    if (state === null) break;
    states.push(state);
  }
  parentPort?.postMessage(states);
});

/** null: stopped. */
function readBack(task: VerifyTask): VerifyState | null {
  if (shared.stopped()) return null;
  try {
    const fd = openSync(storePath(setup.storeRoot, task.sha256), 'r');
    try {
      const { size } = fstatSync(fd);
      if (size !== task.size) return { kind: 'altered', size };
      const digest = digestOf(fd);
      return digest === null ? null : digest === task.sha256 ? { kind: 'good' } : { kind: 'altered', size };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason: code };
  }
}

function digestOf(fd: number): string | null {
  const first = readSync(fd, buffer, 0, buffer.length, null);
  shared.spend(first, setup.bandwidth);
  if (first < buffer.length) return hash('sha256', buffer.subarray(0, first), 'hex');
  const digest = createHash('sha256').update(buffer);
  for (;;) {
    if (shared.stopped()) return null;
    const count = readSync(fd, buffer, 0, buffer.length, null);
    if (count === 0) return digest.digest('hex');
    shared.spend(count, setup.bandwidth);
    digest.update(buffer.subarray(0, count));
  }
}

import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { EzdError } from '../core/errors.ts';
import type { CopyReply, CopySetup, CopyTask } from './copy-protocol.ts';

/** Workers that read, hash and write files, one list of files at a time each. */
export interface CopyPool {
  /** Waits for a free worker. Rejects only when a worker dies. */
  run(tasks: readonly CopyTask[]): Promise<CopyReply>;
  close(): Promise<void>;
}

/** Compiled worker; from TypeScript sources (tests) the build's own is taken. */
export const workerFile = (name: string): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL(`../../dist/src/contents/${name}.js`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);

export function openCopyPool(jobs: number, setup: Omit<CopySetup, 'worker'>): CopyPool {
  const limit = pLimit(jobs);
  const idle: Worker[] = Array.from({ length: jobs }, (_, worker) => startWorker({ ...setup, worker }));
  const all = [...idle];
  return {
    run: (tasks) =>
      limit(async () => {
        const worker = idle.pop();
        if (worker === undefined) throw new EzdError('INTERNAL', 'A copy worker was asked for while all are busy.');
        const reply = await ask(worker, tasks);
        idle.push(worker);
        return reply;
      }),
    close: async () => {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

// Small heaps: what a worker keeps is one buffer, and many workers must fit into little memory.
const startWorker = (workerData: CopySetup): Worker =>
  new Worker(workerFile('copy-worker'), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  });

function ask(worker: Worker, tasks: readonly CopyTask[]): Promise<CopyReply> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      settle();
    };
    const onMessage = (reply: CopyReply): void => done(() => resolve(reply));
    const onError = (error: unknown): void =>
      done(() => reject(new EzdError('INTERNAL', 'A copy worker died.', { cause: error })));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(tasks);
  });
}

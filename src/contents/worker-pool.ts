import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { EzdError } from '../core/errors.ts';

/** Worker threads that answer one question at a time each. */
export interface WorkerPool<Question, Answer> {
  /** Waits for a free worker. Rejects only when a worker dies. */
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** Up to `jobs` workers of the compiled file `name` in this folder, each started when it is first needed; `setup` makes the data it is started with. */
export function openWorkerPool<Question, Answer>(
  name: string,
  jobs: number,
  setup: (worker: number) => unknown,
): WorkerPool<Question, Answer> {
  const limit = pLimit(jobs);
  const idle: Worker[] = [];
  const all: Worker[] = [];
  const start = (): Worker => {
    const worker = startWorker(name, setup(all.length));
    all.push(worker);
    return worker;
  };
  return {
    ask: (question) =>
      limit(async () => {
        const worker = idle.pop() ?? start();
        const answer = await exchange<Question, Answer>(worker, question);
        idle.push(worker);
        return answer;
      }),
    close: async () => {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

/** From TypeScript sources (tests) the build's worker is taken. */
const workerFile = (name: string): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL(`../../dist/src/contents/${name}.js`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);

// Small heaps: what a worker keeps is one buffer, and many workers must fit into little memory.
const startWorker = (name: string, workerData: unknown): Worker =>
  new Worker(workerFile(name), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
  });

function exchange<Question, Answer>(worker: Worker, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      settle();
    };
    const onMessage = (answer: Answer): void => done(() => resolve(answer));
    const onError = (error: unknown): void =>
      done(() => reject(new EzdError('INTERNAL', 'A worker thread died.', { cause: error })));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(question);
  });
}

import { parentPort, workerData } from 'node:worker_threads';
import type { SyncStage } from '../pipeline/stage.ts';
import type { StageAnswer, StageQuestion } from '../pipeline/worker-stage.ts';
import { buildStage, type StageBlueprint } from './build-stage.ts';

/** The worker thread of a run: builds the stage of each entity when it is told to, and answers questions one after another. */
const common = workerData as Omit<StageBlueprint, 'spec'>;
let stage: SyncStage;
const port = parentPort!;

port.on('message', (question: StageQuestion) => {
  try {
    if (question.kind === 'open') {
      stage = buildStage({ ...common, spec: question.spec });
      answer({ id: question.id, ok: true, result: null });
      return;
    }
    if (question.kind === 'recycle') {
      stage.recycle(question.bytes);
      return;
    }
    if (question.kind === 'explain') {
      answer({ id: question.id, ok: true, result: stage.explain(question.slice, question.positions) });
      return;
    }
    const result = stage.process(question.slice);
    const views = [
      result.bytes,
      result.offsets,
      result.hashes,
      result.positions,
      result.keys.ints,
      ...result.refs.map(({ keys }) => keys.ints),
    ];
    answer({ id: question.id, ok: true, result }, [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))]);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ id: question.id, ok: false, message, stack: stack ?? '' });
  }
});

function answer(message: StageAnswer, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

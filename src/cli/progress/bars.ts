import cliProgress from 'cli-progress';
import type { EntityProgress } from './fold-progress.ts';

/** Bars on a terminal, one for every entity under way. */
export interface Bars {
  /** A line above the bars. */
  say(text: string): void;
  show(entity: EntityProgress, line: string): void;
  stop(): void;
}

export function createBars(stream: NodeJS.WritableStream): Bars {
  const bars = new cliProgress.MultiBar(
    {
      format: '{bar} {line}',
      stream,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 20,
      gracefulExit: false,
      autopadding: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const shown = new Map<string, cliProgress.SingleBar>();
  return {
    say: (text) => bars.log(`${text}\n`),
    show({ entity, counts, expected, finished }, line) {
      const total = Math.max(1, expected ?? counts.read, counts.read);
      const bar = shown.get(entity) ?? bars.create(total, 0, { line });
      shown.set(entity, bar);
      bar.setTotal(total);
      bar.update(counts.read, { line });
      if (!finished) return;
      bars.remove(bar);
      shown.delete(entity);
    },
    stop: () => bars.stop(),
  };
}

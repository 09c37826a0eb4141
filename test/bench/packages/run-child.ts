import { main } from '../../../src/cli/main.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';

/** One run in a process of its own: `node run-child.js <project folder>`; says seconds, peak memory and what was loaded. */
keepHeapSmall();
const [cwd = ''] = process.argv.slice(2);
const texts: string[] = [];
const started = performance.now();
const code = await main(['run', '--json'], {
  cwd,
  environment: {},
  stdout: { write: (text: string) => texts.push(text) },
  stderr: { write: () => true },
  onInterrupt: () => () => undefined,
  exitNow: (exitCode) => process.exit(exitCode),
  now: () => Date.now(),
});
const seconds = (performance.now() - started) / 1000;
const result = JSON.parse(texts.join('')) as {
  totals: { loaded: number; rejected: number };
  contents: { stored: number } | null;
};
process.stdout.write(
  JSON.stringify({
    code,
    seconds,
    peakMb: process.resourceUsage().maxRSS / 1024,
    loaded: result.totals.loaded,
    rejected: result.totals.rejected,
    contents: result.contents?.stored ?? 0,
  }),
);

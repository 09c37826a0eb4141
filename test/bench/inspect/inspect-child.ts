import { main } from '../../../src/cli/main.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';

/** One inspection in a process of its own: `node inspect-child.js <project folder> [words…]`; says seconds, processor seconds, peak memory and what was seen. */
const [cwd = '', ...words] = process.argv.slice(2);
keepHeapSmall();
const texts: string[] = [];
const started = performance.now();
const code = await main(['inspect', '--json', '--out', 'picture', ...words], {
  cwd,
  environment: {},
  stdout: { write: (text: string) => texts.push(text) },
  stderr: { write: (text: string) => process.stderr.write(text) },
  onInterrupt: () => () => undefined,
  exitNow: (exitCode) => process.exit(exitCode),
  now: () => Date.now(),
});
const { tables, references } = JSON.parse(texts.join('')) as {
  tables: readonly { read: { rows: number }; columns: readonly unknown[] }[];
  references: readonly { from: Place; to: Place }[];
};
interface Place {
  readonly table: string;
  readonly column: string;
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    code,
    seconds: (performance.now() - started) / 1000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMb: maxRSS / 1024,
    rows: tables.reduce((sum, { read }) => sum + read.rows, 0),
    columns: tables.reduce((sum, table) => sum + table.columns.length, 0),
    references: references.map(({ from, to }) => `${from.table}.${from.column} → ${to.table}.${to.column}`),
  }),
);

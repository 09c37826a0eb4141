import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/cli/open-store.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';
import { NO_POLICY } from '../../../src/core/policy.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { writeFindings } from '../../../src/report/render/findings-csv.ts';
import { openReportFolder } from '../../../src/report/render/report-folder.ts';
import { writeReport } from '../../../src/report/render/write-report.ts';
import { CODES } from '../../../src/validate/catalogue.ts';
import { BENCH_OFFICE } from './fill-office.ts';

/** One report in a process of its own, so that its peak memory is its own: `report-child.js URL FOLDER`. Built twice: the first looks up the places of the records. */
keepHeapSmall();
const [url = '', folder = ''] = process.argv.slice(2);
const store = await openStore({ office: BENCH_OFFICE, place: { kind: 'postgres', url }, connections: 2 });
const run = (await store.ledger.getRun(BENCH_OFFICE, 1))!;
const request = {
  run,
  kind: 'run' as const,
  source: { kind: 'csv', name: 'dump' },
  target: { kind: 'postgres', name: 'bench' },
  policy: NO_POLICY,
  book: CODES,
  personal: false,
  now: new Date(),
  timezone: 'Europe/Warsaw',
};
const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const started = performance.now();
  return [await work(), (performance.now() - started) / 1000];
};

const [, first] = await timed(() => buildReport(store, request));
const [report, again] = await timed(() => buildReport(store, request));
const into = join(folder, 'report');
const lists = await openReportFolder(into, { language: 'pl', personal: false });
const [, listed] = await timed(() => writeFindings(report, lists));
const peakOfLists = process.resourceUsage().maxRSS / 1024;
const [{ files }, written] = await timed(() => writeReport(report, into, 'pl'));
await store.close();
rmSync(into, { recursive: true });
process.stdout.write(
  JSON.stringify({
    findings: report.model.findings.total,
    units: report.model.files.units.length,
    files: files.length,
    firstModelSeconds: first,
    modelSeconds: again,
    listsSeconds: listed,
    allFilesSeconds: written,
    processorSeconds: process.cpuUsage().user / 1e6,
    peakOfListsMb: peakOfLists,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);

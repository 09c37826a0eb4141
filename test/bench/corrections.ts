import { buildStage } from '../../src/cli/build-stage.ts';
import type { Correction, CorrectionSet } from '../../src/core/correction.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { SourceRow, SourceValue } from '../../src/core/record.ts';
import type { StageSpec } from '../../src/pipeline/stages.ts';
import { packCorrections } from '../../src/transform/corrections/pack-corrections.ts';
import { folderPlan } from '../corrections/folder-plan.ts';

/**
 * `npm run bench -- corrections [--json]`: what corrections cost. A million rows of a small entity through the stage (correct, transform, encode) in one thread: without
 * corrections, with 100,000 of single records that are about none of the rows, about every tenth row, with a look-up and with a rule; and what 100,000 packed
 * corrections weigh in shared memory and in the memory of each thread.
 */
const ROWS = 1_000_000;
const SLICE = 2500;
const SINGLES = 100_000;
const origin = { reason: 'pomyłka przy wpisywaniu', author: 'Archiwista', date: '2026-03-01', file: 'a.csv', line: 2 };

const singles = (every: number): CorrectionSet =>
  setOf(
    Array.from(
      { length: SINGLES },
      (_, i): Correction => ({
        ...origin,
        kind: 'record',
        entity: 'folder',
        key: i * every + 1 + (every === 0 ? ROWS * 2 + i : 0),
        column: 'Title',
        old: `Teczka ${i * every}`,
        new: `Teczka numer ${i}`,
      }),
    ),
  );
const setOf = (corrections: readonly Correction[]): CorrectionSet => ({ corrections, hash: 'bench' });

const plan = await folderPlan();
const entity = plan.entities.find(({ name }) => name === 'folder')!;
const when = { text: 'IdUnit == 7 && !isEmpty(Title)', names: ['IdUnit', 'Title'] };
const SETS: Readonly<Record<string, CorrectionSet>> = {
  none: setOf([]),
  'single, none of these rows': singles(0),
  'single, every tenth row': singles(10),
  'look-up': setOf([
    { ...origin, kind: 'lookup', entity: 'folder', column: 'IdUnit', values: { '7': '8' }, when: null },
  ]),
  rule: setOf([{ ...origin, kind: 'rule', entity: 'folder', when, set: { IdUnit: '8' } }]),
};
const slices: SourceRow[][] = Array.from({ length: ROWS / SLICE }, (_, slice) =>
  Array.from({ length: SLICE }, (__, row): SourceRow => {
    const i = slice * SLICE + row;
    return rowOf({
      Id: i + 1,
      Title: `Teczka ${i}`,
      Created: '2023-03-15 10:15:00.000',
      IdUnit: i % 50,
      Deleted: null,
    });
  }),
);

/** A row in the order in which the entity reads its columns. */
function rowOf(values: Readonly<Record<string, SourceValue>>): SourceRow {
  return entity.from.columns.map((column) => values[column]!);
}

const results = Object.entries(SETS).map(([name, set]) => measure(name, set));
const [base] = results;
const shown = results.map((result) => ({
  ...result,
  onTop: Math.round((result.nanosecondsPerRow / base!.nanosecondsPerRow - 1) * 1000) / 1000,
}));
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows: ROWS, corrections: shown, memory: memory() }));
else {
  console.table(shown);
  console.log(memory());
}

function measure(name: string, set: CorrectionSet) {
  const pass = (): number => {
    const stage = buildStage({ plan, policy: NO_POLICY, spec: specOf(set) });
    const start = process.cpuUsage();
    let uses = 0;
    for (const rows of slices) {
      const encoded = stage.process({ kind: 'rows', rows, next: null, firstRow: 0 });
      uses += encoded.corrections?.length ?? 0;
      stage.recycle(encoded.bytes);
    }
    applied = uses;
    const { user, system } = process.cpuUsage(start);
    return ((user + system) * 1000) / ROWS;
  };
  let applied = 0;
  const times = [pass(), pass(), pass()].sort((a, b) => a - b);
  return { corrections: name, applied, nanosecondsPerRow: Math.round(times[0]!) };
}

function specOf(set: CorrectionSet): StageSpec {
  const packed = packCorrections(set, entity);
  const spec = { entity: 'folder', folds: {}, joins: {}, scope: null, now: Date.UTC(2026, 0, 15) };
  return packed === null ? spec : { ...spec, corrections: packed };
}

/** Bytes of the packed corrections, all of them shared, and of the set as this thread keeps it for the ledger. */
function memory(): Readonly<Record<string, number>> {
  const set = SETS['single, every tenth row']!;
  const start = process.cpuUsage();
  const { table, first, next, numbers, columns, nothing, texts, offsets } = packCorrections(set, entity)!;
  const milliseconds = Math.round(process.cpuUsage(start).user / 1000);
  const parts = [table.slots, table.rows, first, next, numbers, columns, nothing, texts, offsets];
  const isShared = parts.every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    corrections: SINGLES,
    sharedBytes: bytes,
    bytesOfEachThread: isShared ? 0 : bytes,
    packedInProcessorMilliseconds: milliseconds,
  };
}

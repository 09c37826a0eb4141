import type { BulkCorrection, CorrectionSet, RecordCorrection } from '../../core/correction.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { createKeyTable, type KeyTableData } from '../key-table.ts';

/**
 * The corrections of one entity as data on shared memory: every worker thread reads the same bytes, so 100,000 corrections cost their 6 MB or so once,
 * however many threads there are. (Keys that are texts are the exception: each thread has its own map of them.)
 */
export interface CorrectionsData {
  /** Record → number of its row in `first`. */
  readonly table: KeyTableData;
  /** First correction of a record, by row of `table`. */
  readonly first: Int32Array;
  /** Next correction of the same record; -1: none. */
  readonly next: Int32Array;
  /** Place of the correction in the set. */
  readonly numbers: Int32Array;
  /** Index into `SourcePlan.columns`. */
  readonly columns: Int32Array;
  /** Bit 1: nothing is expected; bit 2: the new value is nothing. */
  readonly nothing: Uint8Array;
  /** Old and new texts in UTF-8: of correction i from `offsets[2i]` and from `offsets[2i + 1]`. */
  readonly texts: Uint8Array;
  readonly offsets: Uint32Array;
  readonly bulk: readonly NumberedBulk[];
}

export interface NumberedBulk {
  readonly number: number;
  readonly correction: BulkCorrection;
}

export const EXPECTS_NOTHING = 1;
export const BECOMES_NOTHING = 2;

/** The corrections of an entity; null when there is none, so that its rows cost nothing. */
export function packCorrections({ corrections }: CorrectionSet, entity: EntityPlan): CorrectionsData | null {
  const own = corrections
    .map((correction, number) => ({ correction, number }))
    .filter(({ correction }) => correction.entity === entity.name);
  if (own.length === 0) return null;
  const bulk = own.flatMap(({ correction, number }) => (correction.kind === 'record' ? [] : [{ number, correction }]));
  const single = own.flatMap(({ correction, number }) =>
    correction.kind === 'record' ? [{ number, correction }] : [],
  );
  return { ...packRecords(single, entity), bulk };
}

function packRecords(
  single: readonly { readonly number: number; readonly correction: RecordCorrection }[],
  entity: EntityPlan,
): Omit<CorrectionsData, 'bulk'> {
  const table = createKeyTable();
  const first: number[] = [];
  const next = new Int32Array(new SharedArrayBuffer(single.length * 4)).fill(-1);
  const numbers = new Int32Array(new SharedArrayBuffer(single.length * 4));
  const columns = new Int32Array(new SharedArrayBuffer(single.length * 4));
  const nothing = new Uint8Array(new SharedArrayBuffer(single.length));
  const offsets = new Uint32Array(new SharedArrayBuffer((single.length * 2 + 1) * 4));
  const parts: Buffer[] = [];
  let size = 0;
  const addText = (at: number, text: string | null): void => {
    const bytes = Buffer.from(text ?? '', 'utf8');
    parts.push(bytes);
    size += bytes.length;
    offsets[at + 1] = size;
  };
  for (const [at, { number, correction }] of single.entries()) {
    const row = table.add(correction.key);
    next[at] = first[row] ?? -1;
    first[row] = at;
    numbers[at] = number;
    columns[at] = entity.from.columns.indexOf(correction.column);
    nothing[at] = (correction.old === null ? EXPECTS_NOTHING : 0) | (correction.new === null ? BECOMES_NOTHING : 0);
    addText(2 * at, correction.old);
    addText(2 * at + 1, correction.new);
  }
  const texts = new Uint8Array(new SharedArrayBuffer(size));
  texts.set(Buffer.concat(parts, size));
  const firsts = new Int32Array(new SharedArrayBuffer(first.length * 4));
  firsts.set(first);
  return { table: table.build(), first: firsts, next, numbers, columns, nothing, texts, offsets };
}

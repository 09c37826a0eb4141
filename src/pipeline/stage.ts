import type { CorrectionUse } from '../core/correction.ts';
import type { Finding, RecordFinding } from '../core/finding.ts';
import type { EntityPlan } from '../core/plan.ts';
import type { LegacyKey, SourceRow, SourceValue, TargetValue } from '../core/record.ts';
import type {
  EncodedSlice,
  KeyColumn,
  ParsedSlice,
  RefColumn,
  SourceRemark,
  SourceSlice,
  StageReject,
} from '../core/slice.ts';
import type { RawParser } from '../sources/source.ts';
import type { Corrected, Corrector } from '../transform/corrections/open-corrections.ts';
import type { Transformer } from '../transform/transformer.ts';
import type { RowEncoder } from '../write/row-encoder.ts';

/** The pure middle of the journey, of one entity: slice in, encoded slice out. */
export interface StageParts {
  readonly entity: EntityPlan;
  /** The office's corrections; absent: the entity has none. */
  readonly correct?: Corrector;
  readonly transform: Transformer;
  /** Findings of the rules on one record, the office's policy applied; null when all is well. May repair `values`. */
  readonly rules: (row: SourceRow, values: TargetValue[]) => readonly RecordFinding[] | null;
  /** The office's policy on findings of the transform: changes severity or effect, or drops it (null). */
  readonly policy: (finding: RecordFinding) => RecordFinding | null;
  readonly encoder: RowEncoder;
  /** Parsers of raw slices by name. */
  readonly parsers: Readonly<Record<string, RawParser>>;
  /** The table has a column that must never be read: a line that cannot be read is told by file and line number, its text is not kept. */
  readonly withholdRaw: boolean;
  /** Rows that are wanted at all; others are not even counted. Absent: every row. */
  readonly wanted?: ((row: SourceRow) => boolean) | null;
}

export interface SyncStage {
  process(slice: SourceSlice): EncodedSlice;
  explain(slice: SourceSlice, positions: readonly number[]): Readonly<Record<string, SourceValue>>[];
  /** Takes the bytes of a committed slice back. */
  recycle(bytes: Uint8Array): void;
}

/** Builds the stage: parse (raw slices only) → correct → transform → rules → encode. */
export function createStage(parts: StageParts): SyncStage {
  const { columns } = parts.entity.from;
  return {
    process(slice) {
      const parsed = rowsOf(slice, parts.parsers);
      const collector = new SliceCollector(parts, parsed.rows.length);
      for (const line of parsed.broken) collector.broken(line);
      for (const remark of slice.remarks ?? []) collector.remark(remark);
      const { wanted = null } = parts;
      for (let position = 0; position < parsed.rows.length; position++) {
        const row = parsed.rows[position]!;
        if (wanted === null || wanted(row)) collector.add(row, position);
      }
      return collector.take();
    },
    recycle: (bytes) => parts.encoder.recycle(bytes),
    explain(slice, positions) {
      const { rows } = rowsOf(slice, parts.parsers);
      return positions.map((position) => named(columns, rows[position]!));
    },
  };
}

/** The rows of a slice, parsed when they are raw. */
export function rowsOf(slice: SourceSlice, parsers: Readonly<Record<string, RawParser>>): ParsedSlice {
  return slice.kind === 'rows' ? { rows: slice.rows, broken: [] } : parsers[slice.parser]!(slice.bytes, slice.spec);
}

const named = (columns: readonly string[], row: SourceRow): Record<string, SourceValue> =>
  Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));

/** Gathers what one slice yields. */
class SliceCollector {
  readonly #parts: StageParts;
  readonly #keys: KeyBuilder;
  readonly #refs: { readonly index: number; readonly ref: Omit<RefColumn, 'keys'>; readonly keys: KeyBuilder }[];
  readonly #positions: Uint32Array;
  readonly #findings: Finding[] = [];
  readonly #rejected: StageReject[] = [];
  readonly #skipped: Record<string, number> = {};
  readonly #uses: CorrectionUse[] = [];
  readonly #outside: LegacyKey[] = [];
  #frozen: Uint8Array | null = null;
  #read = 0;
  #count = 0;

  constructor(parts: StageParts, rows: number) {
    this.#parts = parts;
    this.#keys = new KeyBuilder(rows);
    this.#positions = new Uint32Array(rows);
    this.#refs = parts.entity.fields.flatMap((field, index) =>
      field.kind === 'ref'
        ? [
            {
              index,
              ref: { column: field.column, parent: field.entity, required: field.required, late: field.late },
              keys: new KeyBuilder(rows),
            },
          ]
        : [],
    );
  }

  add(row: SourceRow, position: number): void {
    this.#read += 1;
    const { entity, transform, rules, encoder, correct } = this.#parts;
    const corrected = correct === undefined ? null : correct(row);
    const result = transform(corrected === null ? row : corrected.row);
    if (result.skip !== null) {
      this.#skipped[result.skip] = (this.#skipped[result.skip] ?? 0) + 1;
      if (result.key !== null) this.#outside.push(result.key);
      // What took the record out of scope may be the correction itself: then it was applied.
      if (corrected !== null) this.#noteCorrected(corrected, corrected.row === row || transform(row).skip !== null);
      return;
    }
    if (corrected !== null) this.#noteCorrected(corrected, false);
    const { key, values } = result;
    const told = key === null ? null : rules(corrected === null ? row : corrected.row, values);
    if (result.findings.length > 0 || told !== null) {
      const findings = this.#judged(key, result.findings, told);
      const reasons = findings.filter((finding) => finding.effect === 'reject');
      if (reasons.length > 0) {
        this.#findings.push(...findings.filter((finding) => finding.effect !== 'reject'));
        this.#rejected.push({ key, position, source: named(entity.from.columns, row), reasons });
        return;
      }
      this.#findings.push(...findings);
    }
    if (result.frozen !== undefined && result.frozen !== 0) {
      this.#frozen ??= new Uint8Array(this.#positions.length);
      this.#frozen[this.#count] = result.frozen;
    }
    encoder.append(values);
    this.#keys.set(this.#count, key);
    for (const { index, keys } of this.#refs) keys.set(this.#count, values[index] as string | number | null);
    this.#positions[this.#count] = position;
    this.#count += 1;
  }

  broken(line: ParsedSlice['broken'][number]): void {
    this.#read += 1;
    const { file, line: number, reason } = line;
    const raw = this.#parts.withholdRaw ? null : line.raw;
    const params = { file, line: number, reason };
    const finding: Finding = {
      code: 'CSV_BROKEN_LINE',
      severity: 'error',
      effect: 'reject',
      entity: this.#parts.entity.name,
      key: null,
      params,
    };
    this.#rejected.push({ key: null, position: -1, source: { raw, file, line: number }, reasons: [finding] });
  }

  /** An object that the source could not read stays kept out whatever the office decides about its code. */
  remark(remark: SourceRemark): void {
    const { entity, policy } = this.#parts;
    const about = { entity: entity.name, key: null };
    if (remark.effect !== 'reject') {
      const decided = policy(remark);
      if (decided !== null) this.#findings.push({ ...decided, effect: remark.effect, ...about });
      return;
    }
    this.#read += 1;
    const source = { place: remark.value ?? null, ...remark.params };
    this.#rejected.push({ key: null, position: -1, source, reasons: [{ ...remark, ...about }] });
  }

  take(): EncodedSlice {
    const rows = this.#parts.encoder.take();
    const count = this.#count;
    return {
      ...rows,
      read: this.#read,
      keys: this.#keys.take(count),
      positions: this.#positions.slice(0, count),
      refs: this.#refs.map(({ ref, keys }) => ({ ...ref, keys: keys.take(count) })),
      findings: this.#findings,
      rejected: this.#rejected,
      skipped: this.#skipped,
      ...(this.#uses.length === 0 ? {} : { corrections: this.#uses }),
      ...(this.#frozen === null ? {} : { frozen: this.#frozen.slice(0, count) }),
      ...(this.#outside.length === 0 ? {} : { outside: this.#outside }),
    };
  }

  /** A record out of scope is not corrected, but its own correction has found it. */
  #noteCorrected({ uses, singles, findings, key }: Corrected, skipped: boolean): void {
    const { entity, policy } = this.#parts;
    if (skipped) {
      for (const use of uses.slice(0, singles)) this.#uses.push({ ...use, outcome: 'skipped' });
      return;
    }
    this.#uses.push(...uses);
    for (const finding of findings) {
      const decided = policy(finding);
      if (decided !== null) this.#findings.push({ ...decided, entity: entity.name, key });
    }
  }

  #judged(
    key: string | number | null,
    transformed: readonly RecordFinding[],
    told: readonly RecordFinding[] | null,
  ): Finding[] {
    const { entity, policy } = this.#parts;
    const judged: Finding[] = [];
    for (const finding of transformed) {
      const decided = policy(finding);
      if (decided !== null) judged.push({ ...decided, entity: entity.name, key });
    }
    for (const finding of told ?? []) judged.push({ ...finding, entity: entity.name, key });
    return judged;
  }
}

/** Fills a `KeyColumn`. */
class KeyBuilder {
  readonly #ints: Float64Array;
  readonly #texts = new Map<number, string>();

  constructor(size: number) {
    this.#ints = new Float64Array(size);
  }

  set(index: number, key: string | number | null): void {
    if (typeof key === 'number') this.#ints[index] = key;
    else {
      this.#ints[index] = Number.NaN;
      if (key !== null) this.#texts.set(index, key);
    }
  }

  take(count: number): KeyColumn {
    return { ints: this.#ints.slice(0, count), texts: this.#texts };
  }
}

import type { TargetCatalogue } from '../../core/catalogue.ts';
import type { CorrectionUse } from '../../core/correction.ts';
import type { EntityCounts } from '../../core/events.ts';
import type { Finding } from '../../core/finding.ts';
import { keyText, type LegacyKey, type SourceValue } from '../../core/record.ts';
import { type EncodedSlice, keyAt, type RefColumn } from '../../core/slice.ts';
import { createIdSpace } from '../../core/target-id.ts';
import type { Batch, BatchSlice, EntityWriter, Target, WriterRequest } from '../target.ts';

/** The step by which a batch is committed to a ledger in memory (`ledger/memory-ledger.ts`). */
export type CommitBatch = (commit: BatchCommit) => void;

export interface BatchCommit {
  readonly run: number;
  readonly entity: string;
  readonly partition: number;
  readonly number: number;
  readonly next: Batch['next'];
  readonly last: boolean;
  readonly counts: EntityCounts;
  readonly skips: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  readonly rejects: readonly MemoryReject[];
  readonly corrections: readonly CorrectionUse[];
}

export interface MemoryReject {
  readonly key: string | null;
  readonly source: Readonly<Record<string, SourceValue>>;
  readonly reasons: readonly Finding[];
}

interface Store {
  readonly office: string;
  /** Records by entity and target id: the hash of each row as written. */
  readonly records: Map<string, Map<string, bigint>>;
  /** Codes of rejected records by `entity|key`. */
  readonly rejected: Map<string, string>;
  /** Optional references without their parent, by `entity|key|column`. */
  readonly pending: Map<string, { readonly entity: string; readonly parent: string; readonly parentId: string }>;
  readonly commit: CommitBatch;
}

/** A target in memory: the same verdicts on rows as the database gives, without a database. For tests and trials. */
export function createMemoryTarget(office: string, catalogue: TargetCatalogue, commit: CommitBatch): Target {
  const store: Store = { office, records: new Map(), rejected: new Map(), pending: new Map(), commit };
  return {
    kind: 'memory',
    maxWriters: 4,
    catalogue: () => Promise.resolve(catalogue),
    beginEntity: () => Promise.resolve(),
    openWriter: (request) => Promise.resolve(createWriter(request, store)),
    endEntity: () => Promise.resolve(),
    settle(_run, entities) {
      for (const [place, { parent, parentId }] of store.pending)
        if (tableOf(store, parent).has(parentId)) store.pending.delete(place);
      const names = new Set(entities.map(({ name }) => name));
      return Promise.resolve([...store.pending.values()].filter(({ entity }) => names.has(entity)).length);
    },
    judge: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

function tableOf({ records }: Store, entity: string): Map<string, bigint> {
  const table = records.get(entity) ?? new Map<string, bigint>();
  records.set(entity, table);
  return table;
}

function createWriter(request: WriterRequest, store: Store): EntityWriter {
  return {
    async write(batch) {
      const work = new BatchWork(request, store);
      for (const slice of batch.slices) await work.take(slice);
      return work.commit(batch);
    },
    close: () => Promise.resolve(),
  };
}

/** What one batch comes to. */
class BatchWork {
  readonly #request: WriterRequest;
  readonly #store: Store;
  readonly #counts = { read: 0, loaded: 0, unchanged: 0, rejected: 0, skipped: 0 };
  readonly #skips = new Map<string, number>();
  readonly #findings: Finding[] = [];
  readonly #rejects: MemoryReject[] = [];
  readonly #corrections: CorrectionUse[] = [];

  constructor(request: WriterRequest, store: Store) {
    this.#request = request;
    this.#store = store;
  }

  async take({ encoded, explain }: BatchSlice): Promise<void> {
    this.#counts.read += encoded.read;
    this.#findings.push(...encoded.findings);
    this.#corrections.push(...(encoded.corrections ?? []));
    for (const [reason, count] of Object.entries(encoded.skipped)) this.#skip(reason, count);
    for (const { key, source, reasons } of encoded.rejected) this.#reject(key, source, reasons);
    for (let row = 0; row < encoded.count; row++) {
      const key = keyAt(encoded.keys, row)!;
      const verdict = this.#verdict(encoded, row, key);
      if (verdict === 'write') this.#write(encoded, row, key);
      else if (verdict === 'skip') this.#skip('parent-out-of-scope', 1);
      else this.#reject(key, (await explain([encoded.positions[row]!]))[0]!, [verdict]);
    }
  }

  commit({ number, next, last }: Batch): { counts: EntityCounts; findings: number } {
    const { run, entity, partition } = this.#request;
    const counts = { ...this.#counts };
    this.#store.commit({
      run: run.id,
      entity: entity.name,
      partition,
      number,
      next,
      last,
      counts,
      skips: this.#skips,
      findings: this.#findings,
      rejects: this.#rejects,
      corrections: this.#corrections,
    });
    return { counts, findings: this.#findings.length };
  }

  #verdict({ refs }: EncodedSlice, row: number, key: LegacyKey): Finding | 'write' | 'skip' {
    const { entity, seen } = this.#request;
    const base = { severity: 'error', effect: 'reject', entity: entity.name, key } as const;
    if (seen !== null && (typeof key === 'number' ? seen.addInteger(key) : seen.addText(key)))
      return { ...base, code: 'KEY_DUPLICATE' };
    for (const ref of refs) {
      const verdict = this.#judgeParent(ref, row, key);
      if (verdict !== 'write') return verdict;
    }
    return 'write';
  }

  #judgeParent(ref: RefColumn, row: number, key: LegacyKey): Finding | 'write' | 'skip' {
    const { entity, run } = this.#request;
    const place = `${entity.name}|${keyText(key)}|${ref.column}`;
    this.#store.pending.delete(place);
    const parentKey = keyAt(ref.keys, row);
    if (parentKey === null) return 'write';
    const parentId = createIdSpace(run.office, ref.parent).text(parentKey);
    if (tableOf(this.#store, ref.parent).has(parentId)) return 'write';
    if (!ref.required) {
      this.#store.pending.set(place, { entity: entity.name, parent: ref.parent, parentId });
      return 'write';
    }
    const because = this.#store.rejected.get(`${ref.parent}|${keyText(parentKey)}`);
    if (because === undefined && run.scoped) return 'skip';
    const base = {
      severity: 'error',
      effect: 'reject',
      entity: entity.name,
      key,
      field: ref.column,
      value: keyText(parentKey),
    } as const;
    const params = { parent: ref.parent, parentKey: keyText(parentKey) };
    if (because === undefined) return { ...base, code: 'PARENT_MISSING', params };
    return {
      ...base,
      code: 'PARENT_REJECTED',
      params: { ...params, because: `${ref.parent} ${keyText(parentKey)}: ${because}` },
    };
  }

  #write({ hashes }: EncodedSlice, row: number, key: LegacyKey): void {
    const table = tableOf(this.#store, this.#request.entity.name);
    const id = createIdSpace(this.#store.office, this.#request.entity.name).text(key);
    const hash = new DataView(hashes.buffer, hashes.byteOffset).getBigUint64(row * 8);
    if (table.get(id) === hash) this.#counts.unchanged += 1;
    else this.#counts.loaded += 1;
    table.set(id, hash);
  }

  #skip(reason: string, count: number): void {
    this.#skips.set(reason, (this.#skips.get(reason) ?? 0) + count);
    this.#counts.skipped += count;
  }

  #reject(key: LegacyKey | null, source: MemoryReject['source'], reasons: readonly Finding[]): void {
    this.#counts.rejected += 1;
    this.#findings.push(...reasons);
    this.#rejects.push({ key: key === null ? null : keyText(key), source, reasons });
    if (key !== null)
      this.#store.rejected.set(
        `${this.#request.entity.name}|${keyText(key)}`,
        reasons.map(({ code }) => code).join(', '),
      );
  }
}

import type { SourceRow } from '../../core/record.ts';
import type { SourcePosition, SourceSlice } from '../../core/slice.ts';
import { ASKED_AT_ONCE } from '../../sources/changes.ts';
import type { ReadRequest, Source } from '../../sources/source.ts';
import type { SyncStore } from '../../write/sync-store.ts';
import { isTodo } from '../run-entity.ts';
import type { Stages } from '../stages.ts';
import { rowKey } from './change-feeds.ts';

export interface TodoSourceOptions {
  readonly source: Source;
  readonly stages: Stages;
  readonly store: SyncStore;
  readonly run: number;
  readonly entity: string;
  /** Only the keys that the ledger names are read; else the source is cut as always, and a partition of keys may come later. */
  readonly onlyTodo: boolean;
  /** Rows are asked for by key; else the table is looked through. */
  readonly ask: boolean;
  readonly folded: boolean;
}

/** The source as a sync reads one entity: its partition of keys yields the rows of the keys in `sync_todo`, one slice a page; a position is the number of the last key. */
export function createTodoSource(options: TodoSourceOptions): Source {
  const { source, onlyTodo } = options;
  return {
    ...source,
    partitions: (table, key, wanted) =>
      onlyTodo ? Promise.resolve([{ index: 0, range: { todo: true } }]) : source.partitions(table, key, wanted),
    read: (request, position) =>
      isTodo(request.partition.range) ? readTodo(options, request, position) : source.read(request, position),
    close: () => Promise.resolve(),
  };
}

/** Keys in one look through a source that can only be read whole. */
const SCANNED_AT_ONCE = 100_000;

async function* readTodo(
  options: TodoSourceOptions,
  request: ReadRequest,
  position: SourcePosition,
): AsyncGenerator<SourceSlice> {
  const { store, run, entity, ask } = options;
  const until = request.until === null || request.until === undefined ? Number.MAX_SAFE_INTEGER : seqOf(request.until);
  let firstRow = 0;
  for (let after = seqOf(position); after < until; ) {
    request.signal.throwIfAborted();
    const page = (await store.todo(run, entity, after, ask ? ASKED_AT_ONCE : SCANNED_AT_ONCE)).filter(
      ({ seq }) => seq <= until,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    const keys = new Set(page.map(({ key }) => key));
    const whole = { ...request, partition: { index: 0, range: null }, until: null };
    const rows: SourceRow[] = [];
    for await (const row of ask ? asked(options, whole, keys) : scanned(options, whole, keys)) rows.push(row);
    after = last.seq;
    yield { kind: 'rows', rows, firstRow, next: { seq: after } };
    firstRow += rows.length;
  }
}

async function* asked(
  { source, stages }: TodoSourceOptions,
  request: ReadRequest,
  keys: ReadonlySet<string>,
): AsyncGenerator<SourceRow> {
  for await (const slice of source.changes!.rowsWith(request, request.key, [...keys])) yield* stages.parse(slice).rows;
}

/** Rows of these keys by reading the whole table; of an entity with lineages every row, since any version may stand for a key. */
async function* scanned(
  { source, stages, folded }: TodoSourceOptions,
  request: ReadRequest,
  keys: ReadonlySet<string>,
): AsyncGenerator<SourceRow> {
  const places = request.key.map((name) => request.columns.indexOf(name));
  for (const partition of await source.partitions(request.table, request.key, 1)) {
    for await (const slice of source.read({ ...request, partition }, null)) {
      for (const row of stages.parse(slice).rows) {
        const key = rowKey(places.map((at) => row[at] ?? null));
        if (folded || (key !== null && keys.has(key))) yield row;
      }
    }
  }
}

const seqOf = (position: SourcePosition): number => Number(position?.['seq'] ?? 0);

import { EzdError } from '../core/errors.ts';
import type { ColumnReader } from './column-reader.ts';
import type { ContentItem, ContentPlace, ContentRecord } from './content.ts';
import type { CopyResult } from './copy-file.ts';
import type { CopyOutcome, CopyPool, CopyReply, CopyTask } from './copy-protocol.ts';
import type { Judge } from './judge.ts';
import { type ContentLayout, placePath } from './layout.ts';
import { guessLegacyHash } from './legacy-hash.ts';
import type { PlaceOutcome } from './place-outcome.ts';
import { storeError } from './prepare-store.ts';

/** Items are looked up in the journal this many at a time. */
const GROUP_ITEMS = 256;
/** A worker gets files up to this number or sum of bytes at a time; a bigger file goes alone. */
const BATCH_FILES = 64;
const BATCH_BYTES = 16 << 20;

export async function* groupsOf(items: AsyncIterable<ContentItem>): AsyncGenerator<readonly ContentItem[]> {
  let group: ContentItem[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < GROUP_ITEMS) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Reads all places of items: files in the workers, column values here. */
export interface ItemReader {
  /** Returns when all are under way and few enough wait; throws EzdError when an earlier one found the store unwritable. */
  read(items: readonly ContentItem[], known: ReadonlyMap<string, ContentRecord>): Promise<void>;
  /** Returns when all outcomes have been handed on. */
  drain(): Promise<void>;
}

export interface ItemReaderParts {
  readonly layout: ContentLayout;
  readonly pool: CopyPool;
  readonly jobs: number;
  readonly columns: ColumnReader;
  readonly judge: Pick<Judge, 'take' | 'dismiss'>;
}

/** One item on its way: outcomes gather until every place has one. */
interface Pending {
  readonly item: ContentItem;
  readonly before: ContentRecord | undefined;
  readonly outcomes: PlaceOutcome[];
  readonly tasks: readonly { readonly place: ContentPlace; readonly task: Omit<CopyTask, 'id'> }[];
}

export function openItemReader(parts: ItemReaderParts): ItemReader {
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;

  const begin = async (work: () => Promise<void>): Promise<void> => {
    const promise = work()
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.delete(promise));
    underWay.add(promise);
    // Twice the workers: the next list is ready when a worker is, and no more waits in memory.
    while (underWay.size >= parts.jobs * 2) await Promise.race(underWay);
    if (failure !== null) throw failure.error;
  };

  return {
    read: async (items, known) => {
      for (const batch of batchesOf(items)) {
        await begin(() =>
          readBatch(
            parts,
            batch.map((item) => prepare(parts.layout, item, known)),
          ),
        );
      }
    },
    drain: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
      if (failure !== null) throw failure.error;
    },
  };
}

function* batchesOf(items: readonly ContentItem[]): Generator<readonly ContentItem[]> {
  let batch: ContentItem[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = item.expectedSize ?? 0;
    if (batch.length > 0 && (batch.length >= BATCH_FILES || bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function prepare(layout: ContentLayout, item: ContentItem, known: ReadonlyMap<string, ContentRecord>): Pending {
  const algorithm = guessLegacyHash(item.legacyHash)?.algorithm ?? null;
  const outcomes: PlaceOutcome[] = [];
  const tasks: { place: ContentPlace; task: Omit<CopyTask, 'id'> }[] = [];
  for (const place of item.places) {
    if (place.kind !== 'file') continue;
    const path = placePath(layout, item, place);
    if ('segments' in path) tasks.push({ place, task: { segments: path.segments, algorithm } });
    else if ('refused' in path) outcomes.push({ place, kind: 'problem', problem: { kind: 'outside-root' } });
    else outcomes.push({ place, kind: 'problem', problem: { kind: 'no-path', reason: path.noPath } });
  }
  return { item, before: known.get(item.contentId), outcomes, tasks };
}

async function readBatch(parts: ItemReaderParts, batch: readonly Pending[]): Promise<void> {
  const places = batch.flatMap((pending) => pending.tasks.map(({ place, task }) => ({ pending, place, task })));
  const reply: CopyReply =
    places.length === 0
      ? { kind: 'done', outcomes: [] }
      : await parts.pool.ask(places.map(({ task }, id) => ({ id, ...task })));
  for (const outcome of reply.outcomes) {
    const asked = places[outcome.id];
    if (asked !== undefined) asked.pending.outcomes.push({ place: asked.place, ...resultOf(outcome) });
  }
  for (const { item, before, outcomes } of batch) {
    for (const place of item.places) {
      if (place.kind === 'column' && reply.kind === 'done') {
        outcomes.push(await parts.columns.read(place, item.legacyHash));
      }
    }
    if (outcomes.length === item.places.length) await parts.judge.take(item, inOrder(item, outcomes), before);
    else parts.judge.dismiss(outcomes);
  }
  if (reply.kind === 'store-failed') throw storeError(reply.code);
  if (reply.kind === 'root-gone') throw rootGoneError();
}

export const rootGoneError = (): EzdError =>
  new EzdError('SOURCE_UNREACHABLE', 'A root folder of the legacy file repository is not there.', {
    subject: 'source.contents.root',
    hint: 'Check that the share is mounted and the path in the project file is right, then run the command again: it goes on where it stopped.',
    retryable: true,
  });

const resultOf = (outcome: CopyOutcome): CopyResult =>
  outcome.kind === 'read'
    ? { kind: 'read', read: outcome.read, temp: outcome.temp }
    : { kind: 'problem', problem: outcome.problem };

/** In the order of the item's places, so that "the first" means the same whichever was read first. */
const inOrder = (item: ContentItem, outcomes: readonly PlaceOutcome[]): readonly PlaceOutcome[] =>
  outcomes.length < 2
    ? outcomes
    : [...outcomes].sort((a, b) => item.places.indexOf(a.place) - item.places.indexOf(b.place));

import { join } from 'node:path';
import { EzdError } from '../core/errors.ts';
import type { ContentPlace } from './content.ts';
import { copyValue, type Destination, StoreFault } from './copy-value.ts';
import type { PlaceOutcome } from './place-outcome.ts';
import { type PreparedStore, storeError } from './prepare-store.ts';
import type { SharedState } from './shared-state.ts';
import { tempFolder } from './store-path.ts';

export type ColumnPlace = Extract<ContentPlace, { kind: 'column' }>;

/** Reads values of binary columns chunk by chunk: a value of 2 GiB is never whole in memory. */
export interface ColumnReader {
  read(place: ColumnPlace, legacyHash: string | null): Promise<PlaceOutcome>;
}

export type OpenColumn = (place: ColumnPlace) => AsyncIterable<Uint8Array>;

export function openColumnReader(
  store: PreparedStore,
  openColumn: OpenColumn | null,
  shared: SharedState,
  syncEachFile: boolean,
): ColumnReader {
  let next = 0;
  return {
    read: async (place, legacyHash) => {
      if (openColumn === null) return { place, kind: 'problem', problem: { kind: 'no-path', reason: 'database' } };
      const temp = join(tempFolder(store.root), `${store.session}-column-${next++}`);
      return copyColumn(place, openColumn(place), legacyHash, { temp, root: store.root, shared, syncEachFile });
    },
  };
}

async function copyColumn(
  place: ColumnPlace,
  chunks: AsyncIterable<Uint8Array>,
  legacyHash: string | null,
  to: Destination,
): Promise<PlaceOutcome> {
  try {
    return { place, kind: 'read', ...(await copyValue(chunks, legacyHash, to)) };
  } catch (error) {
    if (error instanceof StoreFault) throw storeError(error.code);
    return problem(place, error);
  }
}

/** A lost connection stops the copy, to be resumed; a value that is not there is the content's own problem. */
function problem(place: ColumnPlace, error: unknown): PlaceOutcome {
  if (error instanceof EzdError && error.code !== 'SOURCE_MISSING') throw error;
  if (error instanceof EzdError) return { place, kind: 'problem', problem: { kind: 'missing' } };
  const reason = (error as { code?: unknown }).code;
  return {
    place,
    kind: 'problem',
    problem: { kind: 'unreadable', reason: typeof reason === 'string' ? reason : 'UNKNOWN' },
  };
}

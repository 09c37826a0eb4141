import type { ContentItem, ContentPlace } from '../contents/content.ts';
import { VALUE_COLUMN } from '../contents/store-items.ts';
import { rowsOf } from '../pipeline/stage.ts';
import { PARSERS } from './build-stage.ts';
import type { OpenedSource } from './compose.ts';
import { spoolFolder } from './project-contents.ts';
import { type SpooledValues, spoolValues } from './spooled-values.ts';

/** Values of binary columns of the project's source: asked for one by one where the source can, else spooled. */
export function openValues(opened: OpenedSource, storeRoot: string, signal: AbortSignal): SpooledValues {
  const { openFile, readValue, source } = opened;
  if (openFile !== null) return { open: (place) => fromPackage(openFile, place), close: async () => {} };
  if (readValue === null) return spoolValues(source, (slice) => rowsOf(slice, PARSERS), spoolFolder(storeRoot), signal);
  return {
    open: ({ key }) => readValue({ ...VALUE_COLUMN, key: /^\d{1,15}$/.test(key) ? Number(key) : key }, signal),
    close: async () => {},
  };
}

/** Places of packages name the package where others name a table (see `throughSource`). */
async function* fromPackage(
  openFile: NonNullable<OpenedSource['openFile']>,
  { table, key }: Extract<ContentPlace, { kind: 'column' }>,
): AsyncGenerator<Uint8Array> {
  yield* await openFile(table, key);
}

/** Items whose files lie inside packages: read as streams of the source, not from a repository. */
export async function* throughSource(items: AsyncIterable<ContentItem>): AsyncGenerator<ContentItem> {
  for await (const item of items) {
    const places = item.places.map(
      (place): ContentPlace =>
        place.kind === 'file'
          ? { kind: 'column', table: place.container, column: 'plik', key: place.identifier }
          : place,
    );
    yield { ...item, places };
  }
}

import { VALUE_COLUMN } from '../contents/store-items.ts';
import { rowsOf } from '../pipeline/stage.ts';
import { PARSERS } from './build-stage.ts';
import type { OpenedSource } from './compose.ts';
import { spoolFolder } from './project-contents.ts';
import { type SpooledValues, spoolValues } from './spooled-values.ts';

/** Values of binary columns of the project's source: asked for one by one where the source can, else spooled. */
export function openValues(opened: OpenedSource, storeRoot: string, signal: AbortSignal): SpooledValues {
  const { readValue, source } = opened;
  if (readValue === null) return spoolValues(source, (slice) => rowsOf(slice, PARSERS), spoolFolder(storeRoot), signal);
  return {
    open: ({ key }) => readValue({ ...VALUE_COLUMN, key: /^\d{1,15}$/.test(key) ? Number(key) : key }, signal),
    close: async () => {},
  };
}

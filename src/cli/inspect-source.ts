import type { SourceCatalogue } from '../core/catalogue.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import { EzdError } from '../core/errors.ts';
import type { ParsedSlice, SourceSlice } from '../core/slice.ts';
import type { Translator } from '../i18n/translator.ts';
import { drawPicture, type InspectProgress } from '../inspect/draw-picture.ts';
import type { Picture } from '../inspect/picture.ts';
import type { OpenedSource } from './compose.ts';
import { programVersion } from './program-version.ts';
import { RAW_PARSERS } from './raw-parsers.ts';

/** Rows of one table that are read of a living database, which people work with; dumps and packages are read whole. */
export const LIVE_SAMPLE = 100_000;

export interface InspectChoice {
  /** As typed; null: all. */
  readonly tables: readonly string[] | null;
  /** null: decided by the kind of source. */
  readonly sample: number | null;
  readonly now: () => number;
  readonly onProgress: (progress: InspectProgress) => void;
}

/** Draws the picture of an opened source. Throws EzdError USAGE for a table that is not there. */
export async function inspectSource(
  { source }: OpenedSource,
  choice: InspectChoice,
  texts: Translator,
  signal: AbortSignal,
): Promise<Picture> {
  const { tables, sample, now, onProgress } = choice;
  const found = tables === null ? null : chosenTables(tables, await source.catalogue(), texts);
  return drawPicture({
    source,
    parse: parseSlice,
    tables: found,
    sample: sample ?? (source.kind === 'mssql' ? LIVE_SAMPLE : null),
    by: `ezd-migrate ${programVersion()}`,
    now,
    onProgress,
    signal,
  });
}

const parseSlice = (slice: SourceSlice): ParsedSlice =>
  slice.kind === 'rows' ? { rows: slice.rows, broken: [] } : RAW_PARSERS[slice.parser]!(slice.bytes, slice.spec);

/** Names with or without schema, without regard to case. */
function chosenTables(wanted: readonly string[], { tables }: SourceCatalogue, texts: Translator): readonly string[] {
  return wanted.map((word) => {
    const name = word.toLowerCase();
    const found = tables.find(
      (table) => table.name.toLowerCase() === name || table.name.toLowerCase() === `dbo.${name}`,
    );
    if (found !== undefined) return found.name;
    const near = didYouMean(
      word.includes('.') ? word : `dbo.${word}`,
      tables.map((table) => table.name),
    );
    throw new EzdError('USAGE', texts.text('inspect.noTable', { table: word }), {
      hint: near === null ? texts.text('inspect.tablesHint') : texts.text('usage.didYouMean', { word: near }),
    });
  });
}

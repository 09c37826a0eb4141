import { closeSync, writeSync } from 'node:fs';
import { CSV_START, csvLine } from '../core/csv-line.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Cli } from './cli.ts';
import { createExportFile } from './create-export-file.ts';
import { type OpenRejects, type ShownReject, shownReject } from './open-rejects.ts';

export interface RejectsFile {
  /** Absolute path. */
  readonly file: string;
  /** Only of this entity: then each source column is a column of its own. */
  readonly entity?: string | undefined;
  readonly code?: string | undefined;
  /** Overwrites a file that is there. */
  readonly force: boolean;
  /** Unmasked; only the owner may read the file. */
  readonly personal: boolean;
}

/** Writes the rejects of a run to a CSV file, one line a record; returns how many. Throws EzdError USAGE when the file cannot be made. */
export async function exportRejects(
  cli: Cli,
  { ledger, run, standing }: OpenRejects,
  wanted: RejectsFile,
): Promise<number> {
  const { file, entity, code, force, personal } = wanted;
  const filter = {
    standing,
    ...(entity === undefined ? {} : { entity }),
    ...(code === undefined ? {} : { code }),
  };
  const handle = createExportFile(file, force, personal, cli.texts);
  let count = 0;
  try {
    let columns: readonly string[] | null = null;
    for await (const reject of ledger.rejects(run, filter)) {
      const shown = shownReject(reject, cli, personal);
      if (columns === null) {
        columns = entity === undefined ? [] : Object.keys(shown.source);
        writeSync(handle, CSV_START + csvLine(header(cli.texts, columns)));
      }
      writeSync(handle, csvLine(lineOf(shown, columns)));
      count += 1;
    }
    if (columns === null) writeSync(handle, CSV_START + csvLine(header(cli.texts, [])));
  } finally {
    closeSync(handle);
  }
  return count;
}

function header(texts: Translator, columns: readonly string[]): string[] {
  const own = (['column.id', 'column.entity', 'column.key', 'column.code', 'column.message'] as const).map((key) =>
    texts.text(key),
  );
  return [...own, ...(columns.length === 0 ? [texts.text('rejects.source')] : columns)];
}

function lineOf({ id, entity, key, reasons, source }: ShownReject, columns: readonly string[]): string[] {
  const codes = reasons.map(({ code }) => code).join(', ');
  const messages = reasons.map(({ message }) => message).join(' ');
  const own = [String(id), entity, key ?? '', codes, messages];
  if (columns.length === 0) return [...own, JSON.stringify(source)];
  const rest = Object.keys(source).some((column) => !columns.includes(column));
  const cells = columns.map((column) => textOf(source[column]));
  return rest ? [...own, ...cells, JSON.stringify(source)] : [...own, ...cells];
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

import type { SourceRow } from '../../core/record.ts';
import type { SourcePosition, SourceRemark, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest } from '../source.ts';
import type { Remark } from './archive.ts';
import type { PackageLinks } from './link-objects.ts';
import { otherSize, otherSpelling, sourceRemark, undescribed, withoutFile } from './package-remarks.ts';
import type { PackageTable } from './package-table.ts';
import { kindOf, type PackageItem, type PackageReader } from './read-package.ts';

export interface TableWork {
  readonly table: PackageTable;
  /** Newest package first. */
  readonly readers: readonly PackageReader[];
  readonly links: PackageLinks;
  readonly request: ReadRequest;
  readonly onRemark: ((packageFile: string, remark: Remark) => void) | undefined;
}

/** Characters of text that fill a slice before its rows do; as many remarks as rows fill it too. */
const SLICE_CHARACTERS = 1 << 20;

/** The rows of one table from all packages. What there is to say of a package comes with two of them: of cases with `paczka.sprawy`, of all else with `paczka.dokumenty`. */
export async function* readTable(work: TableWork, position: SourcePosition): AsyncGenerator<SourceSlice> {
  const { readers, request } = work;
  const at = (name: string): number => Number(position?.[name] ?? 0);
  // `closed`: so many remarks on the package as a whole are said already.
  const from = { package: at('package'), entry: at('entry'), closed: at('closed') };
  const until = Number(request.until?.['rows'] ?? Number.POSITIVE_INFINITY);
  const draft = new SliceDraft(at('rows'), request.sliceRows);
  const teller = tellerOf(work, draft, position?.['told']);
  for (let number = from.package; number < readers.length; number++) {
    const reader = readers[number]!;
    const first = number === from.package ? from.entry : 0;
    if (first === 0) teller?.opened(reader);
    for (let index = first; index < reader.entries.length; index++) {
      if (request.signal.aborted) return;
      draft.add(rowsOf(work, await readEntry(work, reader, index, teller)));
      if (draft.end >= until) {
        yield draft.upTo(until, { package: number, entry: index + 1 });
        return;
      }
      if (draft.isFull()) yield draft.take({ package: number, entry: index + 1, told: teller?.told() ?? [] });
    }
    let closed = 0;
    for (const remark of teller?.closing(reader) ?? []) {
      closed += 1;
      if (number === from.package && closed <= from.closed) continue;
      draft.note(remark);
      if (draft.isFull()) yield draft.take({ package: number, entry: reader.entries.length, closed });
    }
  }
  if (!draft.isEmpty()) yield draft.take({ package: readers.length, entry: 0 });
}

/** Reads one metadata file when it may give rows, or has to be spoken of; null: it gives nothing new. */
async function readEntry(
  { table, links }: TableWork,
  reader: PackageReader,
  index: number,
  teller: Teller | null,
): Promise<PackageItem | null> {
  if (table.of !== undefined && table.of !== kindOf(reader.entries, index)) return null;
  const ordinal = reader.before + index;
  if (teller === null && (!links.isNew(ordinal) || table.reads?.(links, ordinal) === false)) return null;
  const read = await reader.read(index);
  teller?.read(reader, read.remarks);
  if (!('item' in read)) return null;
  const isNew = links.isNew(ordinal);
  teller?.item(reader, read.item, isNew);
  return isNew ? read.item : null;
}

function rowsOf({ table, links, request }: TableWork, item: PackageItem | null): SourceRow[] {
  if (item === null) return [];
  return table.rows(item, links).map((row) => request.columns.map((column) => row[column.toLowerCase()] ?? null));
}

/** What becomes the next slice. */
class SliceDraft {
  #rows: SourceRow[] = [];
  #remarks: SourceRemark[] = [];
  #characters = 0;
  #firstRow: number;
  readonly #most: number;

  constructor(firstRow: number, most: number) {
    this.#firstRow = firstRow;
    this.#most = most;
  }

  /** Number of the row behind the last one. */
  get end(): number {
    return this.#firstRow + this.#rows.length;
  }

  add(rows: readonly SourceRow[]): void {
    for (const row of rows) {
      this.#characters += row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
      this.#rows.push(row);
    }
  }

  note(remark: SourceRemark): void {
    this.#remarks.push(remark);
  }

  isFull(): boolean {
    const { length } = this.#rows;
    return length >= this.#most || this.#characters >= SLICE_CHARACTERS || this.#remarks.length >= this.#most;
  }

  isEmpty(): boolean {
    return this.#rows.length === 0 && this.#remarks.length === 0;
  }

  /** The slice, and a new beginning. */
  take(next: Exclude<SourcePosition, null>): SourceSlice {
    const [rows, remarks, firstRow] = [this.#rows, this.#remarks, this.#firstRow];
    this.#firstRow = this.end;
    [this.#rows, this.#remarks, this.#characters] = [[], [], 0];
    const told = remarks.length === 0 ? {} : { remarks };
    return { kind: 'rows', rows, firstRow, next: { ...next, rows: firstRow + rows.length }, ...told };
  }

  /** The slice without rows behind the row of that number. */
  upTo(end: number, next: Exclude<SourcePosition, null>): SourceSlice {
    this.#rows.length = end - this.#firstRow;
    return this.take(next);
  }
}

/** Says what there is to say of packages, each leniency once a package. */
interface Teller {
  opened(reader: PackageReader): void;
  read(reader: PackageReader, remarks: readonly Remark[]): void;
  item(reader: PackageReader, item: PackageItem, isNew: boolean): void;
  /** What can be said when all its files are known. */
  closing(reader: PackageReader): Iterable<SourceRemark>;
  /** Kinds of leniency said of the package that is being read: where it goes on, they are not said again. */
  told(): readonly string[];
}

function tellerOf({ table, onRemark }: TableWork, draft: SliceDraft, before: unknown): Teller | null {
  const documents = table.name === 'paczka.dokumenty';
  if (!documents && table.name !== 'paczka.sprawy') return null;
  const told = new Set(Array.isArray(before) ? before.map(String) : []);
  const say = (reader: PackageReader, remark: Remark): void => {
    onRemark?.(reader.file, remark);
    draft.note(sourceRemark(reader.file, remark));
  };
  return {
    opened(reader) {
      told.clear();
      if (documents) for (const remark of reader.archive.remarks) draft.note(sourceRemark(reader.file, remark));
    },
    read(reader, remarks) {
      for (const remark of remarks) {
        const kind = `${remark.params?.['reason']}`;
        if (remark.code === 'PACKAGE_XML_LENIENT' && told.has(kind)) continue;
        if (remark.code === 'PACKAGE_XML_LENIENT') told.add(kind);
        say(reader, remark);
      }
    },
    item(reader, item, isNew) {
      if (!isNew) return say(reader, { code: 'PACKAGE_OBJECT_REPEATED', path: item.path });
      this.read(reader, [...otherSpelling(item)]);
      for (const remark of withoutFile(item)) say(reader, remark);
      for (const remark of otherSize(item)) say(reader, remark);
    },
    *closing(reader) {
      if (!documents) return;
      for (const remark of undescribed(reader)) {
        onRemark?.(reader.file, remark);
        yield sourceRemark(reader.file, remark);
      }
    },
    told: () => [...told],
  };
}

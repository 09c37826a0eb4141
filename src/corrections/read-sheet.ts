import type { FilePosition } from '../core/errors.ts';
import { cellText } from '../core/sheet-cell.ts';
import type { Draft, Placed } from './draft.ts';
import { parseCells, type SheetCell } from './parse-cells.ts';
import type { ProblemList } from './problem-list.ts';
import { columnNamed, columnNames, isEmptyMark, SHEET_COLUMNS, type SheetColumn, sheetHeader } from './sheet-format.ts';

/**
 * Reads a sheet of corrections line by line, so that 100,000 of them are never all here at once; `file` is its name in messages. What is wrong goes to `problems`.
 * Returns the number of lines that nobody has filled in yet.
 */
export function readSheet(file: string, text: string, problems: ProblemList, take: (draft: Draft) => void): number {
  const body = withoutSeparatorLine(text.replace(/^\uFEFF/, ''));
  const fault = (at: { line: number; column: number }): void =>
    problems.error('badQuotes', {}, { file, ...at }, problems.text('badQuotesHint'));
  const rows = parseCells(body.text, body.delimiter, fault)[Symbol.iterator]();
  const header = rows.next();
  const place = (cell: { readonly line: number; readonly column: number }): FilePosition => ({
    file,
    line: cell.line + body.skipped,
    column: cell.column,
  });
  const first = place({ line: 1, column: 1 });
  if (header.done === true) {
    problems.error('noHeader', {}, first, columnsHint(problems));
    return 0;
  }
  const columns = readHeader(header.value, place, problems);
  if (columns === null) return 0;
  let unfilled = 0;
  for (let row = rows.next(); row.done !== true; row = rows.next()) {
    const draft = readRow(row.value, columns, place, problems);
    if (draft === 'unfilled') unfilled += 1;
    else if (draft !== null) take(draft);
  }
  return unfilled;
}

const columnsHint = (problems: ProblemList): string =>
  problems.text('columnsHint', { columns: sheetHeader(problems.language).join(', ') });

/** Excel's own `sep=;` first line, and what is between the cells of the header. */
function withoutSeparatorLine(text: string): { text: string; delimiter: string; skipped: number } {
  const told = /^sep=(.)\r?\n/i.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const header = /^[^\r\n]*/.exec(body)?.[0] ?? '';
  const delimiter = told?.[1] ?? [';', '\t', ','].find((each) => header.includes(each)) ?? ';';
  return { text: body, delimiter, skipped: told === null ? 0 : 1 };
}

type Columns = ReadonlyMap<SheetColumn, number>;
type Place = (cell: { readonly line: number; readonly column: number }) => FilePosition;

function readHeader(cells: readonly SheetCell[], place: Place, problems: ProblemList): Columns | null {
  const columns = new Map<SheetColumn, number>();
  for (const [index, cell] of cells.entries()) {
    const name = columnNamed(cell.text);
    if (name === null) continue;
    if (columns.has(name)) problems.error('columnTwice', { column: cell.text }, place(cell));
    else columns.set(name, index);
  }
  const others = cells.filter(({ text }) => columnNamed(text) === null && text.trim() !== '');
  const missing = SHEET_COLUMNS.filter((column) => !columns.has(column));
  for (const column of missing) {
    const name = sheetHeader(problems.language)[SHEET_COLUMNS.indexOf(column)]!;
    const meant = others.find(({ text }) => problems.near(text, columnNames())?.includes('"') === true);
    problems.error('missingColumn', { column: name }, place(meant ?? cells[0]!), columnsHint(problems));
  }
  return missing.length === 0 ? columns : null;
}

function readRow(
  cells: readonly SheetCell[],
  columns: Columns,
  place: Place,
  problems: ProblemList,
): Draft | 'unfilled' | null {
  const last = cells.at(-1)!;
  const cellOf = (column: SheetColumn): Placed => {
    const cell = cells[columns.get(column)!] ?? { text: '', line: last.line, column: last.column };
    return { text: cellText(cell.text), at: place(cell) };
  };
  const wanted = cellOf('new');
  const [reason, author] = [cellOf('reason').text.trim(), cellOf('author').text.trim()];
  const isUnfilled = wanted.text.trim() === '' && reason === '' && author === '';
  if (isUnfilled) return 'unfilled';
  if (wanted.text.trim() === '') {
    problems.error('missingNew', {}, wanted.at, problems.text('missingNewHint'));
    return null;
  }
  const old = cellOf('old');
  return {
    kind: 'record',
    entity: cellOf('entity'),
    key: cellOf('key'),
    field: cellOf('field'),
    old: isEmptyMark(old.text) ? { ...old, text: '' } : old,
    new: { text: isEmptyMark(wanted.text) ? null : wanted.text, at: wanted.at },
    reason,
    author,
    date: cellOf('date'),
    at: place(cells[0]!),
  };
}

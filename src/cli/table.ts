export interface TableColumn {
  readonly title: string;
  /** Numbers to the right. */
  readonly align?: 'left' | 'right';
}

/** Characters a text takes on a terminal; combining marks take none. */
const width = (text: string): number => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length;

/** Text table with two spaces between columns; no border, so that it can be cut and pasted. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        return columns[i]?.align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n');
}

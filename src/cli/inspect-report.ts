import type { Comparison } from '../inspect/against/comparison.ts';
import type { Picture, TablePicture } from '../inspect/picture.ts';
import type { Cli } from './cli.ts';
import { renderTable } from './table.ts';

/** A name of the source may hold anything: nothing in it may move the cursor. */
const plain = (name: string): string => name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');

/** The picture on the terminal: one line a table; the page and the JSON tell the rest. */
export function showPicture(cli: Cli, picture: Picture): void {
  const { texts, style } = cli;
  const { tables, references, source, drawn } = picture;
  const { database } = source;
  if (database !== null) {
    const yes = (value: boolean): string => texts.text(value ? 'inspect.yes' : 'inspect.no');
    const versions = tables.filter(({ design }) => design !== null && design.rowVersion !== null).length;
    const { name, collation, compatibilityLevel: level } = database;
    const flags = { snapshot: yes(database.snapshotIsolation), tracking: yes(database.changeTracking), versions };
    cli.line(texts.text('inspect.database', { name, collation, level, ...flags }));
  }
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const rows = tables.reduce((sum, { read }) => sum + read.rows, 0);
  const params = { tables: tables.length, columns, rows: texts.number(rows), time: texts.duration(drawn.milliseconds) };
  cli.line(style.bold(texts.text('inspect.title', params)));
  const titles = [
    { title: texts.text('inspect.table') },
    ...(['rows', 'size', 'columns', 'codes', 'references'] as const).map((what) => ({
      title: texts.text(`inspect.${what}`),
      align: 'right' as const,
    })),
    { title: texts.text('inspect.read') },
  ];
  const lines = tables.map((table) => [
    plain(table.name),
    rowsText(cli, table),
    table.bytes === null ? '?' : texts.bytes(table.bytes),
    texts.number(table.columns.length),
    texts.number(table.columns.filter(({ codes }) => codes !== null).length),
    texts.number(references.filter(({ from }) => from.table === table.name).length),
    readText(cli, table),
  ]);
  cli.line(renderTable(titles, lines));
}

const rowsText = ({ texts }: Cli, { rows }: TablePicture): string =>
  rows === null ? '?' : `${rows.exact ? '' : '~'}${texts.number(rows.count)}`;

const readText = ({ texts }: Cli, { read }: TablePicture): string =>
  read.why === null
    ? texts.text(`inspect.how.${read.how}`, { rows: texts.number(read.rows) })
    : texts.text(`inspect.why.${read.why}`);

/** What the mappings lack, and what they have too much, one line each. */
export function showComparison(cli: Cli, against: Comparison): void {
  const { texts, style } = cli;
  const { mappings, counts, missing, clashes, codes } = against;
  const full = (table: string, column: string | null): string => plain(column === null ? table : `${table}.${column}`);
  const title = { mappings, tables: counts.mappedTables, columns: counts.mappedColumns };
  cli.line();
  cli.line(style.bold(texts.text('inspect.against.title', title)));
  for (const { table, column, entities, optional, near } of missing) {
    const params = { name: full(table, column), entities: entities.join(', ') };
    const meant = near === null ? '' : texts.text('inspect.near', { name: plain(near) });
    const line = `${texts.text(optional ? 'inspect.missingOptional' : 'inspect.missing', params)}${meant}`;
    cli.line(`  ${optional ? line : style.red(line)}`);
  }
  for (const { table, column, rows } of against.new) {
    const params = { name: full(table, column), rows: rows === null ? '?' : texts.number(rows) };
    cli.line(`  ${style.yellow(texts.text('inspect.new', params))}`);
  }
  for (const { entity, table, column, found, to, wants } of clashes) {
    const params = { entity, column: full(table, column), found: texts.text(`inspect.type.${found}`), to, wants };
    cli.line(`  ${style.red(texts.text('inspect.clash', params))}`);
  }
  for (const { table, column, lookup, unknown } of codes) {
    if (unknown.length === 0) continue;
    const params = { column: full(table, column), count: unknown.length, lookup };
    cli.line(`  ${style.yellow(texts.text('inspect.unknownCodes', params))}`);
  }
}

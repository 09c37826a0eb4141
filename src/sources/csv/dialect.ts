/** Encodings that SQL Server tools write. */
export const CSV_ENCODINGS = ['utf8', 'windows-1250', 'utf16le'] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/**
 * Where a row ends. `crlf`: only at CR LF, a lone LF is data (bcp on Windows). `lf`: at LF, a CR before it is data. `any`: at LF, a CR before it is dropped.
 */
export const CSV_ROW_ENDS = ['crlf', 'lf', 'any'] as const;
export type CsvRowEnd = (typeof CSV_ROW_ENDS)[number];

/** How one dump file is written. */
export interface CsvDialect {
  readonly encoding: CsvEncoding;
  /** One or more ASCII characters between fields. */
  readonly delimiter: string;
  /** The character that may open a field (and is doubled inside it); null: the file knows no quoting, as bcp writes. */
  readonly quote: string | null;
  /** True when the first line names the columns; false: they come from `<table>.columns.txt`. */
  readonly header: boolean;
  readonly rowEnd: CsvRowEnd;
  /** The unquoted field that means SQL NULL: empty, `NULL` (Management Studio), `\N`. */
  readonly nullMarker: string;
  /** The field that means an empty text where an empty field means NULL: bcp writes one NUL character; null: there is none. */
  readonly emptyMarker: string | null;
}

/** Parts of a dialect that a project file fixes; the rest is found out from the file. */
export type CsvDialectSettings = { readonly [K in keyof CsvDialect]?: CsvDialect[K] | undefined };

const VISIBLE: Readonly<Record<string, string>> = { '\t': 'tab', '': 'empty', '\0': 'NUL' };
const visible = (text: string): string => VISIBLE[text] ?? text;

/** One line for people: `utf8, delimiter ;, quote ", header, rows end crlf, NULL is empty`. */
export function describeDialect(dialect: CsvDialect): string {
  return [
    dialect.encoding,
    `delimiter ${visible(dialect.delimiter)}`,
    dialect.quote === null ? 'no quotes' : `quote ${dialect.quote}`,
    dialect.header ? 'header' : 'no header',
    `rows end ${dialect.rowEnd}`,
    `NULL is ${visible(dialect.nullMarker)}`,
  ].join(', ');
}

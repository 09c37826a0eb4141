import { CsvError, type Info, parse } from 'csv-parse/sync';
import type { FilePosition } from '../../core/errors.ts';
import type { LookupPlan } from '../../core/plan.ts';
import type { Report } from '../report.ts';
import type { BundleFile } from './document.ts';

const COLUMNS = ['kod', 'wartosc', 'opis', 'status'] as const;
/** Statuses that mark a code whose meaning nobody outside the office knows. */
const UNCONFIRMED = ['nieznany', 'unconfirmed'];
/** Statuses of codes to which the bundle gives a meaning that an office should confirm. */
const ASSUMED = ['zalozony', 'assumed'];
const STATUSES = ['', 'potwierdzony', 'confirmed', ...ASSUMED, ...UNCONFIRMED];

interface Row {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * Reads `lookups/<name>.csv`: columns kod, wartosc and, if wanted, opis and status; `;` or `,` between them; lines that begin with `#` tell where it comes
 * from. An empty wartosc is NULL. Returns null, with the problems reported, for a file that is no look-up.
 */
export function readLookup(file: BundleFile, name: string, report: Report): LookupPlan | null {
  const rows = readRows(file, report);
  if (rows === null) return null;
  const [header, ...data] = rows;
  const columns = readHeader(file, header, report);
  if (columns === null) return null;
  const entries = new Map<string, { readonly value: string | null; readonly line: number }>();
  const unconfirmed: string[] = [];
  const assumed: string[] = [];
  for (const row of data) {
    const cell = (name: (typeof COLUMNS)[number]): string => (row.record[columns.indexOf(name)] ?? '').trim();
    const code = cell('kod');
    const at = lineAt(file, row.info.lines);
    const first = entries.get(code);
    if (first !== undefined) report.error('lookupTwice', { code, line: first.line }, at);
    if (!STATUSES.includes(cell('status')))
      report.error('lookupStatus', { found: cell('status') }, at, report.near(cell('status'), STATUSES.slice(1)));
    if (UNCONFIRMED.includes(cell('status'))) unconfirmed.push(code);
    if (ASSUMED.includes(cell('status'))) assumed.push(code);
    entries.set(code, { value: cell('wartosc') === '' ? null : cell('wartosc'), line: row.info.lines });
  }
  if (entries.size === 0) report.error('lookupEmpty', { file: file.file }, lineAt(file, 1));
  return {
    name,
    file: file.file,
    entries: Object.fromEntries([...entries].map(([code, { value }]) => [code, value])),
    unconfirmed,
    ...(assumed.length === 0 ? {} : { assumed }),
  };
}

function readRows(file: BundleFile, report: Report): readonly Row[] | null {
  try {
    return parse(file.text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter: delimiterOf(file.text),
      skip_empty_lines: true,
      info: true,
    }) as unknown as readonly Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    report.error(
      'lookupUnreadable',
      { file: file.file, reason: error.message },
      lineAt(file, Number(error['lines'] ?? 1)),
    );
    return null;
  }
}

/** `;` when the header has one, else `,`. */
function delimiterOf(text: string): string {
  const header = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  return header?.includes(';') ? ';' : ',';
}

function readHeader(file: BundleFile, header: Row | undefined, report: Report): readonly string[] | null {
  if (header === undefined) {
    report.error('lookupEmpty', { file: file.file }, lineAt(file, 1));
    return null;
  }
  const names = header.record.map((name) => name.trim().toLowerCase());
  const at = lineAt(file, header.info.lines);
  for (const name of names) {
    if (!(COLUMNS as readonly string[]).includes(name))
      report.error('lookupColumn', { column: name }, at, report.near(name, COLUMNS));
  }
  if (names.includes('kod') && names.includes('wartosc')) return names;
  report.error('lookupHeader', { found: names.join(', ') }, at);
  return null;
}

function lineAt(file: BundleFile, line: number): FilePosition {
  const text = file.text.split('\n')[line - 1]?.replace(/\r$/, '') ?? '';
  return { file: file.name, line, column: 1, text, length: Math.max(1, text.length) };
}

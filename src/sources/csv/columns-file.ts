import { readFile } from 'node:fs/promises';
import type { SourceColumn } from '../../core/catalogue.ts';
import { EzdError } from '../../core/errors.ts';

/**
 * Reads `<table>.columns.txt`: one column a line in file order, optionally followed by its SQL Server type (`Id int`); or all names in one line,
 * separated by comma, semicolon or tab. Empty lines and lines that start with `#` do not count. UTF-8.
 */
export async function readColumnsFile(path: string): Promise<readonly SourceColumn[]> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first = ''] = lines;
  const entries = lines.length === 1 && /[,;\t]/.test(first) ? first.split(/[,;\t]/) : lines;
  const columns = entries.map((entry) => {
    const [name = '', ...type] = entry.trim().split(/\s+/);
    return { name, type: type.length > 0 ? type.join(' ') : null, nullable: null };
  });
  if (columns.length > 0 && columns.every((column) => column.name !== '')) return columns;
  throw new EzdError('SOURCE_UNREADABLE', `${path} names no columns`, {
    subject: path,
    hint: 'Write one column name a line, in the order of the dump file.',
  });
}

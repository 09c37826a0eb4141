import { expect, it } from 'vitest';
import { PACKAGE_TABLES } from '../../../src/sources/package/package-tables.ts';

it('docs/sources/package-tables.md names every table and column (vitest -u writes it anew)', async () => {
  const tables = PACKAGE_TABLES.map(({ name, comment, columns }) => {
    const width = Math.max(7, ...Object.keys(columns).map((column) => column.length + 2));
    const text = Math.max(5, ...Object.values(columns).map((each) => each.length));
    const line = (a: string, b: string): string => `| ${a.padEnd(width)} | ${b.padEnd(text)} |`;
    const rows = Object.entries(columns).map(([column, what]) => line(`\`${column}\``, what));
    const head = [line('kolumna', 'treść'), `| ${'-'.repeat(width)} | ${'-'.repeat(text)} |`];
    return [`## ${name}`, '', `${comment}.`, '', ...head, ...rows, ''].join('\n');
  });
  const intro =
    '# Tables of packages\n\nWhat a mapping can name when the source is a package. The first column is the key.\n\n';
  await expect(`${intro}${tables.join('\n')}`).toMatchFileSnapshot('../../../docs/sources/package-tables.md');
});

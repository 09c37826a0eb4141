import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, type Files, OFFICE, problemsOf, shown } from './small-office.ts';

/** One folder a case: files that replace or join those of the small office, and what a person is told. `UPDATE_GOLDEN=1` writes it anew. */
const folder = join(import.meta.dirname, 'bad');
const EXPECTED = 'expected.txt';

const filesOf = (name: string): Files =>
  Object.fromEntries(
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== EXPECTED)
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(join(folder, name).length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
      }),
  );

const told = (files: Files): string => {
  const problems = problemsOf(files);
  return `${shown(problems.length > 0 ? problems : compile(files).warnings)}\n`;
};

describe('what a person is told about a mapping', () => {
  it.each(readdirSync(folder).sort())('case %s', (name) => {
    const text = told({ ...OFFICE, ...filesOf(name) });
    const file = join(folder, name, EXPECTED);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});

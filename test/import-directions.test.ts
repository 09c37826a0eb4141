import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

/** What the files of each folder of `src/` may import; the table of docs/architecture.md in code. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  i18n: ['core'],
  yaml: ['core'],
  config: ['core', 'yaml'],
  mapping: ['core', 'yaml'],
  sources: ['core'],
  transform: ['core'],
  corrections: ['core', 'yaml', 'mapping', 'transform'],
  validate: ['core'],
  write: ['core'],
  ledger: ['core', 'write'],
  contents: ['core'],
  report: ['core', 'i18n', 'write', 'ledger'],
  doctor: ['core'],
  logs: ['core'],
  night: ['core'],
  metrics: ['core', 'night'],
  schedule: ['core'],
  notify: ['core', 'night'],
  inspect: ['core', 'i18n', 'sources', 'validate', 'report'],
  pipeline: ['core', 'sources', 'transform', 'write', 'ledger'],
  rollback: ['core', 'write', 'ledger', 'contents'],
  history: ['core', 'write', 'ledger', 'contents', 'rollback'],
  cli: [
    'core',
    'i18n',
    'config',
    'mapping',
    'sources',
    'transform',
    'corrections',
    'validate',
    'write',
    'ledger',
    'contents',
    'report',
    'doctor',
    'logs',
    'night',
    'metrics',
    'schedule',
    'notify',
    'pipeline',
    'rollback',
    'inspect',
    'history',
  ],
};

/** Adapters: only `cli` may know them; the pipeline sees interfaces. */
const ADAPTERS = /^(sources\/(csv|mssql|package|memory)|write\/(postgres|memory)|ledger\/(postgres|memory)-ledger)/;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const imports: readonly Import[] = readdirSync('src', { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) =>
    [...readFileSync(join('src', name), 'utf8').matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, target]) => {
      const to = relative('src', join('src', dirname(name), target!))
        .split(sep)
        .join('/');
      return { file: name, from: name.split(sep)[0]!, to };
    }),
  );

test('imports point one way', () => {
  const wrong = imports.filter(({ from, to }) => {
    const folder = to.split('/')[0]!;
    return folder !== from && !(ALLOWED[from] ?? []).includes(folder);
  });
  expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
});

test('the pipeline knows interfaces, never an adapter', () => {
  const wrong = imports.filter(({ from, to }) => from === 'pipeline' && ADAPTERS.test(to));
  expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
});

test('reports read through interfaces, never an adapter', () => {
  const wrong = imports.filter(
    ({ from, to }) => from === 'report' && (ADAPTERS.test(to) || /^write\/(?!session\.ts)/.test(to)),
  );
  expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
});

test('inspecting knows interfaces, never an adapter', () => {
  const wrong = imports.filter(({ from, to }) => from === 'inspect' && ADAPTERS.test(to));
  expect(wrong.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
});

test('every folder of src has its line in the table', () => {
  expect([...new Set(imports.map(({ from }) => from))].filter((folder) => ALLOWED[folder] === undefined)).toEqual([]);
});

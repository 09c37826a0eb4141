import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { legacyCatalogue, storeCatalogue } from '../mappings/store-catalogue.ts';
import { type Files, problemsOf, shown } from './small-office.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/mapping-reference.md'), 'utf8');

const source = legacyCatalogue();
const target = storeCatalogue();

/** Blocks of the page with what stands after the language: `yaml fields of dbo.X to y`. */
const blocks = [...page.matchAll(/^```(yaml|csv) (.+)\n([\s\S]*?)^```$/gm)].map(([, , info, text]) => ({
  info: info!,
  text: text!,
}));
const lookups: Files = Object.fromEntries(
  blocks.filter(({ info }) => info.startsWith('lookups/')).map(({ info, text }) => [info, text]),
);

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
/** The least that makes an entity of a table. */
const frame = (table: string, entity: string, parts: { from?: string; fields?: string; rules?: string }): string =>
  [
    `entity: ${entity}`,
    `from:\n${indent(parts.from ?? `table: ${table}\nkey: ${keyOf(table)}\n`)}`,
    `to: { table: ezd.${entity} }`,
    parts.fields === undefined ? 'fields: {}' : `fields:\n${indent(parts.fields)}`,
    parts.rules === undefined ? '' : `rules:\n${indent(parts.rules)}`,
  ].join('\n');
const keyOf = (table: string): string => `[${source.tables.find(({ name }) => name === table)!.primaryKey.join(', ')}]`;

/** Stand-ins for the entities that the examples refer to. */
const parents: Files = Object.fromEntries(
  [
    ['dbo.Pisma', 'koszulka'],
    ['dbo.SpisSpraw', 'sprawa'],
    ['dbo.Dokument', 'dokument'],
    ['dbo.Jednostki', 'jednostka'],
    ['dbo.Notatki', 'notatka'],
    ['dbo.Zalaczniki', 'dokument_wersja'],
  ].map(([table, entity]) => [`${entity}.yaml`, frame(table!, entity!, {})]),
);

const SIGN =
  'znak: Znak\nrok: Rok\nnumer: LP\nsymbol_komorki: Znak\nsymbol_klasy: Rwa\nnumer_podteczki: LP\ndata_rejestracji: DataRejestracji\ndata_wszczecia: DataRozpoczecia\n';

/** The example as files of a bundle and the one file it is about; null for a block that belongs to other examples. */
function bundleOf(info: string, text: string): { readonly files: Files; readonly file: string } | null {
  const [kind, , table, , entity] = info.split(' ');
  if (kind === 'mapping') {
    const name = /^entity: (.+)$/m.exec(text)![1]!;
    return { files: { ...parents, ...lookups, [`${name}.yaml`]: text }, file: `${name}.yaml` };
  }
  if (kind === 'from' || kind === 'fields' || kind === 'rules') {
    const parts = kind === 'rules' ? { fields: SIGN, rules: text } : { [kind]: text };
    return {
      files: { ...parents, ...lookups, [`${entity}.yaml`]: frame(table!, entity!, parts) },
      file: `${entity}.yaml`,
    };
  }
  if (kind === 'not-mapped') return { files: { ...parents, 'not-mapped.yaml': text }, file: 'not-mapped.yaml' };
  const below = {
    'base/bundle.yaml': 'name: ezd-puw\n',
    'base/sprawa.yaml': frame('dbo.SpisSpraw', 'sprawa', { fields: 'fixed_id: FixedId\n' }),
    'base/lookups/kategorie.csv': lookups['lookups/kategorie.csv']!,
  };
  const bundle = kind === 'bundle' ? text : 'name: x\nextends: ezd-puw\n';
  const own = kind === 'overlay' ? { 'own/sprawa.yaml': text } : {};
  return {
    files: { ...below, ...own, 'own/bundle.yaml': bundle.replace(/extends: ezd-puw/, 'extends: ../base') },
    file: kind === 'overlay' ? 'sprawa.yaml' : 'bundle.yaml',
  };
}

describe('examples in docs/mapping-reference.md compile', () => {
  it.each(blocks.filter(({ info }) => !info.startsWith('lookups/')))('$info', ({ info, text }) => {
    const { files, file } = bundleOf(info, text)!;
    const folder = Object.hasOwn(files, 'own/bundle.yaml') ? 'own' : '';
    const problems = problemsOf(files, { source, target, transforms: TRANSFORMS, rules: RULE_SIGNATURES }, folder);
    const own = problems.filter(({ at, code }) => at?.file.endsWith(file) && code !== 'targetUnfilled');
    expect(shown(own)).toBe('');
  });

  it('covers every kind of block', () => {
    expect(new Set(blocks.map(({ info }) => info.split(' ')[0]))).toEqual(
      new Set(['mapping', 'from', 'fields', 'rules', 'not-mapped', 'bundle', 'overlay', 'lookups/kategorie.csv']),
    );
  });
});

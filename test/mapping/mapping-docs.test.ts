import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { mappingSchemas } from '../../src/mapping/document/json-schema.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { mappingDocs } from '../support/mapping-docs.ts';
import { KOSZULKA, rules, SPRAWA, transforms } from './small-office.ts';

const root = join(import.meta.dirname, '..', '..');
const onDisk = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('what is generated from the code is current (npm run docs:mapping-schema)', () => {
  const generated = mappingDocs(TRANSFORMS, RULE_SIGNATURES, onDisk('docs/mapping-reference.md'));

  it.each(Object.entries(generated))('%s', (path, text) => {
    expect(onDisk(path)).toBe(text);
  });
});

describe('the JSON Schema of a mapping', () => {
  const schema = z.fromJSONSchema(mappingSchemas(transforms, rules)['mapping.schema.json'] as z.core.JSONSchema.Schema);
  const accepts = (text: string): boolean => schema.safeParse(parse(text)).success;

  it('accepts what the compiler accepts', () => {
    expect([KOSZULKA, SPRAWA].map(accepts)).toEqual([true, true]);
  });

  it.each([
    ['a key that does not exist', SPRAWA.replace('fields:', 'fieldz:')],
    ['a transform that does not exist', SPRAWA.replace('[trim]', '[trm]')],
    ['a transform without its argument', SPRAWA.replace('[trim]', '[maxLength]')],
    ['an argument of the wrong kind', SPRAWA.replace('[trim]', '[{ maxLength: dwa }]')],
    ['an argument out of range', SPRAWA.replace('[trim]', '[{ maxLength: 0 }]')],
    ['an argument that is none of the choices', SPRAWA.replace('[trim]', '[{ case: title }]')],
    ['an option that does not exist', SPRAWA.replace('[trim]', '[{ replace: { from: a, too: b } }]')],
    ['a rule that does not exist', SPRAWA.replace('[znakSprawy]', '[znak]')],
    ['two kinds of value at once', SPRAWA.replace('of: Znak', 'of: Znak, const: x')],
  ])('refuses %s, as the compiler does', (_, text) => {
    expect(accepts(text)).toBe(false);
  });
});

describe('mappings that come with the program', () => {
  const folder = 'mappings/ezd-puw';
  const schemaOf = (file: string): string =>
    ({ 'bundle.yaml': 'bundle', 'not-mapped.yaml': 'not-mapped' })[file] ?? 'mapping';
  const schemas = mappingSchemas(TRANSFORMS, RULE_SIGNATURES);
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.yaml'));

  it.each(files)('%s names its JSON Schema in the first line and fits it', (file) => {
    const text = onDisk(`${folder}/${file}`);
    const name = `${schemaOf(file)}.schema.json`;
    expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=../${name}`);
    const result = z.fromJSONSchema(schemas[name] as z.core.JSONSchema.Schema).safeParse(parse(text));
    expect(result.error?.issues ?? []).toEqual([]);
  });
});

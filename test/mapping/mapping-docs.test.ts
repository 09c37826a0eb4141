import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { mappingDocs } from '../support/mapping-docs.ts';

const root = join(import.meta.dirname, '..', '..');
const onDisk = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('what is generated from the code is current (npm run docs:mapping-schema)', () => {
  const generated = mappingDocs(TRANSFORMS, RULE_SIGNATURES, onDisk('docs/mapping-reference.md'));

  it.each(Object.entries(generated))('%s', (path, text) => {
    expect(onDisk(path)).toBe(text);
  });
});

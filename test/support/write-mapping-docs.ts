import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { mappingDocs } from './mapping-docs.ts';

/** `npm run docs:mapping-schema`: writes mappings/*.schema.json and the generated tables of docs/mapping-reference.md. */
const reference = readFileSync('docs/mapping-reference.md', 'utf8');
for (const [path, text] of Object.entries(mappingDocs(TRANSFORMS, RULE_SIGNATURES, reference))) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

import { writeFileSync } from 'node:fs';
import { rulesDocument } from '../../src/validate/rules-document.ts';

/** `npm run docs:rules`: writes docs/rules.md from the rule book. */
writeFileSync('docs/rules.md', rulesDocument());

import { expect, test } from 'vitest';
import { findingKindLine } from '../../src/cli/finding-line.ts';
import { createTranslator } from '../../src/i18n/translator.ts';

const english = createTranslator('en');

test.each([
  ['PESEL_CHECKSUM', 'load', / \(loaded as it is\)$/],
  ['PACKAGE_XML_BROKEN', 'reject', / \(kept out\)$/],
  ['CSV_BROKEN_LINE', 'reject', / \(kept out\)$/],
  ['PACKAGE_NAME_UNSAFE', 'load', /the file was not read\.$/],
] as const)('%s with effect %s tells what became of the record, if it is about one', (code, effect, end) => {
  expect(findingKindLine({ code, effect }, english)).toMatch(end);
});

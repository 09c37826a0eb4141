import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAPPING_TEXTS } from '../../src/mapping/mapping-texts.ts';
import { YAML_TEXTS } from '../../src/yaml/yaml-texts.ts';
import { OFFICE, problemsOf, SPRAWA, shown } from './small-office.ts';

const root = join(import.meta.dirname, '..', '..', 'src');
const code = ['mapping', 'yaml']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && !entry.name.endsWith('-texts.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');
const texts = [...Object.entries(MAPPING_TEXTS), ...Object.entries(YAML_TEXTS)];
const names = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe('messages about mappings', () => {
  it.each(texts)('%s says the same in both languages and is said somewhere', (name, { pl, en }) => {
    expect(names(pl)).toEqual(names(en));
    expect(code).toMatch(new RegExp(`'${name}'|\\.${name}\\b`));
  });

  it('are told in Polish when asked', () => {
    const files = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('do: [trim]', 'do: [trm], wymagane: tak') };
    expect(shown(problemsOf(files, { language: 'pl' }), 'pl')).toContain('błąd: nieznany klucz "wymagane"');
    const other = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('[trim]', '[trm]') };
    expect(shown(problemsOf(other, { language: 'pl' }), 'pl')).toBe(
      [
        'sprawa.yaml:8:26: błąd: nieznane przekształcenie "trm"',
        '  8 |   znak: { of: Znak, do: [trm] }',
        '    |                          ^^^',
        '  wskazówka: czy chodziło o "trim"? dozwolone: trim, singleLine, maxLength, localTime, emptyIf, replace, case',
      ].join('\n'),
    );
  });
});

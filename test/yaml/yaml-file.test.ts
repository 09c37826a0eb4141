import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml, type YamlPath } from '../../src/yaml/yaml-file.ts';

const place = (text: string, path: YamlPath, on?: 'key' | 'value') => {
  const { line, column, length, text: shown } = parseYaml('f.yaml', text).at(path, on);
  return { line, column, word: shown!.slice(column - 1, column - 1 + length!) };
};
const inside = (text: string, path: YamlPath, offset: number) => {
  const { line, column, text: shown } = parseYaml('f.yaml', text).inside(path, offset);
  return { line, column, rest: shown!.slice(column - 1) };
};

describe('where things stand in YAML', () => {
  const text = 'a:\n  b: { c: first, d: [x, yy] }\n  "e": |\n    text\n';

  it.each([
    [['a', 'b', 'c'], 'value', { line: 2, column: 11, word: 'first' }],
    [['a', 'b', 'c'], 'key', { line: 2, column: 8, word: 'c' }],
    [['a', 'b', 'd', 1], 'value', { line: 2, column: 25, word: 'yy' }],
    [['a', 'e'], 'key', { line: 3, column: 3, word: '"e"' }],
    [['a', 'b', 'nothing', 'there'], 'value', { line: 2, column: 6, word: '{ c: first, d: [x, yy] }' }],
    [['a', 'nothing'], 'key', { line: 1, column: 1, word: 'a' }],
  ] as const)('%j (%s)', (path, on, expected) => {
    expect(place(text, path, on)).toEqual(expected);
  });

  it('an alias is followed to what it stands for', () => {
    expect(place('base: &b { x: 1 }\nuse: *b\n', ['use', 'x'])).toEqual({ line: 1, column: 15, word: '1' });
  });

  it('the place of a path always exists', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()),
        fc.array(fc.string(), { maxLength: 3 }),
        (data, path) => {
          const yaml = parseYaml('f', stringify(data));
          expect(yaml.problems).toEqual([]);
          const { line, column } = yaml.at(path);
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a character inside a text value', () => {
  it.each([
    ['plain', 'a: x == y\n', 5, { line: 1, column: 9, rest: 'y' }],
    ['single quotes', "a: 'it''s y'\n", 5, { line: 1, column: 11, rest: "y'" }],
    ['double quotes', 'a: "q\\"q y"\n', 4, { line: 1, column: 10, rest: 'y"' }],
    ['a literal block', 'a: |\n  one\n  two y\n', 8, { line: 3, column: 7, rest: 'y' }],
    ['a folded block', 'a: >-\n  one\n  two y\n', 8, { line: 3, column: 7, rest: 'y' }],
  ])('in %s', (_, text, offset, expected) => {
    expect(inside(text, ['a'], offset)).toEqual(expected);
  });
});

describe('text that is no YAML', () => {
  it('is one problem with its place, and no value', () => {
    const { problems, value } = parseYaml('f.yaml', 'a: [1, 2\nb: 3\n');
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'yamlSyntax', at: { file: 'f.yaml', line: 2 } });
  });

  it('says which key stands twice, in both languages', () => {
    expect(parseYaml('f', 'znak: 1\nznak: 2\n').problems[0]).toMatchObject({
      message: 'key "znak" stands here twice',
      at: { line: 2, length: 4 },
    });
    expect(parseYaml('f', 'znak: 1\nznak: 2\n', 'pl').problems[0]!.message).toBe('klucz "znak" występuje tu dwa razy');
  });

  it('says that an alias has no anchor', () => {
    expect(parseYaml('f', 'a: *nowhere\n').problems).toMatchObject([{ code: 'yamlSyntax' }]);
  });

  it('does not blow up on aliases that multiply', () => {
    const bomb = [
      'a: &a [x]',
      ...'bcdefghij'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`),
    ].join('\n');
    const { problems, value } = parseYaml('f', bomb);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { formatProblem, formatProblems } from '../../src/core/format-problem.ts';

const at = { file: 'a.yaml', line: 12, column: 3, text: '  znak: x', length: 4 };

describe('a problem as people read it', () => {
  it('has the place, the line with a caret, and the hint', () => {
    expect(formatProblem({ message: 'unknown key "znak"', at, hint: 'did you mean "znaki"?' })).toBe(
      [
        'a.yaml:12:3: error: unknown key "znak"',
        '  12 |   znak: x',
        '     |   ^^^^',
        '  hint: did you mean "znaki"?',
      ].join('\n'),
    );
  });

  it('can be a warning, in Polish, and without a place', () => {
    expect(formatProblem({ message: 'tabela', severity: 'warning', hint: 'lista' }, 'pl')).toBe(
      'ostrzeżenie: tabela\n  wskazówka: lista',
    );
  });

  it('shows the part of a long line around the spot', () => {
    const text = `${'a'.repeat(300)}BAD${'z'.repeat(300)}`;
    const [, line, caret] = formatProblem({
      message: 'm',
      at: { file: 'f', line: 1, column: 301, text, length: 3 },
    }).split('\n');
    expect(line!.length).toBeLessThan(120);
    expect(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1)).toBe('BAD');
    expect(line).toMatch(/^ {2}1 \| …a+BADz+…$/);
  });

  it('never underlines beyond the line', () => {
    const lines = formatProblem({
      message: 'm',
      at: { file: 'f', line: 1, column: 4, text: 'abcdef', length: 99 },
    }).split('\n');
    expect(lines[2]).toBe('    |    ^^^');
  });

  it('keeps tabs from moving the caret', () => {
    const lines = formatProblem({
      message: 'm',
      at: { file: 'f', line: 1, column: 2, text: '\tabc', length: 3 },
    }).split('\n');
    expect(lines.slice(1)).toEqual(['  1 |  abc', '    |  ^^^']);
  });

  it('stands apart from the next by an empty line', () => {
    expect(formatProblems([{ message: 'a' }, { message: 'b' }])).toBe('error: a\n\nerror: b');
  });
});

import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/validate/rule-book.ts';
import { compileExample, valuesOf } from './example-plan.ts';

for (const rule of RULES) {
  describe(`the rule ${rule.name}`, () => {
    test.each(rule.examples.map((example) => [JSON.stringify(example.record), example] as const))(
      'says of %s what its example says',
      (_title, example) => {
        const values = valuesOf(rule, example);
        const before = [...values];
        const found = compileExample(rule, example)([], values);
        expect((found ?? []).map((finding) => finding.code)).toEqual(example.says);
        const wanted = Object.keys(example.record).map((name, i) =>
          Object.hasOwn(example.becomes ?? {}, name) ? example.becomes?.[name] : before[i],
        );
        expect(values).toEqual(wanted);
      },
    );

    test('has for each of its codes an example that raises it, and one record that is fine', () => {
      const raised = new Set(rule.examples.flatMap((example) => example.says));
      expect(rule.codes.map((entry) => entry.code).filter((code) => !raised.has(code))).toEqual([]);
      expect(rule.examples.some((example) => example.says.length === 0)).toBe(true);
    });

    test('answers null, not an empty list, for a record that is fine', () => {
      const fine = rule.examples.find((example) => example.says.length === 0)!;
      expect(compileExample(rule, fine)([], valuesOf(rule, fine))).toBeNull();
    });
  });
}

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_SPEC } from '../../src/config/project-schema.ts';
import { nightMetrics } from '../../src/metrics/night-metrics.ts';
import { madeUpNight } from '../support/made-up-night.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text!) as Record<string, unknown>);

test('every metric has its row in the table, and no other is named, neither there nor in the alerts', () => {
  const made = nightMetrics(madeUpNight(), 0).map(({ name }) => name);
  const rows = [...page.matchAll(/^\| `(ezd_migrate_\w+)`/gm)].map(([, name]) => name!);
  expect(rows.toSorted()).toEqual(made.toSorted());
  const named = new Set([...page.matchAll(/\bezd_migrate_\w+/g)].map(([name]) => name));
  expect([...named].filter((name) => !made.includes(name))).toEqual([]);
});

test('the project keys of the page are taken by the schema', () => {
  const keys = blocks.filter((block) => 'logs' in block || 'notify' in block);
  expect(keys).toHaveLength(2);
  for (const block of keys) {
    const project = { office: 'X', source: { kind: 'csv', folder: 'x' }, target: { kind: 'embedded', folder: 'y' } };
    expect(PROJECT_SPEC.safeParse({ ...project, ...block }).success).toBe(true);
  }
});

test('the alert rules have the shape that Prometheus reads', () => {
  const { groups } = blocks.find((block) => 'groups' in block) as {
    groups: { name: string; rules: { alert: string; expr: string }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThanOrEqual(4);
  for (const { alert, expr } of rules) {
    expect(alert).toMatch(/^EzdMigrate\w+$/);
    expect(expr).toMatch(/ezd_migrate_/);
  }
});

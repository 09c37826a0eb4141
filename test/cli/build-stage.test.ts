import { expect, test } from 'vitest';
import { legacyTable } from '../../fixtures/schema.ts';
import { buildStage } from '../../src/cli/build-stage.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { StageReject } from '../../src/core/slice.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { legacyCatalogue, storeCatalogue } from '../mappings/store-catalogue.ts';
import { dump } from '../sources/csv/dump.ts';

const { plan } = compilePlan({
  bundleDir: 'mappings/ezd-puw',
  office: 'UM-TEST',
  timezone: 'Europe/Warsaw',
  transforms: TRANSFORMS,
  rules: RULE_SIGNATURES,
  source: legacyCatalogue(),
  target: storeCatalogue(),
});

/** What the stage of an entity rejects of a dump in which the only line of its table is broken. */
async function rejectsOfBrokenLine(entity: string, table: string): Promise<readonly StageReject[]> {
  const header = legacyTable(table).columns.map(({ name }) => name);
  const source = await dump({ [`dbo.${table}.csv`]: `${header.join(',')}\n7,Anna,TAJNE-haslo\n` });
  const stage = buildStage({ plan, policy: NO_POLICY, spec: { entity, folds: {}, joins: {}, scope: null, now: 0 } });
  const { columns, key } = plan.entities.find(({ name }) => name === entity)!.from;
  const request = {
    table: `dbo.${table}`,
    columns,
    key,
    partition: { index: 0, range: null },
    sql: null,
    sliceRows: 10,
  };
  const rejects: StageReject[] = [];
  for await (const slice of source.read({ ...request, signal: new AbortController().signal }, null)) {
    rejects.push(...stage.process(slice).rejected);
  }
  return rejects;
}

test('a broken line is kept with its text, so that nothing is lost', async () => {
  const [note] = await rejectsOfBrokenLine('notatka', 'Notatki');
  expect(note?.source).toMatchObject({ raw: '7,Anna,TAJNE-haslo', line: 2 });
});

test('a broken line of a table with passwords is told by its number; its text, which may hold them, is not kept', async () => {
  for (const entity of ['pracownik', 'pracownik_wersja']) {
    const [reject] = await rejectsOfBrokenLine(entity, 'Pracownicy');
    expect(reject?.source).toMatchObject({ raw: null, line: 2 });
    expect(JSON.stringify(reject)).not.toContain('TAJNE');
  }
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftEntity } from '../../src/mapping/compile/compile-entity.ts';
import { orderEntities } from '../../src/mapping/compile/order-entities.ts';
import { canonicalJson, deepFreeze, hashOf } from '../../src/mapping/hash-plan.ts';
import { compile, KOSZULKA, OFFICE, problemsOf, RODZAJE, SPRAWA, source, target } from './small-office.ts';

const inSchema = (schema: string) => ({ tables: target.tables.map((table) => ({ ...table, schema })) });

const draft = (name: string, parents: readonly string[]): DraftEntity =>
  ({ name, parents, fields: [], rules: [] }) as unknown as DraftEntity;

/** Graphs as lists of entities; `chance` decides how many references there are, so that some have circles. */
const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.array(
      fc.subarray(
        Array.from({ length: size }, (_, index) => `e${index}`),
        { maxLength: Math.min(3, size) },
      ),
      {
        minLength: size,
        maxLength: size,
      },
    ),
  )
  .map((all) =>
    all.map((parents, index) =>
      draft(
        `e${index}`,
        parents.filter((parent) => parent !== `e${index}`),
      ),
    ),
  );

describe('the order of entities', () => {
  it('has every parent before its children, or names a circle that is really there', () => {
    fc.assert(
      fc.property(graphs, (entities) => {
        const result = orderEntities(entities);
        if (result.kind === 'ordered') {
          const place = new Map(result.entities.map(({ name }, index) => [name, index]));
          expect(place.size).toBe(entities.length);
          for (const { name, parents } of entities)
            for (const parent of parents) expect(place.get(parent)!).toBeLessThan(place.get(name)!);
          return;
        }
        const { chain } = result;
        expect(chain[0]).toBe(chain.at(-1));
        expect(chain.length).toBeGreaterThan(2);
        for (const [index, name] of chain.slice(0, -1).entries())
          expect(entities.find((entity) => entity.name === name)!.parents).toContain(chain[index + 1]);
      }),
    );
  });

  it('does not depend on the order of the files', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (entities, turn) => {
        const turned = [...entities.slice(turn % entities.length), ...entities.slice(0, turn % entities.length)];
        expect(orderEntities(turned).kind).toBe(orderEntities(entities).kind);
        expect(orderEntities(turned)).toEqual(orderEntities(entities));
      }),
    );
  });
});

describe('the hash of a plan', () => {
  it('is the same for equal content, however its keys are ordered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned: unknown = JSON.parse(JSON.stringify(value), (_, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).reverse())
            : member,
        );
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });

  const { plan } = compile(OFFICE);

  it('does not change with comments, blank lines and key order', () => {
    const moved = `# a comment\n\n${SPRAWA.replace('  rok: Rok\n', '').replace('fields:\n', 'fields:\n  rok: Rok\n\n')}`;
    const again = compile({ ...OFFICE, 'koszulka.yaml': `# moved\n\n${KOSZULKA}` });
    expect(again.plan.hash).toBe(plan.hash);
    const reordered = compile({ ...OFFICE, 'sprawa.yaml': moved }).plan;
    expect(reordered.entities[0]!.hash).toBe(plan.entities[0]!.hash);
  });

  it.each([
    ['a transform', { 'sprawa.yaml': SPRAWA.replace('[trim]', '[singleLine]') }],
    ['a rule', { 'sprawa.yaml': SPRAWA.replace('[znakSprawy]', '[{ znakSprawy: { strict: true } }]') }],
    ['a condition', { 'sprawa.yaml': SPRAWA.replace('key: Id\n', 'key: Id\n  where: { Rok: [2019, 2020] }\n') }],
  ])('of one entity changes with %s, that of the others does not', (_, files) => {
    const changed = compile({ ...OFFICE, ...files }).plan;
    expect(changed.hash).not.toBe(plan.hash);
    expect(changed.entities[0]!.hash).toBe(plan.entities[0]!.hash);
    expect(changed.entities[1]!.hash).not.toBe(plan.entities[1]!.hash);
  });

  it('of an entity changes with a look-up that it uses', () => {
    const changed = compile({ ...OFFICE, 'lookups/rodzaje.csv': RODZAJE.replace('wniosek', 'skarga') }).plan;
    expect(changed.entities[0]!.hash).not.toBe(plan.entities[0]!.hash);
    expect(changed.entities[1]!.hash).toBe(plan.entities[1]!.hash);
  });

  it('changes with office and time zone, since ids and times depend on them', () => {
    const hashes = [{}, { office: 'UM-INNY' }, { timezone: 'UTC' }].map(
      (options) => compile(OFFICE, options).plan.entities[0]!.hash,
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('is 64 hexadecimal digits', () => {
    expect(hashOf(plan)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a plan', () => {
  const { plan } = compile(OFFICE);

  it('is frozen all the way down', () => {
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      for (const member of Object.values(value)) check(member);
    };
    check(plan);
    expect(Object.isFrozen(deepFreeze({ a: [{ b: 1 }] }).a[0])).toBe(true);
  });

  it('is plain data that a thread or the ledger can take', () => {
    expect(structuredClone(plan)).toEqual(plan);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('compiles the same without a source at hand', () => {
    expect(compile(OFFICE, { source: null }).plan.entities).toEqual(plan.entities);
  });

  it('writes to the schema it is told', () => {
    const tables = { tables: [] };
    const scratch = compile(OFFICE, { schema: 'proba', target: inSchema('proba') }).plan;
    expect(scratch.entities.map(({ to }) => to.schema)).toEqual(['proba', 'proba']);
    expect(problemsOf(OFFICE, { schema: 'proba', target: tables }).map(({ code }) => code)).toContain('unknownTarget');
  });
});

describe('a source of another age', () => {
  const lacking = (table: string, column: string | null) => ({
    tables: source.tables
      .filter(({ name }) => column !== null || name !== table)
      .map((whole) =>
        whole.name === table ? { ...whole, columns: whole.columns.filter(({ name }) => name !== column) } : whole,
      ),
  });

  it('that lacks an optional column yields NULL for it', () => {
    const files = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('key: Id\n', 'key: Id\n  optionalColumns: [Rok]\n') };
    const { plan, warnings } = compile(files, { source: lacking('dbo.SpisSpraw', 'Rok') });
    expect(plan.entities[1]!.fields.at(-1)).toMatchObject({ column: 'rok', value: { kind: 'const', value: null } });
    expect(plan.entities[1]!.from.columns).toEqual(['Id', 'IdPisma', 'Znak']);
    expect(warnings.map(({ code }) => code)).toEqual(['optionalColumn']);
  });

  it('that lacks an optional column yields null for it in expressions', () => {
    const expression = SPRAWA.replace('rok: Rok', "rok: { cel: 'Rok == null ? 1900 : Rok' }");
    const files = { ...OFFICE, 'sprawa.yaml': expression.replace('key: Id\n', 'key: Id\n  optionalColumns: [Rok]\n') };
    const { plan } = compile(files, { source: lacking('dbo.SpisSpraw', 'Rok') });
    expect(plan.entities[1]!.fields.at(-1)).toMatchObject({
      value: { kind: 'cel', cel: { text: 'null == null ? 1900 : null', names: [] } },
    });
  });

  it.each(['null', '{ not: 2020 }', '[null, 2020]'])(
    'that lacks an optional column tests it as NULL in where: %s',
    (test) => {
      const from = `key: Id\n  optionalColumns: [Rok]\n  where: { Rok: ${test} }\n`;
      const files = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('key: Id\n', from) };
      const { plan } = compile(files, { source: lacking('dbo.SpisSpraw', 'Rok') });
      expect(plan.entities[1]!.from.where?.all ?? []).toEqual([]);
    },
  );

  it.each(['2020', '{ not: null }', '[2019, 2020]'])(
    'that lacks a column whose value where asks for (%s) is migrated without the entity',
    (test) => {
      const from = `key: Id\n  optionalColumns: [Rok]\n  where: { Rok: ${test} }\n`;
      const files = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('key: Id\n', from) };
      const { plan, warnings } = compile(files, { source: lacking('dbo.SpisSpraw', 'Rok') });
      expect(plan.entities.map(({ name }) => name)).toEqual(['koszulka']);
      expect(warnings.map(({ code }) => code)).toContain('optionalWhere');
    },
  );

  it('that lacks an optional table is migrated without the entity', () => {
    const files = { ...OFFICE, 'sprawa.yaml': SPRAWA.replace('key: Id\n', 'key: Id\n  optional: true\n') };
    const { plan, warnings } = compile(files, { source: lacking('dbo.SpisSpraw', null) });
    expect(plan.entities.map(({ name }) => name)).toEqual(['koszulka']);
    expect(warnings.map(({ code }) => code)).toEqual(['optionalTable']);
  });

  it('that lacks any other column stops with an error', () => {
    expect(problemsOf(OFFICE, { source: lacking('dbo.SpisSpraw', 'Rok') }).map(({ code }) => code)).toEqual([
      'unknownColumn',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { compile, OFFICE, shown } from './small-office.ts';

describe('a bundle of two entities', () => {
  const { plan, warnings } = compile(OFFICE);

  it('compiles without a warning', () => {
    expect(shown(warnings)).toBe('');
  });

  it('orders parents first and names them', () => {
    expect(plan.entities.map(({ name, parents }) => ({ name, parents }))).toEqual([
      { name: 'koszulka', parents: [] },
      { name: 'sprawa', parents: ['koszulka'] },
    ]);
  });

  it('reads the key first and every column once', () => {
    expect(plan.entities[0]!.from).toMatchObject({
      table: 'dbo.Pisma',
      key: ['ID'],
      columns: ['ID', 'Nazwa', 'Rodzaj', 'DataUtworzenia', 'IdPismaZrodlo'],
      where: null,
      changes: { kind: 'compare' },
    });
  });

  it('puts a computed id in front that the mapping did not spell out', () => {
    expect(plan.entities[0]!.fields[0]).toMatchObject({
      column: 'id',
      type: 'uuid',
      kind: 'id',
      entity: 'koszulka',
      of: [{ kind: 'column', column: 0 }],
      required: true,
    });
  });

  it('takes types and NOT NULL from the target', () => {
    const [, koszulka, znak, rok] = plan.entities[1]!.fields;
    expect(koszulka).toMatchObject({ kind: 'ref', entity: 'koszulka', required: true, late: false });
    expect(znak).toMatchObject({ column: 'znak', type: 'text', required: true, line: 8 });
    expect(rok).toMatchObject({ column: 'rok', type: 'int2', required: false });
  });

  it('treats a reference to its own entity as late', () => {
    expect(plan.entities[0]!.fields.at(-1)).toMatchObject({
      column: 'id_zrodla',
      kind: 'ref',
      late: true,
      required: false,
    });
  });

  it('reads look-ups with unknown codes marked', () => {
    expect(plan.lookups['rodzaje']).toEqual({
      name: 'rodzaje',
      file: 'lookups/rodzaje.csv',
      entries: { 1: 'pismo', 2: 'wniosek', 9: null },
      unconfirmed: ['9'],
    });
  });

  it('fills the columns of a rule by their usual names', () => {
    expect(plan.entities[1]!.rules).toEqual([
      {
        kind: 'named',
        rule: 'znakSprawy',
        columns: { znak: 'znak', rok: 'rok' },
        options: { strict: false },
        line: 10,
      },
    ]);
  });
});

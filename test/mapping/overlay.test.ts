import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { compile, type Files, OFFICE, problemsOf, shown } from './small-office.ts';

const BASE: Files = Object.fromEntries(Object.entries(OFFICE).map(([file, text]) => [`base/${file}`, text]));
const BUNDLE = 'name: office\nextends: ../base\n';
const overlay = (files: Files): Files => ({
  ...BASE,
  'own/bundle.yaml': BUNDLE,
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`own/${file}`, text])),
});
const compiled = (files: Files): Plan => compile(overlay(files), {}, 'own').plan;
const told = (files: Files): string => shown(problemsOf(overlay(files), {}, 'own'));
const entity = (plan: Plan, name: string) => plan.entities.find((candidate) => candidate.name === name)!;
const field = (plan: Plan, name: string, column: string) =>
  entity(plan, name).fields.find((candidate) => candidate.column === column);

describe('an overlay of an office', () => {
  it('that changes nothing compiles into the plan of the bundle below', () => {
    expect(compiled({}).hash).toBe(compile(OFFICE).plan.hash);
  });

  it('changes one field and leaves the others', () => {
    const plan = compiled({
      'sprawa.yaml': 'entity: sprawa\nfields: { znak: { of: Znak, do: [trim, singleLine] } }\n',
    });
    expect(field(plan, 'sprawa', 'znak')).toMatchObject({
      transforms: [{ name: 'trim' }, { name: 'singleLine' }],
      line: 2,
    });
    expect(field(plan, 'sprawa', 'rok')).toMatchObject({ kind: 'value', line: 9 });
  });

  it('adds a field and takes one out with null', () => {
    const plan = compiled({
      'sprawa.yaml': 'entity: sprawa\nfields: { zalozono: DataRejestracji, rok: null }\n',
      'not-mapped.yaml': 'dbo.SpisSpraw: { DataRejestracji: null, Rok: not wanted }\n',
    });
    expect(entity(plan, 'sprawa').fields.map(({ column }) => column)).toEqual([
      'id',
      'id_koszulka',
      'znak',
      'zalozono',
    ]);
  });

  it('changes single keys of from', () => {
    const plan = compiled({
      'sprawa.yaml': 'entity: sprawa\nfrom: { where: { Rok: 2020 }, whereReason: another year }\n',
    });
    expect(entity(plan, 'sprawa').from).toMatchObject({
      table: 'dbo.SpisSpraw',
      key: ['Id'],
      where: { all: [{ test: 'in', values: [2020] }] },
      whereReason: 'another year',
    });
  });

  it('adds rules, replaces them by name or code and takes them out', () => {
    const own = "{ expr: 'rok > 1990', code: YEAR }";
    const one = compiled({ 'sprawa.yaml': `entity: sprawa\nrules: [{ znakSprawy: { strict: true } }, ${own}]\n` });
    expect(entity(one, 'sprawa').rules).toMatchObject([
      { kind: 'named', rule: 'znakSprawy', options: { strict: true } },
      { kind: 'cel', code: 'YEAR', severity: 'error', effect: 'load' },
    ]);
    const none = compiled({ 'sprawa.yaml': 'entity: sprawa\nrules: [{ znakSprawy: false }]\n' });
    expect(entity(none, 'sprawa').rules).toEqual([]);
  });

  it('adds and changes rows of a look-up', () => {
    const plan = compiled({ 'lookups/rodzaje.csv': 'kod,wartosc\n9,skarga\n3,"inne"\n' });
    expect(plan.lookups['rodzaje']).toMatchObject({
      entries: { 1: 'pismo', 2: 'wniosek', 3: 'inne', 9: 'skarga' },
      unconfirmed: [],
    });
  });

  it('replaces a whole look-up and a whole mapping when its bundle file says so', () => {
    const plan = compiled({
      'bundle.yaml': `${BUNDLE}replace: { lookups: [rodzaje], entities: [sprawa] }\n`,
      'lookups/rodzaje.csv': 'kod;wartosc\n9;skarga\n',
      'sprawa.yaml':
        'entity: sprawa\nfrom: { table: SpisSpraw, key: Id }\nto: { table: sprawa }\nfields: { id_koszulka: { ref: koszulka, of: IdPisma }, znak: Znak }\n',
    });
    expect(plan.lookups['rodzaje']!.entries).toEqual({ 9: 'skarga' });
    expect(entity(plan, 'sprawa').fields.map(({ column }) => column)).toEqual(['id', 'id_koszulka', 'znak']);
    expect(entity(plan, 'sprawa').rules).toEqual([]);
  });

  it('leaves an entity out; what refers to it optionally stays NULL, with a warning', () => {
    const files = {
      'koszulka.yaml': 'entity: koszulka\nenabled: false\n',
      'sprawa.yaml': 'entity: sprawa\nenabled: false\n',
      'notatka.yaml':
        'entity: notatka\nfrom: { table: dbo.SpisSpraw, key: Id }\nto: { table: koszulka }\nfields: { nazwa: Znak, id_zrodla: { ref: koszulka, of: IdPisma } }\n',
    };
    const { plan, warnings } = compile(overlay(files), {}, 'own');
    expect(plan.entities.map(({ name }) => name)).toEqual(['notatka']);
    expect(plan.entities[0]!.fields.map(({ column }) => column)).toEqual(['id', 'nazwa']);
    expect(shown(warnings)).toContain('entity "koszulka" is left out; column id_zrodla stays NULL');
  });

  it('points into the file that has the mistake', () => {
    expect(told({ 'sprawa.yaml': 'entity: sprawa\nfields:\n  znak: { of: Znaki }\n' })).toMatch(
      /^own\/sprawa\.yaml:3:15: error/,
    );
    const inBase = { ...overlay({ 'sprawa.yaml': 'entity: sprawa\nfields: { rok: Rok }\n' }) };
    const broken = { ...inBase, 'base/sprawa.yaml': inBase['base/sprawa.yaml']!.replace('of: Znak', 'of: Znaki') };
    expect(shown(problemsOf(broken, {}, 'own'))).toMatch(/^base\/sprawa\.yaml:8:15: error/);
  });

  it('may change an overlay in its turn', () => {
    const files = {
      ...overlay({ 'sprawa.yaml': 'entity: sprawa\nfields: { znak: { of: Znak, do: [singleLine] } }\n' }),
      'unit/bundle.yaml': 'name: unit\nextends: ../own\n',
      'unit/sprawa.yaml': 'entity: sprawa\nfields: { uwagi: Uwagi }\n',
      'unit/not-mapped.yaml': 'dbo.SpisSpraw: { Uwagi: null }\n',
    };
    const { plan } = compile(files, {}, 'unit');
    expect(field(plan, 'sprawa', 'znak')).toMatchObject({ transforms: [{ name: 'singleLine' }] });
    expect(field(plan, 'sprawa', 'uwagi')).toBeDefined();
  });

  it.each([
    ['sprawa.yaml', 'entity: sprawa\nfields: { nic: null }\n', 'removeUnknown'],
    ['sprawa.yaml', 'entity: sprawa\nrules: [{ pesel: false }]\n', 'removeUnknown'],
    ['bundle.yaml', `${BUNDLE}replace: { lookups: [rodzaj] }\n`, 'replaceUnknown'],
    ['sprawa.yaml', 'entity: sprawa\nfrm: { key: Id }\n', 'unknownKey'],
  ])('%s with %j is told apart as %s', (file, text, code) => {
    expect(problemsOf(overlay({ [file]: text }), {}, 'own').map((problem) => problem.code)).toContain(code);
  });

  it('refuses bundles that extend each other in a circle', () => {
    const files = { ...BASE, 'base/bundle.yaml': 'name: base\nextends: ../own\n', 'own/bundle.yaml': BUNDLE };
    expect(() => compile(files, {}, 'own')).toThrow(/in a circle: .*own → .*base → .*own/);
  });

  it('refuses a bundle that is not there and a folder without a mapping', () => {
    expect(() => compile({ 'own/bundle.yaml': 'name: x\nextends: ../nowhere\n' }, {}, 'own')).toThrow(
      /no folder of mappings .*nowhere/,
    );
    expect(() => compile({ 'bundle.yaml': 'name: x\n' })).toThrow(/there is no mapping/);
  });
});

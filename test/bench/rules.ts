import type { EntityPlan, FieldPlan, RulePlan } from '../../src/core/plan.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { ColumnType, TargetValue } from '../../src/core/record.ts';
import { compileRules } from '../../src/validate/compile-rules.ts';
import { RULES_BY_NAME } from '../../src/validate/rule-book.ts';
import { measureShare } from './rules/measure-share.ts';

/** Cost of all rules of an entity on records that are fine. */
export interface RuleCost {
  readonly entity: string;
  readonly rules: number;
  readonly records: number;
  readonly nanosecondsPerRecord: number;
  /** Bytes of heap per record; near 0 when nothing is allocated. */
  readonly heapBytesPerRecord: number;
}

type Column = readonly [name: string, type: ColumnType, value: TargetValue];
const instant = (text: string): number => Date.parse(text) * 1000;

const ENTITIES: Readonly<Record<string, { columns: readonly Column[]; rules: readonly string[] }>> = {
  sprawa: {
    rules: [
      'znakSprawy',
      'metadaneSprawy',
      'datySprawy',
      'kategoriaArchiwalna',
      'limitTytulu',
      'limitUwag',
      'dataCzesciowa',
    ],
    columns: [
      ['id', 'uuid', 1],
      ['znak', 'text', 'GN-III.4131.1234.2018'],
      ['symbol_klasy', 'text', '4131'],
      ['lp', 'int4', 1234],
      ['rok', 'int4', 2018],
      ['id_sprawa_bazowa', 'uuid', null],
      ['tytul', 'text', 'Wniosek o wpis do rejestru działalności regulowanej'],
      ['id_pracownik_prowadzacy', 'uuid', 17],
      ['id_pracownik_inicjator', 'uuid', 18],
      ['data_wszczecia', 'timestamptz', instant('2018-03-01T00:00:00+01:00')],
      ['data_rejestracji', 'timestamptz', instant('2018-03-01T10:00:00+01:00')],
      ['data_zakonczenia', 'timestamptz', instant('2018-03-20T10:00:00+01:00')],
      ['termin', 'timestamptz', instant('2018-04-01T00:00:00+02:00')],
      ['kategoria_archiwalna', 'text', 'BE10'],
      ['uwagi', 'text', 'załatwiono decyzją'],
      ['data_pisma_tekst', 'text', '2018-02-27'],
    ],
  },
  adresat: {
    rules: ['pesel', 'nip', 'regon'],
    columns: [
      ['pesel', 'text', '98922800246'],
      ['nip', 'text', '1234563218'],
      ['regon', 'text', '123456785'],
    ],
  },
  adresat_adres: {
    rules: ['kodPocztowy', 'kraj', 'metadaneAdresu'],
    columns: [
      ['miejscowosc', 'text', 'Przykładowo'],
      ['kod_pocztowy', 'text', '15-213'],
      ['kraj', 'text', 'PL'],
      ['kraj_zrodla', 'text', 'PL'],
    ],
  },
  dokument: {
    rules: ['metadaneDokumentu', 'dostep', 'nazwaPliku'],
    columns: [
      ['nazwa', 'text', 'wniosek o wpis do rejestru.pdf'],
      ['tytul', 'text', 'Wniosek o wpis'],
      ['id_pracownik_autor', 'uuid', 17],
      ['data_utworzenia', 'timestamptz', instant('2018-03-01T10:00:00+01:00')],
      ['dostep', 'text', 'niepubliczny'],
      ['dostep_zrodla', 'text', 'Niepubliczny'],
    ],
  },
  wplyw: {
    rules: ['metadaneWplywu', 'numerRejestru', 'datyWplywu', 'dataCzesciowa'],
    columns: [
      ['nadawca_nazwa', 'text', 'Anna Przykładowa'],
      ['id_adresat', 'uuid', 17],
      ['data_pisma_tekst', 'text', '2018-02-27'],
      ['data_wplywu', 'timestamptz', instant('2018-03-01T09:00:00+01:00')],
      ['data_rejestracji', 'timestamptz', instant('2018-03-01T10:00:00+01:00')],
      ['znak_wplywu', 'text', 'RPW/217/2018'],
      ['numer_rpw', 'int4', 217],
      ['rok', 'int4', 2018],
      ['tytul', 'text', 'Wniosek o wpis'],
    ],
  },
};

/** Measures every entity; `records` each. */
export const benchRules = (records: number): RuleCost[] =>
  Object.keys(ENTITIES).map((entity) => measure(entity, records));

function measure(entity: string, records: number): RuleCost {
  const { columns, rules } = ENTITIES[entity]!;
  const run = compileRules(planOf(entity), {
    policy: NO_POLICY,
    now: Date.parse('2026-01-15T00:00:00Z'),
    timezone: 'Europe/Warsaw',
  });
  const rows = Array.from({ length: 1000 }, () => columns.map(([, , value]) => value));
  let found = 0;
  const pass = (times: number): void => {
    for (let i = 0; i < times; i++) if (run([], rows[i % 1000]!) !== null) found++;
  };
  pass(200_000);
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const start = process.hrtime.bigint();
  pass(records);
  const spent = Number(process.hrtime.bigint() - start);
  const grown = process.memoryUsage().heapUsed - heap;
  if (found > 0) throw new Error(`${entity}: the record of the bench is not fine`);
  return {
    entity,
    rules: rules.length,
    records,
    nanosecondsPerRecord: Math.round(spent / records),
    heapBytesPerRecord: Math.max(0, Math.round(grown / records)),
  };
}

function planOf(entity: string): EntityPlan {
  const { columns, rules } = ENTITIES[entity]!;
  const names = new Set(columns.map(([name]) => name));
  return {
    name: entity,
    file: `${entity}.yaml`,
    from: {
      table: `dbo.${entity}`,
      key: ['Id'],
      columns: ['Id'],
      where: null,
      whereReason: '',
      unit: null,
      changes: { kind: 'compare' },
      fold: null,
      joins: [],
      sql: null,
    },
    to: { schema: 'ezd', table: entity },
    fields: columns.map(
      ([column, type]): FieldPlan => ({
        column,
        type,
        required: false,
        line: 1,
        kind: 'value',
        value: { kind: 'const', value: null },
        transforms: [],
        lookup: null,
      }),
    ),
    rules: rules.map(
      (rule): RulePlan => ({
        kind: 'named',
        rule,
        columns: Object.fromEntries(
          Object.entries(RULES_BY_NAME.get(rule)!.columns).flatMap(([parameter, { default: column }]) =>
            column !== undefined && names.has(column) ? [[parameter, column]] : [],
          ),
        ),
        options: {},
        line: 1,
      }),
    ),
    parents: [],
    hash: '',
  };
}

/**
 * `npm run bench -- rules [--cases N] [--rounds N] [--json]`: the rules of single entities on two million records, then what rules cost on top of a whole run of about a
 * million rows (16,000 cases), `--cases 0` leaves that out.
 */
async function benchAll(): Promise<void> {
  const numberOf = (name: string, usual: number): number => {
    const at = process.argv.indexOf(name);
    return at < 0 ? usual : Number(process.argv[at + 1]);
  };
  const json = process.argv.includes('--json');
  const costs = benchRules(2_000_000);
  if (!json) console.table(costs);
  const cases = numberOf('--cases', 16_000);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const share = cases === 0 ? null : await measureShare(cases, numberOf('--rounds', 3), say);
  console.log(JSON.stringify(json ? { rules: costs, share } : share, null, 2));
}

if (process.argv[1]?.endsWith('rules.js') === true) await benchAll();

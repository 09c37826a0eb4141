import type { EntityPlan, FieldPlan, Plan, TransformCall, ValuePlan } from '../../src/core/plan.ts';
import type { ColumnType, SourceRow, SourceValue } from '../../src/core/record.ts';
import { createTransformer } from '../../src/transform/create-transformer.ts';
import type { TransformEnvironment, Transformer } from '../../src/transform/transformer.ts';

/**
 * What a row and each kind of field cost in one thread: `npm run build && node dist/test/bench/transform.js [--json]`.
 * Rows are text throughout, as a CSV dump yields them. Nanoseconds of CPU time (so that a busy machine does not show), the best of five runs over a slice of 5,000 rows.
 */
const ROWS = 5_000;
const PASSES = 20;
const ROUNDS = 5;

const env: TransformEnvironment = { folds: new Map(), joins: new Map(), scope: null, now: Date.UTC(2026, 0, 1) };

const call = (name: string, arg: TransformCall['arg'] = null): TransformCall => ({ name, arg });

const value = (
  column: string,
  type: ColumnType,
  source: number | ValuePlan,
  transforms: readonly TransformCall[] = [],
  lookup: string | null = null,
): FieldPlan => ({
  kind: 'value',
  column,
  type,
  required: false,
  line: 1,
  value: typeof source === 'number' ? { kind: 'column', column: source } : source,
  transforms,
  lookup: lookup === null ? null : { lookup, unknown: { kind: 'null' } },
});

const entity = (columns: readonly string[], fields: readonly FieldPlan[]): EntityPlan => ({
  name: 'bench',
  file: 'bench.yaml',
  from: {
    table: 'dbo.Bench',
    key: [columns[0]!],
    columns,
    where: null,
    whereReason: '',
    unit: null,
    changes: { kind: 'compare' },
    fold: null,
    joins: [],
    sql: null,
  },
  to: { schema: 'ezd', table: 'bench' },
  fields,
  rules: [],
  parents: [],
  hash: '',
});

const transformerOf = (plan: EntityPlan): Transformer => {
  const whole: Plan = {
    office: 'BENCH',
    timezone: 'Europe/Warsaw',
    entities: [plan],
    lookups: {
      stan: { name: 'stan', file: '', entries: { '0': 'nowa', '1': 'w toku', '2': 'zakończona' }, unconfirmed: [] },
    },
    notMapped: [],
    hash: '',
  };
  return createTransformer(plan, whole, env);
};

/** Nanoseconds a row: best of a few rounds over the same rows. */
const measure = (plan: EntityPlan, rows: readonly SourceRow[]): number => {
  const transform = transformerOf(plan);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    let seen = 0;
    const start = process.cpuUsage();
    for (let pass = 0; pass < PASSES; pass++)
      for (let i = 0; i < rows.length; i++) seen += transform(rows[i]!).findings.length;
    const { user, system } = process.cpuUsage(start);
    const took = ((user + system) * 1000) / (rows.length * PASSES);
    if (seen < 0) throw new Error('unreachable');
    best = Math.min(best, took);
  }
  return best;
};

const pad = (n: number): string => String(n).padStart(2, '0');
const dateTime = (i: number): string =>
  `20${pad(5 + (i % 20))}-${pad(1 + (i % 12))}-${pad(1 + (i % 28))} ${pad(8 + (i % 8))}:${pad(i % 60)}:${pad((i * 7) % 60)}.${String(i % 1000).padStart(3, '0')}`;
const title = (i: number): string => `Wniosek o wydanie zaświadczenia dla mieszkańca ulicy Łąkowej nr ${i % 900}`;

/** Twelve columns, about 300 bytes, as the load benchmark has them. */
const middleRow = (i: number): SourceRow => [
  String(1000 + i),
  String(1 + (i % 5000)),
  `OR-I.0123.${1 + (i % 900)}.20${pad(5 + (i % 20))}`,
  title(i),
  String(i % 3),
  dateTime(i),
  i % 4 === 0 ? null : dateTime(i + 77),
  String(i % 2),
  `${i % 300}.5000`,
  `Uwagi do sprawy numer ${i}: dokumenty kompletne, strona powiadomiona telefonicznie w dniu wpływu.`,
  '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  String(i * 13),
];
const MIDDLE_COLUMNS = [
  'Id',
  'IdPisma',
  'Znak',
  'Nazwa',
  'Stan',
  'Data1',
  'Data2',
  'Flaga',
  'Kwota',
  'Uwagi',
  'Guid',
  'Nr',
];
const tidy = [call('trim'), call('collapseSpaces'), call('nfc')];
const column = (index: number): ValuePlan => ({ kind: 'column', column: index });

const MIDDLE_FIELDS: readonly FieldPlan[] = [
  { kind: 'id', column: 'id', type: 'uuid', required: true, line: 1, entity: 'bench', of: [column(0)] },
  {
    kind: 'ref',
    column: 'id_koszulka',
    type: 'uuid',
    required: true,
    line: 2,
    entity: 'koszulka',
    of: [column(1)],
    transforms: [],
    late: false,
  },
  value('znak', 'text', 2, tidy),
  value('tytul', 'text', 3, [...tidy, call('maxLength', 500)]),
  value('stan', 'text', 4, [], 'stan'),
  value('zalozono', 'timestamptz', 5, [call('localTime')]),
  value('zakonczono', 'timestamptz', 6, [call('localTime')]),
  value('flaga', 'bool', 7),
  value('kwota', 'numeric', 8),
  value('uwagi', 'text', 9, tidy),
  value('guid', 'uuid', 10),
  value('nr', 'int4', 11),
];

const rowsOf = (make: (i: number) => SourceValue): SourceRow[] =>
  Array.from({ length: ROWS }, (_, i) => [i, make(i)] as const);

const FIELD_BENCHES: readonly (readonly [string, FieldPlan, (i: number) => SourceValue])[] = [
  ['int4 from text', value('x', 'int4', 1), (i) => String(i)],
  ['int4 from number', value('x', 'int4', 1), (i) => i],
  ['int8 beyond 2^53', value('x', 'int8', 1), (i) => `90071992547409${930000 + i}`],
  ['numeric', value('x', 'numeric', 1), (i) => `${i}.5000`],
  ['float8 from text', value('x', 'float8', 1), (i) => `${i}.25`],
  ['bool from text', value('x', 'bool', 1), (i) => String(i % 2)],
  ['uuid', value('x', 'uuid', 1), () => '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
  ['text, 20 characters', value('x', 'text', 1), (i) => `OR-I.0123.${100_000 + i}.2020`],
  ['text, 70 characters, tidied', value('x', 'text', 1, tidy), title],
  ['text, 70 characters, to be tidied', value('x', 'text', 1, tidy), (i) => ` ${title(i)}`],
  ['text with maxLength', value('x', 'text', 1, [...tidy, call('maxLength', 500)]), title],
  ['localTime', value('x', 'timestamptz', 1, [call('localTime')]), dateTime],
  ['dateOnly', value('x', 'date', 1, [call('dateOnly')]), dateTime],
  ['look-up', value('x', 'text', 1, [], 'stan'), (i) => String(i % 3)],
  [
    'coalesce of two',
    value('x', 'text', { kind: 'coalesce', options: [column(1), column(0)] }),
    (i) => (i % 2 ? null : title(i)),
  ],
  [
    'template of two',
    value('x', 'text', { kind: 'template', parts: [column(0), column(1)], separator: '/', skipNull: false }),
    (i) => String(i),
  ],
  [
    'CEL',
    value('x', 'text', { kind: 'cel', cel: { text: 'Wartosc == 2 ? "tak" : "nie"', names: ['Wartosc'] } }),
    (i) => i % 3,
  ],
];

export interface TransformBench {
  readonly rows: number;
  /** A row of twelve columns and about 300 bytes. */
  readonly middleRow: { readonly nanoseconds: number; readonly secondsPerMillion: number };
  /** An entity with no field at all: key and bookkeeping. */
  readonly emptyRow: number;
  /** One field on top of that, by kind. */
  readonly fields: Readonly<Record<string, number>>;
}

export const benchTransform = (): TransformBench => {
  const middle = measure(
    entity(MIDDLE_COLUMNS, MIDDLE_FIELDS),
    Array.from({ length: ROWS }, (_, i) => middleRow(i)),
  );
  const empty = measure(
    entity(['Id', 'Wartosc'], []),
    rowsOf((i) => i),
  );
  const fields = FIELD_BENCHES.map(([name, field, make]) => {
    const took = measure(entity(['Id', 'Wartosc'], [field]), rowsOf(make));
    return [name, Math.round(took - empty)] as const;
  });
  return {
    rows: ROWS * PASSES,
    middleRow: { nanoseconds: Math.round(middle), secondsPerMillion: Math.round(middle) / 1000 },
    emptyRow: Math.round(empty),
    fields: Object.fromEntries(fields),
  };
};

if (process.argv[1]?.endsWith('transform.js')) {
  const result = benchTransform();
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    process.stdout.write(
      `row of 12 columns, 300 bytes: ${result.middleRow.nanoseconds} ns\nempty row: ${result.emptyRow} ns\n`,
    );
    for (const [name, took] of Object.entries(result.fields)) process.stdout.write(`${name}: ${took} ns\n`);
  }
}

import type { EntityPlan, FieldPlan } from '../../src/core/plan.ts';
import type { ColumnType, SourceRow } from '../../src/core/record.ts';
import type { EncodedSlice } from '../../src/core/slice.ts';
import { createStage, type SyncStage } from '../../src/pipeline/stage.ts';
import { createPostgresRowEncoder } from '../../src/write/postgres/row-encoder.ts';
import type { Batch } from '../../src/write/target.ts';

export const OFFICE = 'UM-TEST';

/** A field of a hand-made plan: a type, `id`, `ref parent` (required) or `ref? parent` (optional). */
export type FieldSpec = readonly [column: string, what: ColumnType | 'id' | `ref ${string}` | `ref? ${string}`];

/** A plan of one entity whose source columns are its target columns. */
export function entityPlan(name: string, schema: string, specs: readonly FieldSpec[]): EntityPlan {
  const fields = specs.map(([column, what]): FieldPlan => {
    const base = { column, line: 1, required: false } as const;
    if (what === 'id') return { ...base, kind: 'id', type: 'uuid', required: true, entity: name, of: [] };
    if (what.startsWith('ref')) {
      const [mark, parent] = what.split(' ') as [string, string];
      return {
        ...base,
        kind: 'ref',
        type: 'uuid',
        required: mark === 'ref',
        entity: parent,
        of: [],
        transforms: [],
        late: parent === name,
      };
    }
    return {
      ...base,
      kind: 'value',
      type: what as ColumnType,
      value: { kind: 'const', value: null },
      transforms: [],
      lookup: null,
    };
  });
  const columns = specs.map(([column]) => column);
  return {
    name,
    file: `${name}.yaml`,
    from: {
      table: `dbo.${name}`,
      key: ['id'],
      columns,
      where: null,
      whereReason: '',
      unit: null,
      changes: { kind: 'compare' },
      fold: null,
      joins: [],
      sql: null,
    },
    to: { schema, table: name },
    fields,
    rules: [],
    parents: [],
    hash: name,
  };
}

/** A stage that takes rows as records: the write path alone. */
export function plainStage(entity: EntityPlan): SyncStage {
  return createStage({
    entity,
    transform: (row) => ({ skip: null, key: row[0] as number | string, values: row as never, findings: [] }),
    rules: () => null,
    policy: (finding) => finding,
    encoder: createPostgresRowEncoder(entity, OFFICE),
    parsers: {},
    withholdRaw: false,
  });
}

/** A batch of these rows, in slices of `size`. */
export function batchOf(entity: EntityPlan, rows: readonly SourceRow[], number: number, size = 3): Batch {
  const stage = plainStage(entity);
  const slices: Batch['slices'][number][] = [];
  for (let at = 0; at < rows.length; at += size) {
    const slice = { kind: 'rows', rows: rows.slice(at, at + size), next: { at: at + size }, firstRow: at } as const;
    const encoded: EncodedSlice = stage.process(slice);
    slices.push({ encoded, explain: (positions) => Promise.resolve(stage.explain(slice, positions)) });
  }
  return { slices, next: { at: rows.length }, last: true, number };
}

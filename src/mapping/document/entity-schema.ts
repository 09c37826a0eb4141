import { z } from 'zod';
import { EFFECTS, SEVERITIES } from '../../core/finding.ts';

/**
 * The mapping language: the shape of one YAML file of a bundle. Everything that needs names from elsewhere (columns, transforms, rules, look-ups,
 * entities) is checked by the compiler. The descriptions end up in mappings/mapping.schema.json and docs/mapping-reference.md.
 */
export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;

const text = z.string().min(1);
/** Named so that no object literal here has a plain `then`, which would look like a promise. */
const THEN = 'then';
const columnName = text.describe('Source column `Column`, or `alias.Column` of a joined table.');
const oneOrMany = z.union([text, z.array(text).min(1)]);

/** How a value comes about: a text names a source column, a number or true/false is a constant, the rest is spelled out. */
export type ValueSpec =
  | string
  | number
  | boolean
  | { of: string }
  | { const: Scalar }
  | { coalesce: ValueSpec[] }
  | { template: string | ValueSpec[]; separator?: string | undefined; skipNull?: boolean | undefined }
  | { when: { if: string; then: ValueSpec }[]; else?: ValueSpec | undefined }
  | { cel: string };

const nested: z.ZodType<ValueSpec> = z.lazy(() => valueSpec);

const valueKeys = {
  of: { of: columnName },
  const: { const: scalar.describe('The same value for every record; null for SQL NULL.') },
  coalesce: { coalesce: z.array(nested).min(1).describe('The first of these values that is neither NULL nor empty.') },
  template: {
    template: z
      .union([z.string(), z.array(nested).min(1)])
      .describe(
        'Text with `{Column}` in it (`{{` and `}}` for braces), or a list of values to join. NULL when a part is NULL, unless `skipNull`.',
      ),
    separator: z.string().describe('Between the parts of a list.').optional(),
    skipNull: z.boolean().describe('Leave out parts that are NULL, together with the separator after them.').optional(),
  },
  when: {
    when: z
      .array(z.strictObject({ if: text.describe('CEL condition over source columns.'), [THEN]: nested }))
      .min(1)
      .describe('The value of the first branch whose condition is true.'),
    else: nested.describe('The value when no condition is true; NULL without it.').optional(),
  },
  cel: { cel: text.describe('CEL expression over source columns.') },
};

export const valueSpec: z.ZodType<ValueSpec> = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.strictObject(valueKeys.of),
    z.strictObject(valueKeys.const),
    z.strictObject(valueKeys.coalesce),
    z.strictObject(valueKeys.template),
    z.strictObject(valueKeys.when),
    z.strictObject(valueKeys.cel),
  ])
  .meta({ id: 'value', description: 'A value: a source column, a constant, or something made of them.' });

const argument = z.union([scalar, z.array(scalar), z.record(z.string(), scalar)]);
const transformCall = z
  .union([z.string(), z.record(z.string(), argument)])
  .meta({ id: 'transform', description: 'Name of a transform, or `name: argument`.' });
const doList = z.array(transformCall).describe('Transforms, applied in this order.');

const unknownCode = z
  .union([
    z.literal(['reject', 'null', 'keep']),
    z.null(),
    z.strictObject({ default: z.union([z.string(), z.number(), z.boolean()]) }),
  ])
  .describe(
    'What a code does that the look-up does not have: `null` (value cleared, finding; the default), `reject` (record kept out), `keep` (raw code kept, finding), or `default: value`.',
  );

const common = {
  do: doList.optional(),
  lookup: text.describe('Name of a look-up table: lookups/<name>.csv.').optional(),
  unknown: unknownCode.optional(),
  required: z
    .boolean()
    .describe('NULL rejects the record. Always true where the target column is NOT NULL.')
    .optional(),
};
const keyOf = z
  .union([valueSpec, z.array(valueSpec).min(1)])
  .describe('The legacy key: a value, or a list of values for a key of several columns.');

const idField = z.strictObject({
  id: text.describe('Entity whose computed id this is; the own id of a record names its own entity.'),
  of: keyOf.describe('Default: the key of the entity.').optional(),
});
const refField = z.strictObject({
  ref: text.describe('Parent entity.'),
  of: keyOf,
  do: doList.optional(),
  required: z
    .boolean()
    .describe('A missing or rejected parent rejects the record. Always true where the target column is NOT NULL.')
    .optional(),
  late: z
    .boolean()
    .describe('Take this reference out of the ordering of entities; it is filled in when the parent is there.')
    .optional(),
});

export const fieldSpec = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.strictObject({ ...valueKeys.of, ...common }),
    z.strictObject({ ...valueKeys.const, ...common }),
    z.strictObject({ ...valueKeys.coalesce, ...common }),
    z.strictObject({ ...valueKeys.template, ...common }),
    z.strictObject({ ...valueKeys.when, ...common }),
    z.strictObject({ ...valueKeys.cel, ...common }),
    idField,
    refField,
  ])
  .meta({
    id: 'field',
    description: 'Where the value of one target column comes from. In an overlay, null takes the field out.',
  });
export type FieldSpec = z.infer<typeof fieldSpec>;

const scalarOrList = z.union([scalar, z.array(scalar).min(1)]);
export const whereTest = z.union([
  scalar,
  z.array(scalar).min(1),
  z.strictObject({ not: scalarOrList.describe('None of these.') }),
]);
export type WhereTest = z.infer<typeof whereTest>;

const joinSpec = z.strictObject({
  table: text.describe('Second source table.'),
  on: text.describe('Its column that equals `of`.'),
  of: text.describe('Column of this row.'),
  where: z
    .record(z.string(), scalar)
    .describe('Only rows of the second table with these values, e.g. `{ IdSlownika: 8 }`.')
    .optional(),
  columns: z.array(text).describe('Columns that are read; default: those that are used.').optional(),
  optional: z.boolean().describe('When the source lacks the table, its columns count as NULL.').optional(),
});
export type JoinSpec = z.infer<typeof joinSpec>;

export const changesSpec = z.union([
  z.literal(['compare', 'changeTracking']),
  z.strictObject({ rowversion: text.describe('Column of the type rowversion (SQL Server).') }),
  z.strictObject({
    updatedAt: text.describe('Column with the time of the last change.'),
    overlap: z.int().min(0).describe('Minutes before the last mark that are read again; default 180.').optional(),
  }),
]);

export const goneSpec = z.union([
  z.literal(['delete', 'ignore']),
  z.strictObject({ mark: text.describe('Target column that gets the time of the sync; NULL in all other records.') }),
]);

const fromSpec = z.strictObject({
  table: text.describe('Source table, `dbo.SpisSpraw`; without a schema `dbo` is meant.'),
  key: oneOrMany.describe('Column or columns of the legacy key.'),
  where: z
    .record(z.string(), whereTest)
    .describe(
      'Rows that do not satisfy all of these are skipped: `Col: value`, `Col: null`, `Col: [values]`, `Col: { not: … }`.',
    )
    .optional(),
  whereReason: text.describe('Reason shown for rows that `where` keeps out.').optional(),
  unit: valueSpec.describe('What `--unit` filters on; without it the entity is always in scope.').optional(),
  changes: changesSpec.describe('How a sync finds what changed; default `compare`.').optional(),
  gone: goneSpec
    .describe('What a sync does with a record whose source row is gone: `delete` (the default), `ignore` or `mark`.')
    .optional(),
  rejected: z
    .enum(['keep', 'remove'])
    .describe(
      'What a sync does with a loaded record that is rejected today: `keep` it as it was (the default) or `remove` it.',
    )
    .optional(),
  fold: z
    .strictObject({
      head: oneOrMany.describe(
        'Columns with the id of the first version, the first that is neither NULL nor 0 counts.',
      ),
      previous: text.describe('Column with the id of the version before.').optional(),
      live: text.describe('Column that is true (a date column: NULL) on the live version.').optional(),
    })
    .describe('Row versions of one lineage become one record.')
    .optional(),
  join: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'a name of letters a–z, digits and _ is expected'), joinSpec)
    .describe('Second source tables, by alias; at most one row each.')
    .optional(),
  sql: text.describe('Further SQL condition, for SQL Server only.').optional(),
  optional: z.boolean().describe('The entity is left out when the source lacks the table.').optional(),
  optionalColumns: z.array(text).describe('Columns that some versions lack; there they count as NULL.').optional(),
});
export type FromSpec = z.infer<typeof fromSpec>;

const ruleColumns = z.union([z.literal(false), z.null(), z.record(z.string(), scalar)]);
export const celRule = z.strictObject({
  expr: text.describe('CEL over target columns; a record for which it is false gets the finding.'),
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'a code is written LIKE_THIS')
    .describe('Code of the finding.'),
  severity: z.enum(SEVERITIES).describe('Default `error`.').optional(),
  effect: z.enum(EFFECTS).describe('Default `load`.').optional(),
  message: z
    .strictObject({ pl: text.describe('In Polish.'), en: text.describe('In English.') })
    .describe('What a person reads.')
    .optional(),
});
export const ruleSpec = z.union([z.string(), celRule, z.record(z.string(), ruleColumns)]).meta({
  id: 'rule',
  description:
    'A rule of the rule book by name, `name: { columns and options }`, or an own expression. In an overlay `name: false` takes it out.',
});
export type RuleSpec = z.infer<typeof ruleSpec>;

const toSpec = z.strictObject({
  table: text.describe('Target table, `sprawa` or `ezd.sprawa`.'),
  key: text.describe('Target column of the computed id; default: the primary key of the table.').optional(),
});

export const entitySpec = z
  .strictObject({
    entity: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, 'a name of letters a–z, digits and _ is expected, all small')
      .describe('Name of the entity, unique in the bundle.'),
    enabled: z.boolean().describe('false: the entity is not migrated.').optional(),
    description: z.string().describe('For readers.').optional(),
    from: fromSpec.describe('Where its records come from.'),
    to: toSpec.describe('Where they go.'),
    fields: z.record(z.string(), fieldSpec).describe('Target column → where its value comes from.'),
    rules: z.array(ruleSpec).describe('Checks on the finished record.').optional(),
  })
  .meta({ title: 'Mapping of one entity (ezd-migrate)' });
export type EntitySpec = z.infer<typeof entitySpec>;

/** An overlay's file for an entity that the bundle below already maps: only what changes. */
export const entityPatch = entitySpec
  .extend({
    from: fromSpec.partial().optional(),
    to: toSpec.partial().optional(),
    fields: entitySpec.shape.fields.optional(),
  })
  .meta({ title: 'Change to the mapping of one entity (ezd-migrate)' });
export type EntityPatch = z.infer<typeof entityPatch>;

import type { TargetCatalogue, TargetTable } from '../../../core/catalogue.ts';
import { STORE_TABLES } from './store-tables.ts';
import type { TableSpec } from './table-spec.ts';

/** The catalogue that a database has once the store is installed in `schema`; for checking mappings before there is one. */
export const storeCatalogue = (schema: string): TargetCatalogue => ({
  tables: STORE_TABLES.map((spec) => tableOf(schema, spec)),
});

const tableOf = (schema: string, { name, columns }: TableSpec): TargetTable => ({
  schema,
  name,
  columns: columns.map((column) => ({
    name: column.name,
    type: column.type,
    nativeType: column.type,
    nullable: !column.required,
    hasDefault: false,
  })),
  primaryKey: ['id'],
  foreignKeys: columns.flatMap((column) =>
    column.references === undefined
      ? []
      : [{ columns: [column.name], refSchema: schema, refTable: column.references, refColumns: ['id'] }],
  ),
});

import { legacyTables } from '../../fixtures/schema.ts';
import type { SourceCatalogue, TargetCatalogue } from '../../src/core/catalogue.ts';
import { STORE_TABLES } from '../../src/write/postgres/schema/store-tables.ts';

/** The legacy schema as a source that knows its types and keys. */
export function legacyCatalogue(): SourceCatalogue {
  return {
    tables: legacyTables().map(({ schema, name, columns, primaryKey }) => ({
      name: `${schema}.${name}`,
      columns: columns.map((column) => ({ name: column.name, type: column.sqlType, nullable: column.nullable })),
      primaryKey,
      rows: null,
      bytes: null,
    })),
  };
}

/** Words of a check `column in ('a', 'b')`. */
function allowedBy(check: string | undefined, column: string): { readonly allowed?: readonly string[] } {
  if (check?.startsWith(`${column} in (`) !== true) return {};
  return { allowed: [...check.matchAll(/'([^']*)'/g)].map(([, word]) => word!) };
}

/** The store as its migrations make it, without a database. */
export function storeCatalogue(schema = 'ezd'): TargetCatalogue {
  return {
    tables: STORE_TABLES.map(({ name, columns, checks }) => ({
      schema,
      name,
      primaryKey: ['id'],
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        nativeType: column.type,
        nullable: !column.required && column.name !== 'id',
        hasDefault: false,
        ...allowedBy(checks?.[column.name], column.name),
      })),
      foreignKeys: columns.flatMap((column) =>
        column.references === undefined
          ? []
          : [{ columns: [column.name], refSchema: schema, refTable: column.references, refColumns: ['id'] }],
      ),
    })),
  };
}

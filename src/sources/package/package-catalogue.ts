import type { SourceCatalogue } from '../../core/catalogue.ts';
import { PACKAGE_TABLES } from './package-tables.ts';

/** The tables every package is read as, whatever is in it. */
export const PACKAGE_CATALOGUE: SourceCatalogue = {
  tables: PACKAGE_TABLES.map(({ name, columns }) => ({
    name,
    columns: Object.keys(columns).map((column) => ({ name: column, type: null, nullable: column !== 'id' })),
    primaryKey: ['id'],
    rows: null,
    bytes: null,
  })),
};

import type { Config } from '../config/config.ts';
import type { KnownPlace } from '../rollback/read-places.ts';
import { compileWithoutSource } from './compose.ts';

/** Where the mappings put each entity; none when they cannot be read any more, since the ledger mostly knows itself. */
export function knownPlaces(config: Config): readonly KnownPlace[] {
  try {
    return compileWithoutSource(config).entities.map(({ name, to, fields }) => ({
      entity: name,
      schema: to.schema,
      table: to.table,
      idColumn: fields[0]!.column,
    }));
  } catch {
    return [];
  }
}

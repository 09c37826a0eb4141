import { EzdError } from '../core/errors.ts';
import { quoted } from '../write/postgres/ledger-names.ts';
import type { SqlSession } from '../write/session.ts';

/** Where the records of one entity lie. */
export interface Place {
  readonly entity: string;
  /** Number of the entity in the ledger. */
  readonly id: number;
  /** Quoted names: table with its schema, id column, crosswalk partition. */
  readonly table: string;
  readonly idColumn: string;
  readonly crosswalk: string;
}

/** An entity of the ledger that has no place yet: an earlier version of this program wrote it. */
export interface KnownPlace {
  readonly entity: string;
  readonly schema: string;
  readonly table: string;
  readonly idColumn: string;
}

/**
 * Places of the entities that a run touched, parents first. `known`: of the mappings, for entities whose place the ledger does not know yet.
 * Throws EzdError LEDGER when a place is known to neither.
 */
export async function readPlaces(
  session: SqlSession,
  s: string,
  run: number,
  known: readonly KnownPlace[],
): Promise<readonly Place[]> {
  const rows = await session.query<PlaceRow>(
    `SELECT e.id, e.name, e.target_schema, e.target_table, e.id_column
     FROM ${s}.entity e JOIN ${s}.run r ON r.office = e.office AND r.id = $1
     LEFT JOIN ${s}.run_entity n ON n.run_id = r.id AND n.entity_id = e.id
     WHERE n.run_id IS NOT NULL OR EXISTS (SELECT 1 FROM ${s}.undo u WHERE u.run_id = $1 AND u.entity_id = e.id)
     ORDER BY n.position NULLS LAST, e.id`,
    [run],
  );
  const partitions = await crosswalks(session, s);
  // An entity that never began has no partition of the crosswalk, and nothing of it can be anywhere.
  return rows.filter(({ id }) => partitions.has(id)).map((row) => placeOf(row, s, known));
}

/** Places of all entities of an office that ever began, in the order in which the ledger met them. */
export async function allPlaces(
  session: SqlSession,
  s: string,
  office: string,
  known: readonly KnownPlace[],
): Promise<readonly Place[]> {
  const rows = await session.query<PlaceRow>(
    `SELECT id, name, target_schema, target_table, id_column FROM ${s}.entity WHERE office = $1 ORDER BY id`,
    [office],
  );
  const partitions = await crosswalks(session, s);
  const placed = rows.filter(
    ({ id, name, target_table }) =>
      partitions.has(id) && (target_table !== null || known.some(({ entity }) => entity === name)),
  );
  return placed.map((row) => placeOf(row, s, known));
}

interface PlaceRow {
  readonly id: number;
  readonly name: string;
  readonly target_schema: string | null;
  readonly target_table: string | null;
  readonly id_column: string | null;
}

async function crosswalks(session: SqlSession, s: string): Promise<ReadonlySet<number>> {
  const rows = await session.query<{ id: number }>(
    `SELECT substr(c.relname, 11)::int4 AS id FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = '${s.replaceAll("'", "''")}.crosswalk'::regclass AND c.relname ~ '^crosswalk_[0-9]+$'`,
  );
  return new Set(rows.map(({ id }) => id));
}

function placeOf(row: PlaceRow, s: string, known: readonly KnownPlace[]): Place {
  const { id, name } = row;
  const other = known.find(({ entity }) => entity === name);
  const schema = row.target_schema ?? other?.schema;
  const table = row.target_table ?? other?.table;
  const idColumn = row.id_column ?? other?.idColumn;
  if (schema === undefined || table === undefined || idColumn === undefined) {
    throw new EzdError(
      'LEDGER',
      `The ledger does not know the table of entity ${name}, and the mappings do not either.`,
      {
        subject: name,
        hint: 'Put the mapping of this entity back (a copy of the bundle that loaded it) and start again.',
      },
    );
  }
  return {
    entity: name,
    id,
    table: `${quoted(schema)}.${quoted(table)}`,
    idColumn: quoted(idColumn),
    crosswalk: `${s}.${quoted(`crosswalk_${id}`)}`,
  };
}

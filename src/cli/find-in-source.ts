import type { Config } from '../config/config.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import { keyText, type LegacyKey, type SourceRow } from '../core/record.ts';
import { SIGN } from '../history/find-subject.ts';
import { compileCondition } from '../transform/compile-condition.ts';
import { keyReader } from '../transform/create-transformer.ts';
import { createFoldIndexBuilder, openFoldIndex } from '../transform/fold-index.ts';
import { compileProject, openProjectStages, openSource, targetCatalogue } from './compose.ts';

/** What the source says of a record that the target does not have. */
export type InSource =
  | { readonly kind: 'absent' }
  /** The mapping keeps such rows out; with its reason. */
  | { readonly kind: 'leftOut'; readonly key: string; readonly reason: string }
  /** An older version of a lineage; `head` is the record that it became. */
  | { readonly kind: 'version'; readonly key: string; readonly head: string }
  | { readonly kind: 'there'; readonly key: string };

/** A record by its legacy key, or a case by its sign. */
export type Wanted = { readonly entity: string; readonly key: string } | { readonly sign: string };

/** Reads the table of an entity in the source until the record is found. null: the mappings do not have the entity. */
export async function findInSource(config: Config, wanted: Wanted, signal: AbortSignal): Promise<InSource | null> {
  const { source } = openSource(config);
  try {
    const catalogue = await source.catalogue();
    const { plan } = compileProject(config, catalogue, await targetCatalogue(config, null));
    const name = 'entity' in wanted ? wanted.entity : SIGN.entity;
    const entity = plan.entities.find((each) => each.name === name);
    if (entity === undefined) return null;
    const found = createFinder(entity, wanted);
    for await (const row of rowsOf(config, plan, entity, { source, catalogue, signal })) if (found.look(row)) break;
    return found.verdict();
  } finally {
    await source.close();
  }
}

type Opened = Pick<ReturnType<typeof openSource>, 'source'> & {
  readonly catalogue: Parameters<typeof openProjectStages>[2];
  readonly signal: AbortSignal;
};

async function* rowsOf(
  config: Config,
  plan: Plan,
  { from }: EntityPlan,
  { source, catalogue, signal }: Opened,
): AsyncIterable<SourceRow> {
  const stages = openProjectStages(config, plan, catalogue);
  try {
    for (const partition of await source.partitions(from.table, from.key, 1)) {
      const request = {
        table: from.table,
        columns: from.columns,
        key: from.key,
        partition,
        sql: from.sql,
        sliceRows: 5000,
        signal,
      };
      for await (const slice of source.read(request, null)) yield* stages.parse(slice).rows;
    }
  } finally {
    await stages.close();
  }
}

interface Finder {
  /** Returns true when nothing more need be read. */
  look(row: SourceRow): boolean;
  verdict(): InSource;
}

function createFinder(entity: EntityPlan, wanted: Wanted): Finder {
  const { where, whereReason, fold, columns } = entity.from;
  const readKey = keyReader(entity);
  const holds = where === null ? () => true : compileCondition(where);
  const matches = matcher(entity, wanted, readKey);
  const builder = fold === null ? null : createFoldIndexBuilder(entity);
  const folded = builder?.columns.map((column) => columns.indexOf(column)) ?? [];
  let found: { readonly key: LegacyKey; readonly row: SourceRow } | null = null;
  return {
    look(row) {
      builder?.addRow(folded.map((index) => row[index] ?? null));
      const key = readKey(row);
      if (found === null && key !== null && matches(row)) found = { key, row };
      // A lineage is only known once every row was seen.
      return found !== null && builder === null;
    },
    verdict() {
      if (found === null) return { kind: 'absent' };
      const key = keyText(found.key);
      if (!holds(found.row)) return { kind: 'leftOut', key, reason: whereReason };
      const head = builder === null ? found.key : openFoldIndex(builder.build()).head(found.key);
      return keyText(head) === key ? { kind: 'there', key } : { kind: 'version', key, head: keyText(head) };
    },
  };
}

function matcher(
  entity: EntityPlan,
  wanted: Wanted,
  readKey: (row: SourceRow) => LegacyKey | null,
): (row: SourceRow) => boolean {
  if ('entity' in wanted) {
    return (row) => {
      const key = readKey(row);
      return key !== null && keyText(key) === wanted.key;
    };
  }
  const field = entity.fields.find(({ column }) => column === SIGN.column);
  const value = field?.kind === 'value' ? field.value : undefined;
  if (value?.kind !== 'column') return () => false;
  return (row) => String(row[value.column] ?? '').trim() === wanted.sign;
}

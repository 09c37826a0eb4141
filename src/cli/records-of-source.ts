import type { EntityPlan, Plan } from '../core/plan.ts';
import { keyText } from '../core/record.ts';
import { createIndexes } from '../pipeline/build-indexes.ts';
import { recordReader } from '../transform/corrections/open-corrections.ts';
import { environmentOf } from './build-stage.ts';
import type { SourcePorts } from './corrections-against-source.ts';
import type { FoundRecord, WantedRecords } from './export-sheet.ts';

/** Reads the tables of the wanted records again and yields their rows, of a folded entity the row that stands for the record. */
export async function* recordsOfSource(
  plan: Plan,
  wanted: WantedRecords,
  ports: SourcePorts,
): AsyncIterable<FoundRecord> {
  for (const [name, records] of wanted) {
    const entity = plan.entities.find((each) => each.name === name);
    if (entity !== undefined) yield* recordsOf(entity, plan, records, ports);
  }
}

async function* recordsOf(
  entity: EntityPlan,
  plan: Plan,
  records: ReadonlyMap<string, unknown>,
  { source, stages, signal, now }: SourcePorts,
): AsyncIterable<FoundRecord> {
  const indexes = createIndexes(plan, { source, stages, signal, resolveUnits: () => Promise.resolve([]) });
  const options = { entities: null, units: null, limit: null };
  const keyOfRow = recordReader(entity, environmentOf(await indexes.stageSpec(entity, { options, now })));
  const { table, columns, key, sql } = entity.from;
  for (const partition of await source.partitions(table, key, 1)) {
    const request = { table, columns, key, partition, sql, sliceRows: 5000, signal };
    for await (const slice of source.read(request, null)) {
      for (const row of stages.parse(slice).rows) {
        const record = keyOfRow(row);
        if (record === null || !records.has(keyText(record))) continue;
        const values = columns.map((column, index) => [column, row[index] ?? null] as const);
        yield { entity: entity.name, key: keyText(record), source: Object.fromEntries(values) };
      }
    }
  }
}

import type { DraftEntity } from '../compile/compile-entity.ts';
import type { Surroundings } from '../compile/scope.ts';

/** Checks that concern whole target tables: columns that must be filled, and entities that could write the same record. */
export function checkTarget(around: Surroundings, drafts: readonly DraftEntity[]): void {
  for (const draft of drafts) checkFilled(around, draft);
  checkShared(around, drafts);
}

function checkFilled(around: Surroundings, draft: DraftEntity): void {
  const table = around.target.tables.find(({ schema, name }) => schema === draft.to.schema && name === draft.to.table);
  const document = around.entities.get(draft.name)?.document;
  const filled = [...draft.fields.map(({ column }) => column), ...Object.keys(document?.value.fields ?? {})];
  for (const column of table?.columns ?? []) {
    if (column.nullable || column.hasDefault || filled.includes(column.name)) continue;
    const params = { table: `${draft.to.schema}.${draft.to.table}`, column: column.name };
    around.report.error('targetUnfilled', params, document?.at(['fields'], 'key'));
  }
}

function checkShared(around: Surroundings, drafts: readonly DraftEntity[]): void {
  const seen = new Map<string, DraftEntity>();
  for (const draft of drafts) {
    const own = draft.fields[0];
    if (own?.kind !== 'id') continue;
    const key = `${own.entity} ${draft.to.table}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, draft);
    else {
      const params = { entity: draft.name, other: other.name, space: own.entity, table: draft.to.table };
      around.report.warning('sharedTable', params, around.entities.get(draft.name)?.document.at(['to', 'table']));
    }
  }
}

import type { Correction } from '../core/correction.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import { keyText } from '../core/record.ts';
import { checkValues, newValue } from './check-values.ts';
import type { Draft, Placed } from './draft.ts';
import { type FieldMeaning, fieldNames, fieldOfEntity } from './field-of-entity.ts';
import type { ProblemList } from './problem-list.ts';
import { readDate } from './read-date.ts';
import { readKey } from './read-key.ts';
import { resolveExpression } from './resolve-expression.ts';

/** Compares drafts with the plan: entities, fields, keys, values, who and why; two about the same value. What is wrong goes to `problems` and is left out. */
export function resolveDrafts(drafts: readonly Draft[], plan: Plan, problems: ProblemList): readonly Correction[] {
  const entities = new Map(plan.entities.map((entity) => [entity.name.toLowerCase(), entity]));
  const names = plan.entities.map(({ name }) => name);
  const known = new Map<string, { readonly wanted: string | null; readonly at: Placed['at'] }>();
  return drafts.flatMap((draft) => {
    const entity = entities.get(draft.entity.text.trim().toLowerCase());
    if (entity === undefined) {
      const { text, at } = draft.entity;
      if (text.trim() === '') problems.error('missingCell', { column: columnName('entity', problems) }, at);
      else problems.error('unknownEntity', { entity: text }, at, problems.near(text.trim(), names));
      return [];
    }
    const origin = resolveOrigin(draft, problems);
    const correction = resolveDraft(draft, entity, problems);
    if (origin === null || correction === null) return [];
    const whole = { ...correction, ...origin } as Correction;
    return isRepeated(whole, draft, known, problems) ? [] : [whole];
  });
}

const columnName = (column: 'entity' | 'key' | 'field', { language }: ProblemList): string =>
  ({ entity: { pl: 'encja', en: 'entity' }, key: { pl: 'klucz', en: 'key' }, field: { pl: 'pole', en: 'field' } })[
    column
  ][language];

type Origin = Pick<Correction, 'reason' | 'author' | 'date' | 'file' | 'line'>;
type Body = { readonly kind: Correction['kind'] };

/** Who, why, when and where; null when something of it is missing. A missing date is only warned about. */
function resolveOrigin(draft: Draft, problems: ProblemList): Origin | null {
  const { reason, author, date, at } = draft;
  if (reason === '') problems.error('missingReason', {}, at);
  if (author === '') problems.error('missingAuthor', {}, at);
  const written = date.text.trim();
  const day = written === '' ? null : readDate(written);
  if (written === '') problems.warning('missingDate', {}, at);
  else if (day === null) problems.error('badDate', {}, date.at, problems.text('badDateHint'));
  const { file, line } = at;
  return reason === '' || author === '' || (written !== '' && day === null)
    ? null
    : { reason, author, date: day, file, line };
}

function resolveDraft(draft: Draft, entity: EntityPlan, problems: ProblemList): Body | null {
  switch (draft.kind) {
    case 'record': {
      const key = readKey(draft.key, entity, problems);
      const column = resolveField(draft.field, entity, problems);
      if (key === null || column === null) return null;
      const wanted = newValue(draft.new.text, entity, column);
      const old = draft.old.text.trim() === '' ? null : draft.old.text;
      if (!checkValues({ old, wanted }, draft, problems)) return null;
      return { kind: draft.kind, entity: entity.name, key, column, old, new: wanted } as Body;
    }
    case 'lookup': {
      const column = resolveField(draft.field, entity, problems);
      const when = draft.when === null ? null : resolveExpression(draft.when, entity, problems);
      if (column === null || when === undefined) return null;
      const values = Object.fromEntries(
        draft.values.map(([old, wanted]) => [old, newValue(wanted.text, entity, column)]),
      );
      return { kind: draft.kind, entity: entity.name, column, values, when } as Body;
    }
    case 'rule': {
      const when = resolveExpression(draft.when, entity, problems);
      const set = draft.set.map(([name, wanted]) => [resolveField(name, entity, problems), wanted.text] as const);
      if (when === undefined || set.some(([column]) => column === null)) return null;
      const wanted = Object.fromEntries(set.map(([column, text]) => [column, newValue(text, entity, column!)]));
      return { kind: draft.kind, entity: entity.name, when, set: wanted } as Body;
    }
  }
}

/** The source column that a name means; null, with the problem told, for one that cannot be corrected. */
function resolveField(field: Placed, entity: EntityPlan, problems: ProblemList): string | null {
  const { at } = field;
  const name = field.text.trim();
  if (name === '') {
    problems.error('missingCell', { column: columnName('field', problems) }, at);
    return null;
  }
  const meaning = fieldOfEntity(entity, name);
  if (meaning.kind === 'column') return meaning.column;
  tellField(meaning, name, entity, at, problems);
  return null;
}

function tellField(
  meaning: Exclude<FieldMeaning, { kind: 'column' }>,
  name: string,
  entity: EntityPlan,
  at: Placed['at'],
  problems: ProblemList,
): void {
  switch (meaning.kind) {
    case 'unknown':
      problems.error('unknownField', { entity: entity.name, field: name }, at, problems.near(name, fieldNames(entity)));
      return;
    case 'several': {
      const hint = problems.text('severalColumnsHint', { columns: meaning.columns.join(', ') });
      problems.error('severalColumns', { field: name }, at, hint);
      return;
    }
    case 'none':
      problems.error('noColumn', { field: name }, at, problems.text('noColumnHint', { table: entity.from.table }));
      return;
    case 'key':
    case 'lineage': {
      const [code, hint] =
        meaning.kind === 'key'
          ? (['keyColumn', 'keyColumnHint'] as const)
          : (['lineageColumn', 'lineageColumnHint'] as const);
      problems.error(code, { column: meaning.column, entity: entity.name }, at, problems.text(hint));
    }
  }
}

/** The same value corrected twice: the same way is a warning, differently an error; the first one stays. */
function isRepeated(
  correction: Correction,
  { at }: Draft,
  known: Map<string, { readonly wanted: string | null; readonly at: Placed['at'] }>,
  problems: ProblemList,
): boolean {
  if (correction.kind !== 'record') return false;
  const place = `${correction.entity}\u0000${keyText(correction.key)}\u0000${correction.column}`;
  const before = known.get(place);
  if (before === undefined) {
    known.set(place, { wanted: correction.new, at });
    return false;
  }
  const params = { file: before.at.file, line: before.at.line };
  if (before.wanted === correction.new) problems.warning('duplicate', params, at);
  else problems.error('conflict', params, at);
  return true;
}

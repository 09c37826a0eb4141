import type {
  Correction,
  CorrectionOrigin,
  LookupCorrection,
  RecordCorrection,
  RuleCorrection,
} from '../core/correction.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import { keyText } from '../core/record.ts';
import { checkValues, newValue } from './check-values.ts';
import type { Draft, Placed } from './draft.ts';
import { type FieldMeaning, fieldNames, fieldOfEntity } from './field-of-entity.ts';
import type { ProblemList } from './problem-list.ts';
import { readDate } from './read-date.ts';
import { readKey } from './read-key.ts';
import { resolveExpression } from './resolve-expression.ts';

/** Compares drafts with the plan, one by one. */
export type DraftResolver = (draft: Draft) => Correction | null;

/**
 * Compares drafts with the plan: entities, fields, keys, values, who and why; and with those before about the same value. What is wrong goes to `problems`, and
 * nothing comes of the draft.
 */
export function createDraftResolver(plan: Plan, problems: ProblemList): DraftResolver {
  const entities = new Map(plan.entities.map((entity) => [entity.name.toLowerCase(), entity]));
  const names = plan.entities.map(({ name }) => name);
  const known: KnownValues = new Map();
  return (draft) => {
    const entity = entities.get(draft.entity.text.trim().toLowerCase());
    if (entity === undefined) {
      const { text, at } = draft.entity;
      if (text.trim() === '') problems.error('missingCell', { column: columnName('entity', problems) }, at);
      else problems.error('unknownEntity', { entity: text }, at, problems.near(text.trim(), names));
      return null;
    }
    const origin = resolveOrigin(draft, problems);
    const subject = resolveSubject(draft, entity, problems);
    if (origin === null || subject === null) return null;
    const correction: Correction = { ...subject, ...origin };
    return isRepeated(correction, known, problems) ? null : correction;
  };
}

/** Corrections of single values by the value they are about. */
type KnownValues = Map<string, RecordCorrection>;

const columnName = (column: 'entity' | 'key' | 'field', { language }: ProblemList): string =>
  ({ entity: { pl: 'encja', en: 'entity' }, key: { pl: 'klucz', en: 'key' }, field: { pl: 'pole', en: 'field' } })[
    column
  ][language];

/** A correction without who, why, when and where. */
type Subject =
  | Omit<RecordCorrection, keyof CorrectionOrigin>
  | Omit<LookupCorrection, keyof CorrectionOrigin>
  | Omit<RuleCorrection, keyof CorrectionOrigin>;

/** Who, why, when and where; null when something of it is missing. A missing date is only warned about. */
function resolveOrigin(draft: Draft, problems: ProblemList): CorrectionOrigin | null {
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

function resolveSubject(draft: Draft, entity: EntityPlan, problems: ProblemList): Subject | null {
  switch (draft.kind) {
    case 'record': {
      const key = readKey(draft.key, entity, problems);
      const column = resolveField(draft.field, entity, problems);
      if (key === null || column === null) return null;
      const wanted = newValue(draft.new.text, entity, column);
      const old = draft.old.text.trim() === '' ? null : draft.old.text;
      if (!checkValues({ old, wanted }, draft, problems)) return null;
      return { kind: draft.kind, entity: entity.name, key, column, old, new: wanted };
    }
    case 'lookup': {
      const column = resolveField(draft.field, entity, problems);
      const when = draft.when === null ? null : resolveExpression(draft.when, entity, problems);
      if (column === null || when === undefined) return null;
      const values = Object.fromEntries(
        draft.values.map(([old, wanted]) => [old, newValue(wanted.text, entity, column)]),
      );
      return { kind: draft.kind, entity: entity.name, column, values, when };
    }
    case 'rule': {
      const when = resolveExpression(draft.when, entity, problems);
      const set = draft.set.map(([name, wanted]) => [resolveField(name, entity, problems), wanted.text] as const);
      if (when === undefined || set.some(([column]) => column === null)) return null;
      const wanted = Object.fromEntries(set.map(([column, text]) => [column, newValue(text, entity, column!)]));
      return { kind: draft.kind, entity: entity.name, when, set: wanted };
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
      problems.error(
        'unknownField',
        { entity: entity.name, field: name },
        at,
        problems.near(name, fieldNames(entity), entity.from.columns),
      );
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
function isRepeated(correction: Correction, known: KnownValues, problems: ProblemList): boolean {
  if (correction.kind !== 'record') return false;
  const { file, line } = correction;
  const place = `${correction.entity}\u0000${keyText(correction.key)}\u0000${correction.column}`;
  const before = known.get(place);
  if (before === undefined) {
    known.set(place, correction);
    return false;
  }
  const params = { file: before.file, line: before.line };
  const at = { file, line, column: 1 };
  if (before.new === correction.new) problems.warning('duplicate', params, at);
  else problems.error('conflict', params, at);
  return true;
}

import type { EntityPlan } from '../core/plan.ts';
import type { ColumnType } from '../core/record.ts';
import { canonicalMoment, tidyValue } from '../transform/corrections/same-value.ts';
import { damageOf, lostZeros } from './cell-damage.ts';
import type { Draft } from './draft.ts';
import { fieldsOfColumn } from './field-of-entity.ts';
import type { ProblemList } from './problem-list.ts';

/** A new value as the legacy system would write it: Polish dates in ISO form, PRAWDA and FAŁSZ as bits, where the column holds such. */
export function newValue(text: string | null, entity: EntityPlan, column: string): string | null {
  if (text === null) return null;
  const types = typesOfColumn(entity, column);
  const tidy = tidyValue(text);
  const isPolishDate = /^\d{1,2}\.\d{1,2}\.\d{4}/.test(tidy);
  if (isPolishDate && (types.has('date') || types.has('timestamptz'))) return canonicalMoment(tidy) ?? text;
  if (!types.has('bool')) return text;
  if (/^(prawda|true)$/i.test(tidy)) return '1';
  return /^(fałsz|false)$/i.test(tidy) ? '0' : text;
}

/** Types of the fields that a column goes into; asked for once a correction, so it is remembered. */
function typesOfColumn(entity: EntityPlan, column: string): ReadonlySet<ColumnType> {
  const known = TYPES.get(entity) ?? new Map<string, ReadonlySet<ColumnType>>();
  TYPES.set(entity, known);
  const types = known.get(column) ?? new Set(fieldsOfColumn(entity, column).map(({ type }) => type));
  known.set(column, types);
  return types;
}
const TYPES = new WeakMap<EntityPlan, Map<string, ReadonlySet<ColumnType>>>();

type RecordDraft = Extract<Draft, { kind: 'record' }>;

/** Whether both values can be what somebody meant; tells what a spreadsheet has spoilt. */
export function checkValues(
  { old, wanted }: { readonly old: string | null; readonly wanted: string | null },
  draft: RecordDraft,
  problems: ProblemList,
): boolean {
  const [oldName, newName] =
    problems.language === 'pl' ? ['stara wartość', 'nowa wartość'] : ['old value', 'new value'];
  const before = problems.errors;
  const cells = [
    { text: old, at: draft.old.at, column: oldName! },
    { text: wanted, at: draft.new.at, column: newName! },
  ];
  for (const { text, at, column } of cells) {
    const damage = text === null ? null : damageOf(text);
    if (damage !== null) problems.error(damage, { column }, at, problems.text('damageHint'));
  }
  if (wanted !== null && /\*{3,}/.test(wanted))
    problems.error('maskedNew', {}, draft.new.at, problems.text('maskedNewHint'));
  if (wanted !== null && old !== null) checkZeros(old, wanted, newName!, draft, problems);
  if (problems.errors > before) return false;
  if (wanted !== old) return true;
  problems.warning('noChange', {}, draft.new.at);
  return false;
}

function checkZeros(old: string, wanted: string, column: string, draft: RecordDraft, problems: ProblemList): void {
  if (lostZeros(wanted, old)) problems.error('lostZeros', { column }, draft.new.at, problems.text('damageHint'));
  else if (/^0\d+$/.test(old) && /^[1-9]\d*$/.test(wanted) && wanted.length === old.length - 1)
    problems.warning('lostZeros', { column }, draft.new.at, problems.text('damageHint'));
}

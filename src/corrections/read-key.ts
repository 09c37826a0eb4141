import type { EntityPlan } from '../core/plan.ts';
import type { LegacyKey } from '../core/record.ts';
import { joinKeys, keyOf } from '../transform/legacy-key.ts';
import type { Placed } from './draft.ts';
import type { ProblemList } from './problem-list.ts';

/** The legacy key that a cell names, as the program has it; null, with the problem told, for one that cannot be a key of the entity. */
export function readKey({ text, at }: Placed, entity: EntityPlan, problems: ProblemList): LegacyKey | null {
  const { key } = entity.from;
  const parts = key.length === 1 ? [text] : splitKey(text.trim());
  const read = parts.map((part) => keyOf(part));
  if (read.includes(null)) {
    problems.error('missingCell', { column: problems.language === 'pl' ? 'klucz' : 'key' }, at);
    return null;
  }
  if (read.length !== key.length) {
    const params = { entity: entity.name, columns: key.join(', ') };
    problems.error('keyParts', params, at, problems.text('keyPartsHint'));
    return null;
  }
  return key.length === 1 ? read[0]! : joinKeys(read);
}

/** Parts between `|`; `\|` and `\\` are the character itself. */
const splitKey = (text: string): readonly string[] =>
  [...text.matchAll(/((?:\\.|[^\\|])*)(?:\||$)/g)]
    .map(([, part = '']) => part.replace(/\\(.)/g, '$1'))
    .slice(0, text.endsWith('|') ? undefined : -1);

import type { Correction, CorrectionSet } from '../core/correction.ts';
import { keyText } from '../core/record.ts';
import type { SqlSession } from '../write/session.ts';

const PAGE = 5000;

/** Notes with which corrections a run works; a set is stored once, however many runs use it. */
export async function insertCorrectionSet(
  session: SqlSession,
  s: string,
  run: number,
  { hash, corrections }: CorrectionSet,
): Promise<void> {
  await session.query(`UPDATE ${s}.run SET corrections_hash = $2 WHERE id = $1`, [run, hash]);
  const [known] = await session.query(`SELECT 1 AS known FROM ${s}.correction WHERE set_hash = $1 LIMIT 1`, [hash]);
  if (known !== undefined) return;
  for (let from = 0; from < corrections.length; from += PAGE) {
    const rows = corrections.slice(from, from + PAGE).map((correction, at) => rowOf(correction, from + at));
    await session.query(
      `INSERT INTO ${s}.correction (set_hash, number, kind, entity, legacy_key, field, old_value, new_value, reason, author, made_on, file, line)
       SELECT $1, number, kind, entity, legacy_key, field, old_value, new_value, reason, author, made_on, file, line
       FROM jsonb_to_recordset($2::jsonb) AS r (number integer, kind text, entity text, legacy_key text, field text, old_value text, new_value text,
         reason text, author text, made_on date, file text, line integer)`,
      [hash, JSON.stringify(rows)],
    );
  }
}

function rowOf(correction: Correction, number: number): Readonly<Record<string, string | number | null>> {
  const { kind, entity, reason, author, date, file, line } = correction;
  const origin = { number, kind, entity, reason: text(reason), author: text(author), made_on: date, file, line };
  if (kind === 'rule') return { ...origin, field: Object.keys(correction.set).join(', ') };
  if (kind === 'lookup') return { ...origin, field: correction.column };
  const { key, column, old } = correction;
  const values = { old_value: text(old), new_value: text(correction.new) };
  return { ...origin, legacy_key: text(keyText(key)), field: column, ...values };
}

/** PostgreSQL cannot hold NUL in a text: shown as its symbol. */
const text = (value: string | null): string | null =>
  value === null ? null : value.replaceAll('\u0000', '\u2400').toWellFormed();

import type { Translator } from '../../i18n/translator.ts';
import { type EntityProgress, speedOf } from './fold-progress.ts';

/** `sprawa: 12 000 of 30 000 (40%), 5 100 rows/s, 4 s left`. */
export function progressLine(entity: EntityProgress, now: number, texts: Translator): string {
  const { counts, expected } = entity;
  const { rate, left } = speedOf(entity, now);
  const parts = [doneOf(counts.read, expected, texts)];
  if (rate !== null) parts.push(texts.text('progress.rate', { rate: texts.number(rate) }));
  if (left !== null) parts.push(texts.text('progress.eta', { time: texts.duration(left) }));
  if (counts.rejected > 0) parts.push(`${texts.text('column.rejected')}: ${texts.number(counts.rejected)}`);
  return `${entity.entity}: ${parts.join(', ')}`;
}

function doneOf(read: number, expected: number | null, texts: Translator): string {
  if (expected === null || expected < read) return texts.number(read);
  const share = expected === 0 ? 100 : Math.floor((read / expected) * 100);
  const params = { done: texts.number(read), all: texts.number(expected) };
  return `${texts.text('progress.of', params)} (${share}%)`;
}

import { collationOf } from '../collation.ts';
import type { SqlValue } from '../value.ts';

/** LIKE with `%`, `_` and `[…]`, case by collation. */
export function likeMatcher(collation: string): (value: SqlValue, pattern: SqlValue) => boolean | null {
  const flags = collationOf(collation).caseSensitive ? 'su' : 'siu';
  const compiled = new Map<string, RegExp>();
  return (value, pattern) => {
    if (value === null || pattern === null) return null;
    const text = String(pattern);
    const regex = compiled.get(text) ?? new RegExp(`^${toRegex(text)}$`, flags);
    compiled.set(text, regex);
    return regex.test(String(value));
  };
}

function toRegex(pattern: string): string {
  return pattern.replace(/\[(\^?)((?:[^\]])*)\]|%|_|[^%_[]+/g, (part, negated: string, set: string) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    if (part.startsWith('[')) return `[${negated}${set.replace(/[\\\]^]/g, '\\$&')}]`;
    return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
}

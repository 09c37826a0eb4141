import { opendirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of a folder by their folded form; null: too many to be searched. */
export type ListingCache = Map<string, ReadonlyMap<string, readonly string[]> | null>;
export const openListingCache = (): ListingCache => new Map();

/** A folder with more names is not searched for another spelling. */
const LISTING_LIMIT = 50_000;
const CACHED_FOLDERS = 4;

/**
 * The way a path is really spelled below `base`, when it differs by letter case or Unicode form (NFC, NFD) from what the database says. null: not there
 * in any spelling, or in several folders too big to search. `candidates`: several spellings, none of them exact, so that none may be taken.
 */
export function findSpelling(
  base: string,
  segments: readonly string[],
  cache: ListingCache,
): { readonly segments: readonly string[] } | { readonly candidates: number } | null {
  // Digits have one spelling only: the flat layout never pays for a listing.
  if (segments.every((segment) => !/[^\d._-]/.test(segment))) return null;
  const found: string[] = [];
  for (const segment of segments) {
    const names = listing(join(base, ...found), cache)?.get(fold(segment));
    if (names === undefined) return null;
    const name = names.includes(segment) ? segment : names[0];
    if (name === undefined) return null;
    if (name !== segment && names.length > 1) return { candidates: names.length };
    found.push(name);
  }
  return { segments: found };
}

export const fold = (name: string): string => name.normalize('NFC').toLowerCase();

function listing(folder: string, cache: ListingCache): ReadonlyMap<string, readonly string[]> | null {
  const cached = cache.get(folder);
  if (cached !== undefined) return cached;
  const names = readListing(folder);
  if (cache.size >= CACHED_FOLDERS) cache.delete(cache.keys().next().value ?? '');
  cache.set(folder, names);
  return names;
}

function readListing(folder: string): Map<string, string[]> | null {
  const names = new Map<string, string[]>();
  try {
    const entries = opendirSync(folder);
    try {
      let count = 0;
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
        if (++count > LISTING_LIMIT) return null;
        const key = fold(entry.name);
        const same = names.get(key);
        if (same === undefined) names.set(key, [entry.name]);
        else same.push(entry.name);
      }
    } finally {
      entries.closeSync();
    }
  } catch {
    return names;
  }
  return names;
}

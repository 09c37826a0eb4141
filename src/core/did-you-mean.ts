/**
 * The allowed word nearest to what was found, or null when none is near: the same but for case, one of two that begins with the other, or at most a
 * third of its letters (at least one) wrong, missing, extra or swapped.
 */
export function didYouMean(found: string, allowed: readonly string[]): string | null {
  const wanted = found.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const word of allowed) {
    const candidate = word.toLowerCase();
    const distance = candidate === wanted ? 0 : editDistance(wanted, candidate, bestDistance);
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best ?? allowed.find((word) => beginsAlike(word.toLowerCase(), wanted)) ?? null;
}

const beginsAlike = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));

/** Letters to change, insert, remove or swap (Damerau–Levenshtein, optimal string alignment); `limit` or more once it cannot be less. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

import type { ContentPlace, PlaceProblem, ReadBytes } from './content.ts';

/** What came of one place of a content. */
export type PlaceOutcome = { readonly place: ContentPlace } & (
  | { readonly kind: 'read'; readonly read: ReadBytes; readonly temp: string | null }
  | { readonly kind: 'problem'; readonly problem: PlaceProblem }
);

export type ReadOutcome = Extract<PlaceOutcome, { kind: 'read' }>;

export type PlaceChoice =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'chosen';
      readonly chosen: ReadOutcome;
      /** Digests of other places whose bytes differ although they fit as well (or as badly): an error. */
      readonly rivals: readonly string[];
      /** Digests of other places whose bytes do not fit while the chosen ones do. */
      readonly unfit: readonly string[];
    };

/**
 * Bytes in two places (RULES §0): the copy whose hash fits wins; both fit and differ, or none fits: an error, and the first is attached. An equal digest is
 * proof whatever else is known of the algorithm; without one the size decides.
 */
export function choosePlace(
  outcomes: readonly PlaceOutcome[],
  expected: { readonly size: number | null; readonly digest: string | null },
): PlaceChoice {
  const reads = outcomes.filter((outcome) => outcome.kind === 'read');
  const first = reads[0];
  if (first === undefined) return { kind: 'none' };
  const fitting = fittest(reads, expected);
  const chosen = fitting[0] ?? first;
  const others = (from: readonly ReadOutcome[]): string[] => [
    ...new Set(from.map((outcome) => outcome.read.sha256).filter((sha256) => sha256 !== chosen.read.sha256)),
  ];
  if (fitting.length === 0) return { kind: 'chosen', chosen, rivals: others(reads), unfit: [] };
  return {
    kind: 'chosen',
    chosen,
    rivals: others(fitting),
    unfit: others(reads.filter((outcome) => !fitting.includes(outcome))),
  };
}

function fittest(
  reads: readonly ReadOutcome[],
  expected: { readonly size: number | null; readonly digest: string | null },
): readonly ReadOutcome[] {
  const byDigest = reads.filter(({ read }) => expected.digest !== null && read.legacyDigest === expected.digest);
  if (byDigest.length > 0) return byDigest;
  return reads.filter(({ read }) => expected.size === null || read.size === expected.size);
}

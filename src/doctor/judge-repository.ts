import { failed, ok, unknown, type Verdict, warning } from './check.ts';
import { list } from './judge-source.ts';

/** A root of the legacy repository, looked at; `error`: the system's code. */
export interface RootFacts {
  readonly root: string;
  readonly error: string | null;
}

export function judgeRoots(roots: readonly RootFacts[]): Verdict {
  if (roots.length === 0) return unknown('rootsNone');
  const bad = roots.filter(({ error }) => error !== null);
  if (bad.length === 0) return ok('rootsGood', { roots: list(roots.map(({ root }) => root)) });
  const text = list(bad.map(({ root, error }) => `${root} (${error})`));
  return failed('rootsBad', { roots: text }, 'rootsBadCure');
}

/** What became of a sample of files. */
export interface SampleFacts {
  /** Where the paths came from: `store`: places of loaded contents; `disk`: the first files found below the roots. */
  readonly from: 'store' | 'disk';
  readonly tried: number;
  readonly missing: number;
  /** There, but not to be opened. */
  readonly refused: number;
}

export function judgeSample({ from, tried, missing, refused }: SampleFacts): Verdict {
  const params = { tried, missing, refused };
  if (tried === 0) return from === 'disk' ? failed('sampleEmpty', {}, 'rootsBadCure') : unknown('sampleNone');
  if (refused > 0) return failed('sampleRefused', params, 'sampleRefusedCure');
  if (missing === tried) return failed('sampleMissing', params, 'sampleMissingCure');
  if (missing > 0) return warning('sampleSome', params, 'sampleMissingCure');
  return from === 'store' ? ok('sampleGood', params) : ok('sampleDisk', params);
}

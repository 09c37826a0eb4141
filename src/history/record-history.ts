import type { Finding } from '../core/finding.ts';

/** A record as people name it, found. */
export interface Subject {
  readonly entity: string;
  /** Legacy key as text. */
  readonly key: string;
  readonly targetId: string;
}

/** What happened to one record. Values are raw: mask before showing. */
export interface RecordHistory extends Subject {
  readonly loaded: boolean;
  /** Quoted table of the store; null: nothing of this entity was ever loaded. */
  readonly table: string | null;
  /** The row as it is; null: there is none. */
  readonly row: Row | null;
  /** Runs that touched it, oldest first. */
  readonly runs: readonly RunHistory[];
  readonly parents: readonly Parent[];
  readonly contents: ContentPlaces;
  /** Why it is not in the target, as far as the ledger knows; null: it is there. */
  readonly absence: Absence | null;
}

export type Row = Readonly<Record<string, unknown>>;

/** What one run did to it and said about it. */
export interface RunHistory {
  readonly run: number;
  readonly command: string;
  readonly status: string;
  readonly startedAt: Date;
  /** `brought`: it came with this run; `said`: it was only spoken of (findings); `takenBack`: a rollback changed it. */
  readonly did: 'brought' | 'changed' | 'deleted' | 'rejected' | 'copied' | 'takenBack' | 'said';
  /** Run that took this change back; null: it stands. */
  readonly takenBackBy: number | null;
  /** Field by field. `after` undefined: not known any more, since it was taken back. */
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Reasons, when the run kept it out. */
  readonly rejects: readonly (readonly Finding[])[];
  readonly corrections: readonly AppliedCorrection[];
}

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AppliedCorrection {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: string;
  readonly author: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
}

/** A reference of the record. */
export interface Parent {
  readonly column: string;
  readonly entity: string;
  readonly key: string;
  /** False: the reference is empty and waits for this parent. */
  readonly there: boolean;
}

/** Where its files lie. */
export interface ContentPlaces {
  /** The first of them. */
  readonly shown: readonly ContentPlace[];
  readonly count: number;
}

export interface ContentPlace {
  readonly contentId: string;
  /** Personal data. */
  readonly name: string | null;
  /** `stored`, `failed`, or `waiting` when no copy has tried it. */
  readonly status: string;
  readonly sha256: string | null;
  readonly size: number | null;
  /** Code of the finding that made it fail. */
  readonly problem: string | null;
}

export type Absence =
  /** Kept out; with the chain of parents that led there, nearest first. */
  | {
      readonly kind: 'rejected';
      readonly run: number;
      readonly reasons: readonly Finding[];
      readonly chain: readonly ChainLink[];
    }
  | { readonly kind: 'deleted'; readonly run: number }
  | { readonly kind: 'takenBack'; readonly run: number; readonly by: number | null }
  /** The ledger has never met it. `rolledBack`: runs over this entity that were taken back, which may have brought it. */
  | { readonly kind: 'unknown'; readonly rolledBack: readonly number[] };

/** A parent in the chain of a rejected record. */
export interface ChainLink {
  readonly entity: string;
  readonly key: string;
  readonly state: 'rejected' | 'missing' | 'loaded';
  readonly reasons: readonly Finding[];
}

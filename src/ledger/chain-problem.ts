import type { DigestedSet } from './set-digests.ts';

/** What shows that history was touched. Data; the words are in `i18n/texts/protocol-texts.ts`. */
export type ChainProblem =
  /** A record of the chain is gone. */
  | { readonly kind: 'recordMissing'; readonly number: number }
  /** The text of a record, or its run, does not fit its hash. */
  | { readonly kind: 'recordChanged'; readonly number: number; readonly run: number }
  /** A record names another predecessor than the one that is there. */
  | { readonly kind: 'linkBroken'; readonly number: number; readonly run: number }
  /** The run that a record tells of is gone. */
  | { readonly kind: 'runMissing'; readonly number: number; readonly run: number }
  /** There is a run that the chain does not know, older than one it knows, or closed without a record. */
  | { readonly kind: 'runUnrecorded'; readonly run: number }
  /** The run's own row, members named. */
  | { readonly kind: 'runChanged'; readonly run: number; readonly members: readonly string[] }
  | { readonly kind: 'countsChanged'; readonly run: number; readonly entity: string }
  | {
      readonly kind: 'rowsChanged';
      readonly run: number;
      readonly entity: string;
      readonly set: DigestedSet;
      /** Rows when the record was made, and now. */
      readonly was: number;
      readonly now: number;
    }
  /** A filed protocol knows another hash of this record, or a record that is not there any more. */
  | { readonly kind: 'anchorDiffers'; readonly number: number; readonly file: string };

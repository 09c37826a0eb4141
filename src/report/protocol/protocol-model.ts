import type { ChainProblem } from '../../ledger/chain-problem.ts';
import type { ChainHead } from '../../ledger/verify-chain.ts';
import type { ReportCodeCount, ReportCorrections, ReportModel, ReportPlace, ReportRejects } from '../report-model.ts';

/** Version of the shape of `protokol.json`. Members may be added within a version; none is renamed, removed or changes its meaning. */
export const PROTOCOL_FORMAT_VERSION = 1;

/** The protocol of one run: what an office files. Personal data is masked. Texts in both languages, sums only; lists are side files named with their hashes. */
export interface Protocol {
  readonly format: 'ezd-migrate-protocol';
  readonly formatVersion: typeof PROTOCOL_FORMAT_VERSION;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly madeBy: Actor & { readonly toolVersion: string };
  readonly office: string;
  /** Zone whose clocks the page shows. */
  readonly timezone: string;
  readonly run: ProtocolRun;
  readonly source: ReportPlace;
  readonly target: ReportPlace;
  readonly mapping: {
    /** SHA-256 over the compiled mappings and look-ups. */
    readonly planHash: string;
    readonly entities: readonly { readonly entity: string; readonly planHash: string }[];
  };
  readonly totals: ReportModel['totals'];
  /** read = loaded + unchanged + rejected + skipped; skips: reasons of skipping. */
  readonly entities: readonly ProtocolEntity[];
  /** Cases and findings as of the end of the run, records as of the protocol. null: the store was not there any more. */
  readonly units: readonly ProtocolUnit[] | null;
  readonly findings: readonly ProtocolFinding[];
  /** Codes that the office switched off, with the written reason. */
  readonly switchedOff: readonly { readonly code: string; readonly reason: string }[];
  readonly rejected: ReportRejects & { readonly list: SideFile };
  /** `more`: corrections that `list` does not hold; all are in the ledger. null: the run had none. */
  readonly corrections: (ReportCorrections & { readonly more: number }) | null;
  /** null: nothing was copied. */
  readonly contents: ProtocolContents | null;
  /** Comparison of source and target after the run; null: there was none. */
  readonly reconcile: ProtocolReconcile | null;
  readonly chain: ProtocolChain;
}

export interface Actor {
  /** Account of the operating system. */
  readonly user: string;
  readonly host: string;
}

export interface ProtocolRun extends Actor {
  readonly id: number;
  readonly command: string;
  readonly status: ReportModel['run']['status'];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly toolVersion: string;
  readonly scope: ReportModel['run']['scope'];
}

export interface ProtocolEntity {
  readonly entity: string;
  readonly read: number;
  readonly loaded: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly skips: Readonly<Record<string, number>>;
}

export interface ProtocolUnit {
  /** Symbol; null: without unit. */
  readonly unit: string | null;
  readonly name: string | null;
  readonly cases: number;
  readonly closed: number;
  /** Records in the new system when the protocol was made, by table of the store. */
  readonly records: Readonly<Record<string, number>>;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

export interface ProtocolFinding extends Omit<ReportCodeCount, 'samples'> {
  readonly kind: { readonly pl: string; readonly en: string };
  /** What the office decided about the code; null: nothing, so the paper leaves room for it. */
  readonly decision: ReportModel['decisions'][string] | null;
}

/** A list beside the protocol, too long for paper; the hash in the protocol makes it part of it. */
export interface SideFile {
  readonly name: string;
  /** Of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  /** Entries, without the heading. */
  readonly lines: number;
}

export interface ProtocolContents {
  readonly stored: number;
  readonly bytes: number;
  readonly failed: number;
  /** One line a content: id, SHA-256, size, kind, document, where it lies. */
  readonly manifest: SideFile;
}

export interface ProtocolReconcile {
  readonly id: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The newest run that had loaded what was compared. */
  readonly lastRun: number | null;
  readonly equal: boolean;
  readonly entities: readonly {
    readonly entity: string;
    readonly expected: number;
    readonly rows: number;
    readonly differences: number;
  }[];
}

export interface ProtocolChain {
  readonly records: number;
  readonly compared: number;
  /** Newest record: kept on paper, it shows later whether the end of the chain was cut off. */
  readonly head: ChainHead | null;
  /** Newest record of this run. */
  readonly ofRun: ChainHead;
  readonly rolledBack: readonly number[];
  /** Empty: history is untouched. */
  readonly problems: readonly ChainProblem[];
}

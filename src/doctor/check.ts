import type { DoctorText } from './doctor-texts.ts';

/** What a check looks at. */
export const AREAS = ['project', 'source', 'target', 'repository', 'machine'] as const;
export type Area = (typeof AREAS)[number];

/**
 * - `ok`: as it should be
 * - `warning`: works, but is unwise, slow or worth knowing
 * - `failed`: a run would not work, or would do harm
 * - `unknown`: could not be checked; the message says why
 */
export const STATUSES = ['ok', 'warning', 'failed', 'unknown'] as const;
export type CheckStatus = (typeof STATUSES)[number];

export type Params = Readonly<Record<string, string | number>>;

/** What a check found: one sentence, and what to do about it. */
export interface Verdict {
  readonly status: CheckStatus;
  readonly message: DoctorText;
  readonly params?: Params;
  readonly cure?: DoctorText;
}

/** One thing that is looked at. Never changes anything; what it tries out it takes back. */
export interface Check {
  /** Stable name for --json: `source.rights`. */
  readonly id: string;
  readonly area: Area;
  /** Part of the short examination that begins every night. */
  readonly short: boolean;
  /** Looks. Throws `NotChecked` when what it needs is not there; any other failure is the check's own. */
  look(): Promise<Verdict>;
}

export interface CheckResult extends Verdict {
  readonly id: string;
  readonly area: Area;
  readonly milliseconds: number;
}

/** A check cannot be made because something before it failed. */
export class NotChecked extends Error {
  readonly verdict: Verdict;

  constructor(message: DoctorText, params: Params = {}) {
    super(message);
    this.name = 'NotChecked';
    this.verdict = { status: 'unknown', message, params };
  }
}

export const ok = (message: DoctorText, params: Params = {}): Verdict => ({ status: 'ok', message, params });
export const unknown = (message: DoctorText, params: Params = {}, cure?: DoctorText): Verdict =>
  told('unknown', message, params, cure);
export const warning = (message: DoctorText, params: Params = {}, cure?: DoctorText): Verdict =>
  told('warning', message, params, cure);
export const failed = (message: DoctorText, params: Params = {}, cure?: DoctorText): Verdict =>
  told('failed', message, params, cure);

const told = (status: CheckStatus, message: DoctorText, params: Params, cure: DoctorText | undefined): Verdict => ({
  status,
  message,
  params,
  ...(cure === undefined ? {} : { cure }),
});

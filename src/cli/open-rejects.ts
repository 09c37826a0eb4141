import type { Config } from '../config/config.ts';
import { EzdError } from '../core/errors.ts';
import { fieldKind, maskFinding, maskValue } from '../core/mask.ts';
import { findingHint, findingText } from '../i18n/finding-text.ts';
import type { Ledger, StoredReject } from '../ledger/ledger.ts';
import { ROLLBACK } from '../rollback/may-roll-back.ts';
import { CODES, personalKindOf } from '../validate/catalogue.ts';
import type { Cli } from './cli.ts';
import { openProjectLedger } from './compose.ts';

/** The ledger and the run that a `rejects` command is about. */
export interface OpenRejects {
  readonly ledger: Ledger;
  readonly run: number;
  /** No run was asked for: rejects of earlier runs that still stand belong to it. */
  readonly standing: boolean;
}

/** Opens the ledger for the given run, or the newest; throws USAGE when there is none. */
export async function withRejects<T>(
  cli: Cli,
  config: Config,
  wanted: number | undefined,
  work: (rejects: OpenRejects) => Promise<T>,
): Promise<T> {
  const { texts } = cli;
  const store = await openProjectLedger(config);
  try {
    const ledger = store?.ledger ?? null;
    if (ledger === null) throw nothingYet(cli);
    const run = wanted ?? (await newestLoad(ledger, config.office));
    if (run === undefined) throw nothingYet(cli);
    if ((await ledger.getRun(config.office, run)) === null) {
      const hint = texts.text('usage.help', { command: 'status ' });
      throw new EzdError('USAGE', texts.text('status.noRun', { run }), { hint });
    }
    return await work({ ledger, run, standing: wanted === undefined });
  } finally {
    await store?.close();
  }
}

/** Number of the newest run that read records and stands; copies of contents and rollbacks reject nothing. */
async function newestLoad(ledger: Ledger, office: string): Promise<number | undefined> {
  const runs = await ledger.listRuns(office, 50);
  const stands = runs.find(
    ({ command, status, entities }) => command !== ROLLBACK && status !== 'rolled-back' && entities.length > 0,
  );
  return (stands ?? runs[0])?.id;
}

const nothingYet = ({ texts }: Cli): EzdError =>
  new EzdError('USAGE', texts.text('status.none'), { hint: texts.text('status.noneHint') });

/** A reason as it is shown: sentence and cure in the language of the call. */
export interface ShownReason {
  readonly code: string;
  readonly severity: string;
  readonly field?: string;
  readonly value?: string;
  readonly message: string;
  readonly hint: string;
}

export interface ShownReject {
  readonly id: number;
  readonly run: number;
  readonly entity: string;
  readonly key: string | null;
  readonly source: Readonly<Record<string, unknown>>;
  readonly reasons: readonly ShownReason[];
}

/** A reject for people: personal data masked unless `personal`. */
export function shownReject(reject: StoredReject, cli: Cli, personal: boolean): ShownReject {
  const { language } = cli.texts;
  const { id, run, entity, key } = reject;
  const reasons = reject.reasons.map((reason): ShownReason => {
    const finding = personal ? reason : maskFinding(reason, personalKindOf);
    return {
      code: finding.code,
      severity: finding.severity,
      ...(finding.field === undefined ? {} : { field: finding.field }),
      ...(finding.value === undefined ? {} : { value: finding.value }),
      message: findingText(finding, CODES, language),
      hint: findingHint(finding.code, CODES, language),
    };
  });
  return { id, run, entity, key, source: personal ? reject.source : maskRow(reject.source), reasons };
}

/** Keys and numbers stay; texts are masked by what their column may hold. */
function maskRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' && !/^-?\d{1,9}$/.test(value) ? maskValue(fieldKind(column), value) : value,
    ]),
  );
}

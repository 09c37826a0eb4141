import { hostname, userInfo } from 'node:os';
import type { Config } from '../config/config.ts';
import type { SourceCatalogue } from '../core/catalogue.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import { EzdError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Plan } from '../core/plan.ts';
import type { CorrectionCount, FindingCount, Ledger, RunOptions, RunState } from '../ledger/ledger.ts';
import { type RunPorts, type RunRequest, type RunSummary, runPlan } from '../pipeline/run-plan.ts';
import type { Source } from '../sources/source.ts';
import type { Cli } from './cli.ts';
import {
  checksOf,
  compileProject,
  openProjectStages,
  openProjectStore,
  openSource,
  projectStoreIsThere,
  targetCatalogue,
} from './compose.ts';
import { openKnown, refusePackagesFirst } from './open-known.ts';
import type { Store } from './open-store.ts';
import { correctionsOf } from './project-corrections.ts';
import { resolveUnits } from './resolve-units.ts';

export interface RunChoice {
  readonly command: string;
  readonly version: string;
  readonly entities: readonly string[] | null;
  readonly limit: number | null;
  /** A dry run: the project whose store it stands for. */
  readonly dryRunOf?: Config;
  /** What is done instead of a run: a sync. */
  readonly act?: (request: RunRequest, ports: RunPorts, store: Store) => Promise<RunSummary>;
}

/** What became of a run, as far as it got. */
export interface RunOutcome {
  /** null: it did not even begin. */
  readonly run: RunState | null;
  readonly summary: RunSummary | null;
  readonly findings: readonly FindingCount[];
  /** Records that are kept out, by this run or by an earlier one that still counts. */
  readonly standingRejects: number;
  /** What became of the office's corrections; empty when there are none. */
  readonly corrections: readonly CorrectionCount[];
  /** Why it stopped; null: it finished. */
  readonly failure: unknown;
}

/** Opens source and store, compiles the plan, runs it, and tells what the ledger says afterwards, also when the run failed. */
export async function runProject(
  cli: Cli,
  config: Config,
  choice: RunChoice,
  emit: Emit,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const port = openKnown(config.office, choice.dryRunOf ?? null);
  const { source } = openSource(config, emit, {}, port.known);
  const catalogue = await source.catalogue();
  if (!(await projectStoreIsThere(config))) await refuseEarly(cli, config, choice, { source, catalogue, signal });
  const store = await openProjectStore(config);
  try {
    port.useStore(store);
    await refusePackagesFirst(cli, config, store);
    const { plan, warnings } = compileProject(config, catalogue, await targetCatalogue(config, store));
    if (warnings.length > 0)
      cli.note(cli.noteStyle.yellow(cli.texts.text('run.mappingWarnings', { count: warnings.length })));
    requireEntities(cli, plan, choice.entities);
    tellIgnoredParents(cli, plan, choice.entities);
    const corrections = correctionsOf(config, plan);
    const stages = openProjectStages(config, plan, catalogue);
    let started: number | null = null;
    try {
      const unitPorts = { source, stages, texts: cli.texts, signal };
      const units = config.units === null ? [] : await resolveUnits(plan, config.units, unitPorts);
      const request = {
        plan,
        command: choice.command,
        options: optionsOf(config, choice),
        batchRows: config.batchRows,
        batchBytes: config.batchBytes,
        jobs: config.jobs,
        checks: checksOf(config),
        ...(corrections.corrections.length === 0 ? {} : { corrections }),
        toolVersion: choice.version,
        host: hostname(),
        user: userInfo().username,
        now: cli.io.now(),
      };
      const noting: Emit = (event) => {
        if (event.kind === 'run-started') started = event.run;
        emit(event);
      };
      const { target, ledger } = store;
      const ports = { source, target, ledger, stages, resolveUnits: async () => units, emit: noting, signal };
      const summary = await (choice.act ?? runPlan)(request, ports, store);
      return { run: summary.run, summary, ...(await countsOf(ledger, summary.run.id)), failure: null };
    } catch (failure) {
      return await outcomeOf(failure, started, config, store);
    } finally {
      await stages.close();
    }
  } finally {
    await port.close();
    await store.close();
    await source.close();
  }
}

/** Wrong mappings, entities and units are refused before the first table is made in an empty target. */
async function refuseEarly(
  cli: Cli,
  config: Config,
  { entities }: RunChoice,
  { source, catalogue, signal }: { source: Source; catalogue: SourceCatalogue; signal: AbortSignal },
): Promise<void> {
  const { plan } = compileProject(config, catalogue, await targetCatalogue(config, null));
  requireEntities(cli, plan, entities);
  correctionsOf(config, plan);
  if (config.units === null) return;
  const stages = openProjectStages(config, plan, catalogue);
  try {
    await resolveUnits(plan, config.units, { source, stages, texts: cli.texts, signal });
  } finally {
    await stages.close();
  }
}

const countsOf = async (
  ledger: Ledger,
  run: number,
): Promise<Pick<RunOutcome, 'findings' | 'corrections' | 'standingRejects'>> => ({
  findings: await ledger.countFindings(run),
  corrections: await ledger.countCorrections(run),
  standingRejects: await ledger.countStandingRejects(run),
});

/** What the ledger remembers of a run that stopped; when it cannot be asked any more, only the failure. */
async function outcomeOf(
  failure: unknown,
  run: number | null,
  { office }: Config,
  { ledger }: Awaited<ReturnType<typeof openProjectStore>>,
): Promise<RunOutcome> {
  const nothing = { run: null, summary: null, findings: [], corrections: [], standingRejects: 0, failure };
  if (run === null) return nothing;
  try {
    return { ...nothing, run: await ledger.getRun(office, run), ...(await countsOf(ledger, run)) };
  } catch {
    return nothing;
  }
}

const optionsOf = ({ units, source }: Config, { entities, limit }: RunChoice): RunOptions => ({
  entities,
  units,
  limit,
  source: source.kind,
});

/** Every entity named exists; throws USAGE. */
export function requireEntities({ texts }: Cli, plan: Plan, wanted: readonly string[] | null): void {
  const names = plan.entities.map(({ name }) => name);
  for (const entity of wanted ?? []) {
    if (names.includes(entity)) continue;
    const near = didYouMean(entity, names);
    const meant = near === null ? '' : `${texts.text('usage.didYouMean', { word: near })} `;
    const allowed = texts.text('usage.allowed', { allowed: names.join(', ') });
    throw new EzdError('USAGE', texts.text('run.unknownEntity', { entity }), { hint: `${meant}${allowed}` });
  }
}

/** Parents that are left out must be loaded already, which is said. */
function tellIgnoredParents({ texts, note }: Cli, plan: Plan, wanted: readonly string[] | null): void {
  if (wanted === null) return;
  const chosen = plan.entities.filter(({ name }) => wanted.includes(name));
  const left = new Set(chosen.flatMap(({ parents }) => parents).filter((parent) => !wanted.includes(parent)));
  if (left.size > 0) note(texts.text('run.ignoredParents', { entities: [...left].join(', ') }));
}

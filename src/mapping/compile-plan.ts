import type { SourceCatalogue, TargetCatalogue } from '../core/catalogue.ts';
import { EzdError, type Problem } from '../core/errors.ts';
import type { EntityPlan, LookupPlan, Plan } from '../core/plan.ts';
import type { RuleSignatures, TransformSignatures } from '../core/signatures.ts';
import type { Language } from '../core/text.ts';
import { type Bundle, loadBundle } from './bundle/load-bundle.ts';
import { checkCoverage } from './check/check-coverage.ts';
import { checkTarget } from './check/check-target.ts';
import { compileEntity, type DraftEntity } from './compile/compile-entity.ts';
import { leftOutEntities } from './compile/left-out.ts';
import { orderEntities } from './compile/order-entities.ts';
import type { Surroundings } from './compile/scope.ts';
import { deepFreeze, hashOf } from './hash-plan.ts';
import { createReport, type Report } from './report.ts';

export interface CompileOptions {
  /** Folder of mappings; as given here it stands before the file names in messages. */
  readonly bundleDir: string;
  readonly office: string;
  /** IANA zone of legacy local times. */
  readonly timezone: string;
  readonly transforms: TransformSignatures;
  readonly rules: RuleSignatures;
  /** null: no source at hand; its tables and columns are then not checked. */
  readonly source: SourceCatalogue | null;
  readonly target: TargetCatalogue;
  /** Schema of the target that the plan writes to; default `ezd`. A dry run names its scratch schema. */
  readonly schema?: string;
  /** Schema that mappings may write before a table's name (`ezd.sprawa`); default `ezd`. */
  readonly mappingSchema?: string;
  /** Of messages; default `en`. */
  readonly language?: Language;
}

export interface CompiledPlan {
  readonly plan: Plan;
  readonly warnings: readonly Problem[];
}

/**
 * Compiles a folder of mappings into the plan: read and merge the files, compile each entity against the catalogues, check the whole, order it, hash it, freeze it.
 * @throws EzdError MAPPING with all problems at once when there is at least one error.
 */
export function compilePlan(options: CompileOptions): CompiledPlan {
  const report = createReport(options.language ?? 'en');
  const bundle = loadBundle(options.bundleDir, report);
  const around = surroundings(options, bundle, report);
  const drafts = [...bundle.entities.values()].flatMap((source) => compileEntity(around, source) ?? []);
  checkTarget(around, drafts);
  const ordered = order(drafts, bundle, report);
  const lookups = usedLookups(around, report);
  checkCoverage(around, drafts, bundle.notMapped);
  failOnErrors(options.bundleDir, report);
  const notMapped = bundle.notMapped.map(({ entry }) => entry);
  const plan = seal(options, ordered, lookups, notMapped);
  return { plan, warnings: report.problems };
}

function surroundings(options: CompileOptions, bundle: Bundle, report: Report): Surroundings {
  const { transforms, rules, source, target, schema = 'ezd', mappingSchema = 'ezd' } = options;
  const { entities, lookups, broken } = bundle;
  const leftOut = leftOutEntities(entities, source, report);
  const found = { entities, lookups, broken, leftOut, usedLookups: new Set<string>() };
  return { report, transforms, rules, source, target, schema, mappingSchema, ...found };
}

/** The look-ups that a field uses; the others are warned about and stay out of the plan. */
function usedLookups(around: Surroundings, report: Report): Readonly<Record<string, LookupPlan>> {
  const used: Record<string, LookupPlan> = {};
  for (const [name, lookup] of around.lookups) {
    const at = { file: lookup.shown, line: 1, column: 1 };
    if (around.usedLookups.has(name)) used[name] = lookup.plan;
    else if (!report.failed()) report.warning('lookupUnused', { lookup: name }, at);
    const assumed = used[name]?.assumed ?? [];
    if (assumed.length > 0)
      report.warning('lookupAssumed', { lookup: name, codes: assumed.join(', ') }, at, [
        report.text('lookupAssumedHint'),
      ]);
  }
  return used;
}

function order(drafts: readonly DraftEntity[], bundle: Bundle, report: Report): readonly DraftEntity[] {
  const result = orderEntities(drafts);
  if (result.kind === 'ordered') return result.entities;
  const places = result.chain.slice(0, -1).map((name, index) => ({ name, parent: result.chain[index + 1]! }));
  const fields = places.flatMap(({ name, parent }) =>
    refsTo(drafts, name, parent).map((column) => `${name}.${column}`),
  );
  const first = places[0]!;
  const column = refsTo(drafts, first.name, first.parent)[0] ?? '';
  report.error(
    'cycle',
    { chain: result.chain.join(' → ') },
    bundle.entities.get(first.name)?.document.at(['fields', column], 'key'),
    [report.text('cycleHint', { places: fields.join(', ') })],
  );
  return drafts;
}

const refsTo = (drafts: readonly DraftEntity[], name: string, parent: string): readonly string[] =>
  drafts
    .find((draft) => draft.name === name)!
    .fields.flatMap((field) => (field.kind !== 'value' && field.entity === parent ? [field.column] : []));

function failOnErrors(dir: string, report: Report): void {
  const errors = report.problems.filter(({ severity }) => severity !== 'warning');
  if (errors.length === 0) return;
  const message = report.text('failed', { dir, errors: errors.length });
  throw new EzdError('MAPPING', message, { subject: dir, problems: report.problems });
}

function seal(
  { office, timezone }: CompileOptions,
  drafts: readonly DraftEntity[],
  lookups: Readonly<Record<string, LookupPlan>>,
  notMapped: Plan['notMapped'],
): Plan {
  const entities = drafts.map((draft): EntityPlan => {
    const own = draft.fields.flatMap((field) =>
      field.kind === 'value' && field.lookup !== null ? [lookups[field.lookup.lookup]] : [],
    );
    return { ...draft, hash: hashOf({ office, timezone, draft, lookups: own }) };
  });
  const whole = { office, timezone, entities, lookups, notMapped };
  return deepFreeze({ ...whole, hash: hashOf(whole) });
}

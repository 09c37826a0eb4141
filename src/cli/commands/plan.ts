import type { Config } from '../../config/config.ts';
import type { SourceCatalogue } from '../../core/catalogue.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { Plan } from '../../core/plan.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { compileProject, type OpenedSource, openProjectLedger, openSource, targetCatalogue } from '../compose.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { renderTable } from '../table.ts';

interface PlanOptions {
  readonly count?: boolean;
}

interface PlannedEntity {
  readonly entity: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number | null;
  /** False: estimated. */
  readonly exact: boolean;
  readonly batches: number | null;
  readonly parents: readonly string[];
}

/** Shows what a run would do: entities in order, rows, batches. */
export const plan = defineCommand<PlanOptions>({
  name: 'plan',
  summary: 'plan.summary',
  examples: ['ezd-migrate plan', 'ezd-migrate plan --count', 'ezd-migrate plan --json > plan.json'],
  define(command, texts) {
    command.option('--count', texts.text('plan.count'));
  },
  async run(cli, _args, { count = false }) {
    const { config } = cli.loadConfig();
    const opened = openSource(config);
    const catalogue = await opened.source.catalogue();
    const store = await openProjectLedger(config);
    try {
      const compiled = compileProject(config, catalogue, await targetCatalogue(config, store));
      const entities = await withInterrupt(cli, (signal) =>
        planEntities(compiled.plan, config, catalogue, count ? opened : null, signal),
      );
      show(cli, compiled.plan, config, entities);
      cli.result({ office: config.office, planHash: compiled.plan.hash, batchRows: config.batchRows, entities });
      return EXIT_CODES.done;
    } finally {
      await store?.close();
      await opened.source.close();
    }
  },
});

async function planEntities(
  { entities }: Plan,
  { batchRows }: Config,
  catalogue: SourceCatalogue,
  counting: OpenedSource | null,
  signal: AbortSignal,
): Promise<readonly PlannedEntity[]> {
  const known = new Map(catalogue.tables.map(({ name, rows }) => [name.toLowerCase(), rows]));
  const planned: PlannedEntity[] = [];
  for (const { name, from, to, parents } of entities) {
    const table = from.table.toLowerCase();
    if (counting?.countRows && known.get(table)?.exact !== true) {
      known.set(table, { count: await counting.countRows(from.table, signal), exact: true });
    }
    const rows = known.get(table) ?? null;
    planned.push({
      entity: name,
      from: from.table,
      to: `${to.schema}.${to.table}`,
      rows: rows?.count ?? null,
      exact: rows?.exact ?? false,
      batches: rows === null ? null : Math.ceil(rows.count / batchRows),
      parents,
    });
  }
  return planned;
}

function show(cli: Cli, plan: Plan, config: Config, entities: readonly PlannedEntity[]): void {
  const { texts, style } = cli;
  const number = (value: number | null): string => (value === null ? '?' : texts.number(value));
  const params = { office: config.office, entities: entities.length, batchRows: texts.number(config.batchRows) };
  cli.line(style.bold(texts.text('plan.title', { ...params, hash: plan.hash.slice(0, 12) })));
  const columns = [
    { title: texts.text('plan.order'), align: 'right' as const },
    { title: texts.text('column.entity') },
    { title: texts.text('plan.from') },
    { title: texts.text('plan.to') },
    { title: texts.text('plan.rows'), align: 'right' as const },
    { title: texts.text('plan.batches'), align: 'right' as const },
    { title: texts.text('plan.after') },
  ];
  const rows = entities.map(({ entity, from, to, rows, exact, batches, parents }, index) => {
    const about = rows !== null && !exact ? '~' : '';
    return [String(index + 1), entity, from, to, about + number(rows), about + number(batches), parents.join(', ')];
  });
  cli.line(renderTable(columns, rows));
  cli.line();
  const all = entities.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  const about = entities.every(({ exact }) => exact) ? '' : '~';
  cli.line(texts.text('plan.sum', { rows: about + texts.number(all) }));
  const tables = plan.notMapped.filter(({ column }) => column === undefined).length;
  cli.line(texts.text('plan.notMapped', { tables, columns: plan.notMapped.length - tables }));
}

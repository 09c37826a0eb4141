import type { CliText } from '../../i18n/cli-texts.ts';
import type { ReconciledDifference, ReconciledEntity, StoredReconcile } from '../../ledger/reconcile-record.ts';
import type { Cli } from '../cli.ts';
import { renderTable, type TableColumn } from '../table.ts';

/** Lines of each list that the terminal shows. */
const SHOWN = 40;

/** What a comparison came to, for people. */
export function showReconcile(cli: Cli, record: StoredReconcile): void {
  const { texts } = cli;
  cli.line(cli.style.bold(texts.text('reconcile.compared', { id: record.id })));
  showEntities(cli, record.entities);
  showSets(cli, record);
  showDifferences(cli, record.differences);
  for (const { entity, unexamined } of record.entities) {
    if (unexamined.ranges === 0) continue;
    const numbers = { ranges: texts.number(unexamined.ranges), rows: texts.number(unexamined.rows) };
    cli.line(cli.style.yellow(texts.text('reconcile.unexamined', { entity, ...numbers })));
  }
  cli.line();
  showLeft(cli, record.entities);
  showContents(cli, record);
  showVerdict(cli, record);
}

/** Records that a sync left as they are, by the name of the reason. */
function showLeft(cli: Cli, entities: readonly ReconciledEntity[]): void {
  const { texts } = cli;
  const codes = [...new Set(entities.flatMap(({ left = {} }) => Object.keys(left)))].sort();
  if (codes.length === 0) return;
  const numbers = codes.map((code) => sum(entities, ({ left = {} }) => left[code] ?? 0));
  const reasons = codes.map((code, i) => `${code} ${texts.number(numbers[i]!)}`).join(', ');
  const count = texts.number(numbers.reduce((all, number) => all + number, 0));
  cli.line(texts.text('reconcile.left', { count, reasons }));
}

const accounted = ({ rejected, skipped }: ReconciledEntity): number =>
  rejected + Object.values(skipped).reduce((sum, number) => sum + number, 0);

const differencesOf = ({ missing, extra, value, moved, content }: ReconciledEntity): number =>
  missing + extra + value + moved + content;

const sum = (entities: readonly ReconciledEntity[], of: (entity: ReconciledEntity) => number): number =>
  entities.reduce((total, entity) => total + of(entity), 0);

function showEntities(cli: Cli, entities: readonly ReconciledEntity[]): void {
  const { texts } = cli;
  const shown = entities.filter(
    (each) => cli.options.verbose || each.read > 0 || each.rows > 0 || differencesOf(each) > 0,
  );
  const partial = entities.some(({ notLoaded }) => notLoaded > 0);
  const numbers: readonly (readonly [CliText, (entity: ReconciledEntity) => number])[] = [
    ['reconcile.column.read', ({ read }) => read],
    ['reconcile.column.accounted', accounted],
    ...(partial ? ([['reconcile.column.notLoaded', ({ notLoaded }: ReconciledEntity) => notLoaded]] as const) : []),
    ['reconcile.column.expected', ({ expected }) => expected],
    ['reconcile.column.rows', ({ rows }) => rows],
    ['reconcile.column.differences', differencesOf],
  ];
  const columns: TableColumn[] = [
    { title: texts.text('column.entity') },
    ...numbers.map(([key]): TableColumn => ({ title: texts.text(key), align: 'right' })),
  ];
  const rows = shown.map((each) => [each.entity, ...numbers.map(([, of]) => texts.number(of(each)))]);
  if (rows.length > 0) cli.line(renderTable(columns, rows));
}

function showSets(cli: Cli, { sets }: StoredReconcile): void {
  const { texts } = cli;
  const different = sets.filter(({ equal }) => !equal);
  if (different.length === 0) return;
  const titles: readonly CliText[] = ['column.entity', 'reconcile.column.unit', 'reconcile.column.year'];
  const columns: TableColumn[] = [
    ...titles.map((key) => ({ title: texts.text(key) })),
    { title: texts.text('reconcile.column.expected'), align: 'right' },
    { title: texts.text('reconcile.column.rows'), align: 'right' },
  ];
  const rows = different
    .slice(0, SHOWN)
    .map(({ entity, unit, symbol, year, source, target }) => [
      entity,
      symbol ?? unit ?? '–',
      year === null ? '–' : String(year),
      texts.number(source),
      texts.number(target),
    ]);
  cli.line();
  cli.line(cli.style.bold(texts.text('reconcile.sets')));
  cli.line(renderTable(columns, rows));
  more(cli, different.length - rows.length);
}

function showDifferences(cli: Cli, differences: readonly ReconciledDifference[]): void {
  const { texts } = cli;
  if (differences.length === 0) return;
  const titles: readonly CliText[] = [
    'column.entity',
    'reconcile.column.key',
    'reconcile.column.kind',
    'reconcile.column.cause',
    'reconcile.column.fields',
  ];
  const rows = differences.slice(0, SHOWN).map((difference) => {
    const { entity, key, id, kind, cause, run, fields, codes } = difference;
    const from = cause === 'unknown' || run !== null || cause === 'rejected' ? cause : 'unknown';
    return [
      entity,
      key ?? id ?? '–',
      texts.text(`reconcile.kind.${kind}` as CliText),
      texts.text(`reconcile.cause.${from}` as CliText, { run: run ?? '–', codes: codes.join(', ') }),
      fields.map(({ field, source, target }) => `${field}: ${source ?? '∅'} → ${target ?? '∅'}`).join('; '),
    ];
  });
  cli.line();
  cli.line(cli.style.bold(texts.text('reconcile.records')));
  cli.line(
    renderTable(
      titles.map((key) => ({ title: texts.text(key) })),
      rows,
    ),
  );
  more(cli, differences.length - rows.length);
}

function more(cli: Cli, count: number): void {
  if (count > 0) cli.line(cli.texts.text('reconcile.more', { count: cli.texts.number(count) }));
}

function showContents(cli: Cli, { contents }: StoredReconcile): void {
  if (contents === null) return;
  const shown = Object.fromEntries(Object.entries(contents).map(([name, value]) => [name, cli.texts.number(value)]));
  cli.line(cli.texts.text('reconcile.contentsDone', shown));
}

function showVerdict(
  cli: Cli,
  { entities, differences, equal, options, startedAt, finishedAt }: StoredReconcile,
): void {
  const { texts, style } = cli;
  const time = texts.duration(finishedAt.getTime() - startedAt.getTime());
  const notLoaded = sum(entities, (each) => each.notLoaded);
  if (options.sample !== null)
    cli.line(texts.text('reconcile.sampled', { turn: options.sample.turn + 1, of: options.sample.of }));
  if (notLoaded > 0) cli.line(texts.text('reconcile.notLoaded', { count: texts.number(notLoaded) }));
  if (!equal && differences.length === 0) {
    cli.line(style.yellow(texts.text('reconcile.incomplete', { time })));
    return;
  }
  if (!equal) {
    cli.line(style.red(texts.text('reconcile.different', { count: texts.number(differences.length), time })));
    return;
  }
  const numbers = {
    read: sum(entities, ({ read }) => read),
    expected: sum(entities, ({ expected }) => expected),
    accounted: sum(entities, accounted),
  };
  const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, texts.number(value)]));
  cli.line(style.green(texts.text('reconcile.equal', { ...shown, time })));
}

import type { Config } from '../../config/config.ts';
import { CORRECTION_OUTCOMES, type Correction, type CorrectionOutcome } from '../../core/correction.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import { fieldKind, maskValue } from '../../core/mask.ts';
import { keyText } from '../../core/record.ts';
import type { UsedCorrection } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, oneOf, wholeNumber } from '../command.ts';
import { compileProject, openProjectLedger, openSource, targetCatalogue } from '../compose.ts';
import { withRejects } from '../open-rejects.ts';
import { correctionsOf } from '../project-corrections.ts';
import { validationConfig } from '../scratch-store.ts';
import { renderTable } from '../table.ts';

interface ListOptions {
  readonly run?: number;
  readonly validation?: boolean;
  readonly entity?: string;
  readonly outcome?: CorrectionOutcome;
  readonly limit: number;
  readonly withPersonalData?: boolean;
}

/** A correction as it is listed. From files: without outcome, and with what a bulk correction says instead of one value. */
type Listed = Omit<UsedCorrection, 'outcome'> & { readonly outcome: CorrectionOutcome | null };

/** Lists the corrections in the files, or what became of them in a run. */
export const correctionsList = defineCommand<ListOptions>({
  name: 'list',
  summary: 'corrections.list',
  examples: [
    'ezd-migrate corrections list',
    'ezd-migrate corrections list --run 12 --outcome stale',
    'ezd-migrate corrections list --validation --entity adresat --json',
  ],
  define(command, texts) {
    command
      .option('--run <number>', texts.text('option.run'), wholeNumber('--run', texts))
      .option('--validation', texts.text('option.validation'))
      .option('-e, --entity <name>', texts.text('rejects.entity'))
      .option('--outcome <outcome>', texts.text('corrections.outcome'), oneOf('--outcome', CORRECTION_OUTCOMES, texts))
      .option('--limit <rows>', texts.text('rejects.limit'), wholeNumber('--limit', texts), 50)
      .option('--with-personal-data', texts.text('option.personal'));
  },
  async run(cli, _args, options) {
    const { config } = cli.loadConfig();
    const inRun = options.run !== undefined || options.validation === true || options.outcome !== undefined;
    return inRun ? listRun(cli, config, options) : listFiles(cli, config, options);
  },
});

async function listFiles(cli: Cli, config: Config, { entity, limit, withPersonalData }: ListOptions): Promise<number> {
  const { source } = openSource(config);
  const store = await openProjectLedger(config);
  try {
    const { plan } = compileProject(config, await source.catalogue(), await targetCatalogue(config, store));
    const all = correctionsOf(config, plan).corrections.filter((each) => (entity ?? each.entity) === each.entity);
    const shown = all.slice(0, limit).map(listed);
    if (shown.length === 0) cli.line(cli.texts.text('corrections.none', { folder: config.corrections }));
    return tell(cli, shown, all.length > limit, withPersonalData ?? false, { run: null });
  } finally {
    await store?.close();
    await source.close();
  }
}

function listRun(cli: Cli, config: Config, options: ListOptions): Promise<number> {
  const { run: wanted, validation, entity, outcome, limit, withPersonalData } = options;
  const place = validation === true ? validationConfig(config) : config;
  return withRejects(cli, place, wanted, async ({ ledger, run }) => {
    const filter = { ...(entity === undefined ? {} : { entity }), ...(outcome === undefined ? {} : { outcome }) };
    const shown: Listed[] = [];
    let more = false;
    // A ledger of an earlier version has no table of corrections, nor runs that had any.
    const had = ((await ledger.getRun(config.office, run))?.correctionsHash ?? null) !== null;
    for await (const used of had ? ledger.corrections(run, filter) : []) {
      more = shown.length === limit;
      if (more) break;
      shown.push(used);
    }
    if (shown.length === 0) cli.line(cli.texts.text('corrections.noneInRun', { run }));
    const counts = had ? await ledger.countCorrections(run) : [];
    return tell(cli, shown, more, withPersonalData ?? false, { run, counts });
  });
}

function listed(correction: Correction): Listed {
  const { kind, entity, reason, author, date, file, line } = correction;
  const common = { kind, entity, reason, author, date, file, line, outcome: null };
  switch (correction.kind) {
    case 'record':
      return {
        ...common,
        key: keyText(correction.key),
        field: correction.column,
        old: correction.old,
        new: correction.new,
      };
    case 'lookup':
      return { ...common, key: '*', field: correction.column, old: null, new: null };
    case 'rule':
      return { ...common, key: '*', field: Object.keys(correction.set).join(', '), old: null, new: null };
  }
}

function tell(cli: Cli, shown: readonly Listed[], more: boolean, personal: boolean, head: object): number {
  const masked = personal ? shown : shown.map(maskListed);
  if (masked.length > 0) {
    const { texts } = cli;
    const titles = [
      ...(['column.entity', 'column.key', 'column.field'] as const),
      ...(['corrections.old', 'corrections.new', 'corrections.outcomeOf', 'corrections.reason'] as const),
      ...(['corrections.author', 'corrections.date', 'corrections.place'] as const),
    ].map((key) => ({ title: texts.text(key) }));
    cli.line(renderTable(titles, masked.map(rowOf)));
    if (more) cli.line(texts.text('rejects.more'));
    if (!personal) cli.note(texts.text('rejects.masked'));
  }
  cli.result({ ...head, corrections: masked, more });
  return EXIT_CODES.done;
}

const maskListed = (correction: Listed): Listed => {
  const kind = fieldKind(correction.field);
  const mask = (value: string | null): string | null => (value === null ? null : maskValue(kind, value));
  return { ...correction, old: mask(correction.old), new: mask(correction.new) };
};

const rowOf = ({
  entity,
  key,
  field,
  old,
  new: wanted,
  outcome,
  reason,
  author,
  date,
  file,
  line,
}: Listed): string[] => [
  entity,
  key,
  field,
  old ?? '',
  wanted ?? '',
  outcome ?? '–',
  reason,
  author,
  date ?? '',
  `${file}:${line}`,
];

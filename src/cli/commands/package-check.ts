import { resolve } from 'node:path';
import { EXIT_CODES } from '../../core/errors.ts';
import { maskValue } from '../../core/mask.ts';
import { findingText } from '../../i18n/finding-text.ts';
import { CODES } from '../../validate/catalogue.ts';
import type { CheckedPackage, PackageFinding } from '../check-packages.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { renderTable } from '../table.ts';

interface CheckFlags {
  readonly personal?: boolean;
}

/** Findings that are shown one by one; all are in --json. */
const SHOWN = 100;

/** Checks packages against layout, schemas and each other's references; needs no project. */
export const packageCheck = defineCommand<CheckFlags>({
  name: 'check <file...>',
  summary: 'package.check.summary',
  examples: [
    'ezd-migrate package check Sprawy_PUW_UG_20240101_100000.tar',
    'ezd-migrate package check paczki/a.zip --json',
    'ezd-migrate package check spis-zdawczo-odbiorczy.xml',
  ],
  define(command, texts) {
    command.option('--personal', texts.text('option.personal'));
  },
  async run(cli, args, { personal = false }) {
    // libxml2 takes a moment to start, which no other command should pay for.
    const { checkPackages } = await import('../check-packages.ts');
    const paths = args.flat().map((path) => resolve(cli.io.cwd, path));
    const findings: PackageFinding[] = [];
    const checked = await withInterrupt(cli, (signal) =>
      checkPackages(paths, (finding) => findings.push(finding), signal),
    );
    const shown = findings.map((finding) =>
      finding.value === undefined || personal ? finding : { ...finding, value: maskValue('text', finding.value) },
    );
    const invalid = new Set(findings.filter(({ severity }) => severity === 'error').map((finding) => finding.package));
    for (const each of checked) tellPackage(cli, each, shown, !invalid.has(each.package));
    cli.result({
      packages: checked.map((each) => ({ ...each, valid: !invalid.has(each.package) })),
      findings: shown.map((finding) => ({ ...finding, message: findingText(finding, CODES, cli.texts.language) })),
    });
    return invalid.size > 0 ? EXIT_CODES.findings : EXIT_CODES.done;
  },
});

function tellPackage(cli: Cli, of: CheckedPackage, findings: readonly PackageFinding[], valid: boolean): void {
  const { style, texts } = cli;
  const mine = findings.filter((finding) => finding.package === of.package);
  const params = { package: of.package, cases: texts.number(of.cases), documents: texts.number(of.documents) };
  const alone = of.schema === undefined ? null : { package: of.package, schema: of.schema };
  const line =
    alone === null
      ? texts.text(valid ? 'package.valid' : 'package.invalid', params)
      : texts.text(valid ? 'package.xmlValid' : 'package.xmlInvalid', alone);
  cli.line(valid ? style.green(line) : style.red(line));
  if (mine.length === 0) return;
  const titles = (['column.severity', 'column.code', 'column.value', 'column.message'] as const).map((key) => ({
    title: texts.text(key),
  }));
  const rows = mine
    .slice(0, SHOWN)
    .map((finding) => [
      texts.text(`severity.${finding.severity}`),
      finding.code,
      finding.value ?? '',
      findingText(finding, CODES, texts.language),
    ]);
  cli.line(renderTable(titles, rows));
  if (mine.length > SHOWN) cli.line(texts.text('package.more', { count: texts.number(mine.length - SHOWN) }));
}

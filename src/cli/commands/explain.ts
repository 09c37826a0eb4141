import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { didYouMean } from '../../core/did-you-mean.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { RulePolicy } from '../../core/policy.ts';
import { CODES } from '../../validate/catalogue.ts';
import { type CodeExplanation, explainCode, similarCodes } from '../../validate/explain.ts';
import type { RuleExample } from '../../validate/rule.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { policyOf } from '../compose.ts';

/** Explains one code: what it means, how to cure it, examples. Works without a project too. */
export const explain = defineCommand<object>({
  name: 'explain <code>',
  summary: 'explain.summary',
  examples: ['ezd-migrate explain SIGN_YEAR_MISMATCH', 'ezd-migrate --lang pl explain PESEL_CHECKSUM'],
  define() {},
  run(cli, [code = '']) {
    const explanation = explainCode(code, officeDecisions(cli) ?? undefined);
    if (explanation === null) throw unknownCode(cli, code);
    show(cli, explanation);
    const { entry, decision, wrong, right, sql } = explanation;
    cli.result({ ...entry, decision, rules: explanation.rules.map(({ name }) => name), wrong, right, sql });
    return Promise.resolve(EXIT_CODES.done);
  },
});

/** What the project says about codes; null where there is no project file. */
export function officeDecisions(cli: Cli): RulePolicy | null {
  const { config } = cli.options;
  if (config === undefined && !existsSync(resolve(cli.io.cwd, 'ezd-migrate.yaml'))) return null;
  return policyOf(cli.loadConfig().config);
}

function unknownCode({ texts }: Cli, code: string): EzdError {
  const meant = didYouMean(code, [...CODES.keys()]);
  const near = similarCodes(code);
  const hints = [
    ...(meant === null ? [] : [texts.text('usage.didYouMean', { word: meant })]),
    near.length === 0 ? texts.text('explain.list') : texts.text('usage.allowed', { allowed: near.join(', ') }),
  ];
  return new EzdError('USAGE', texts.text('explain.unknown', { code }), { hint: hints.join(' ') });
}

function show(cli: Cli, { entry, decision, rules, wrong, right, sql }: CodeExplanation): void {
  const { texts, style } = cli;
  const { language } = texts;
  cli.line(
    `${style.bold(entry.code)}  ${texts.text(`severity.${decision?.severity ?? entry.severity}`)}, ${texts.text(`effect.${decision?.effect ?? entry.effect}`)}`,
  );
  cli.line(entry.message[language].replace(/\{(\w+)\}/g, '<$1>'));
  cli.line(`${texts.text('explain.cure')} ${entry.hint[language]}`);
  if (decision?.off !== undefined) cli.line(texts.text('rules.off', { reason: decision.off }));
  if (rules.length > 0)
    cli.line(`${texts.text('explain.rules')} ${rules.map(({ name, doc }) => `${name} – ${doc[language]}`).join('; ')}`);
  showExamples(cli, texts.text('explain.wrong'), wrong);
  showExamples(cli, texts.text('explain.right'), right);
  if (sql !== null) cli.line(`\n${texts.text('explain.sql')}\n${sql}`);
}

function showExamples(cli: Cli, title: string, examples: readonly RuleExample[]): void {
  if (examples.length === 0) return;
  cli.line(`\n${title}`);
  for (const { record } of examples)
    cli.line(
      `  ${Object.entries(record)
        .map(([column, value]) => `${column}: ${value === null ? 'NULL' : String(value)}`)
        .join(', ')}`,
    );
}

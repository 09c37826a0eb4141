import { EXIT_CODES } from '../../core/errors.ts';
import { listCodes, makePolicy } from '../../validate/explain.ts';
import { defineCommand, oneOf } from '../command.ts';
import { renderTable } from '../table.ts';
import { officeDecisions } from './explain.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;

interface RulesOptions {
  readonly severity?: (typeof SEVERITIES)[number];
}

/** Lists every code with severity and effect, as the office decided. */
export const rules = defineCommand<RulesOptions>({
  name: 'rules',
  summary: 'rules.summary',
  examples: ['ezd-migrate rules', 'ezd-migrate rules --severity error', 'ezd-migrate rules --json'],
  define(command, texts) {
    command.option(
      '--severity <error|warning|info>',
      texts.text('rules.severity'),
      oneOf('--severity', SEVERITIES, texts),
    );
  },
  run(cli, _args, { severity }) {
    const { texts } = cli;
    const policy = officeDecisions(cli) ?? makePolicy(false, {});
    const listed = listCodes(policy)
      .map(({ entry, decision }) => ({
        ...entry,
        severity: decision?.severity ?? entry.severity,
        effect: decision?.effect ?? entry.effect,
        decision,
      }))
      .filter((entry) => severity === undefined || entry.severity === severity);
    const rows = listed.map((entry) => [
      entry.code,
      texts.text(`severity.${entry.severity}`),
      entry.decision?.off === undefined
        ? texts.text(`effect.${entry.effect}`)
        : texts.text('rules.off', { reason: entry.decision.off }),
      entry.message[texts.language].replace(/\{\w+\}/g, '…'),
    ]);
    cli.line(
      renderTable(
        [
          { title: texts.text('column.code') },
          { title: texts.text('column.severity') },
          { title: texts.text('rules.effect') },
          { title: texts.text('column.message') },
        ],
        rows,
      ),
    );
    cli.result({
      codes: listed.map(({ code, severity: told, effect, message, hint, decision }) => ({
        code,
        severity: told,
        effect,
        message,
        hint,
        decision,
      })),
    });
    return Promise.resolve(EXIT_CODES.done);
  },
});

import type { Command } from 'commander';
import { EzdError } from '../core/errors.ts';
import type { CliText } from '../i18n/cli-texts.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Cli } from './cli.ts';

/** One command: what `--help` shows and what it does. */
export interface CliCommand {
  /** With its arguments as commander writes them: `show <entity> <key>`. */
  readonly name: string;
  readonly summary: CliText;
  /** Command lines, as they are typed; work in cmd, PowerShell and sh. */
  readonly examples: readonly string[];
  /** Adds options and arguments. */
  define(command: Command, texts: Translator): void;
  /** Does it; returns the exit code. Throws EzdError. */
  run?(cli: Cli, args: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number>;
  /** Name under which the command keeps a log (docs/operations.md); absent: it keeps none. */
  readonly logged?: string;
  readonly children?: readonly CliCommand[];
}

/** A command whose options have a type; commander gives what `define` asks for. */
export function defineCommand<Options>(
  command: Omit<CliCommand, 'run'> & {
    run(cli: Cli, args: readonly string[], options: Options): Promise<number>;
  },
): CliCommand {
  return { ...command, run: (cli, args, options) => command.run(cli, args, options as Options) };
}

/** Reads a whole number above 0. */
export const wholeNumber =
  (option: string, texts: Translator) =>
  (word: string): number => {
    if (/^[1-9]\d{0,14}$/.test(word)) return Number(word);
    throw new EzdError('USAGE', texts.text('usage.badValue', { option, word }), { hint: texts.text('usage.number') });
  };

/** Reads one of a few words. */
export const oneOf =
  <Word extends string>(option: string, allowed: readonly Word[], texts: Translator) =>
  (word: string): Word => {
    const found = allowed.find((each) => each === word);
    if (found !== undefined) return found;
    throw new EzdError('USAGE', texts.text('usage.badValue', { option, word }), {
      hint: texts.text('usage.allowed', { allowed: allowed.join(', ') }),
    });
  };

/** Reads `10` or `10%`: above 0, at most 100. */
export const percentage =
  (option: string, texts: Translator) =>
  (word: string): number => {
    const value = /^\d{1,3}(?:[.,]\d{1,3})?%?$/.test(word) ? Number.parseFloat(word.replace(',', '.')) : Number.NaN;
    if (value > 0 && value <= 100) return value;
    throw new EzdError('USAGE', texts.text('usage.badValue', { option, word }), {
      hint: texts.text('contents.samplePercent'),
    });
  };

/** Collects words over commas and repetitions: `--unit WO,WGK --unit WF`. */
export const words = (word: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...word
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
];

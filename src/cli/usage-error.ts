import type { Command, CommanderError } from 'commander';
import { didYouMean } from '../core/did-you-mean.ts';
import { EzdError } from '../core/errors.ts';
import type { Translator } from '../i18n/translator.ts';

/** What commander refused, in our words: which word, what was meant, where the help is. */
export function usageError(
  refusal: CommanderError,
  program: Command,
  argv: readonly string[],
  texts: Translator,
): EzdError {
  const word = /'([^']*)'/.exec(refusal.message)?.[1] ?? '';
  const command = commandOf(program, argv);
  const path = pathOf(command);
  const help = texts.text('usage.help', { command: path === '' ? '' : `${path} ` });
  const refuse = (message: string, near: string | null = null): EzdError => {
    const meant = near === null ? [] : [texts.text('usage.didYouMean', { word: near })];
    return new EzdError('USAGE', message, { hint: [...meant, help].join(' ') });
  };
  switch (refusal.code) {
    case 'commander.unknownCommand':
      return refuse(
        texts.text('usage.unknownCommand', { word }),
        didYouMean(
          word,
          command.commands.map((each) => each.name()),
        ),
      );
    case 'commander.unknownOption':
      return refuse(texts.text('usage.unknownOption', { word }), didYouMean(word, optionsOf(command)));
    case 'commander.missingArgument':
    case 'commander.missingMandatoryOptionValue':
      return refuse(texts.text('usage.missingArgument', { word }));
    case 'commander.optionMissingArgument':
      return refuse(texts.text('usage.missingValue', { word }));
    case 'commander.excessArguments':
      return refuse(texts.text('usage.tooMany'));
    default:
      return refuse(refusal.message.replace(/^error: /, ''));
  }
}

/** The command that the words name, as far as they name one. */
function commandOf(program: Command, argv: readonly string[]): Command {
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((each) => each.name() === word);
    if (next !== undefined) command = next;
  }
  return command;
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim();
}

function optionsOf(command: Command): readonly string[] {
  const own = command.options.map((option) => option.long ?? option.short ?? '');
  return command.parent === null ? own : [...own, ...optionsOf(command.parent)];
}

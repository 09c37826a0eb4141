import { Command, Option } from 'commander';
import { ENVIRONMENT_VARIABLES } from '../config/environment.ts';
import { LANGUAGES } from '../core/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { GlobalOptions } from './cli.ts';
import { type CliCommand, oneOf } from './command.ts';
import { EXIT_CODE_TEXTS } from './exit-code.ts';
import type { CliIo } from './io.ts';

/** Called when a command was recognised. */
export type Dispatch = (
  command: CliCommand,
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  globals: GlobalOptions,
) => Promise<void>;

/** The commander program over the given commands, in one language. Never ends the process and writes only to `io`. */
export function createProgram(
  commands: readonly CliCommand[],
  { io, texts, version, dispatch }: { io: CliIo; texts: Translator; version: string; dispatch: Dispatch },
): Command {
  const program = new Command('ezd-migrate')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => translateTitle(title, texts),
      optionDescription: (option) => describeOption(option, texts),
    })
    .helpOption('-h, --help', texts.text('help.help'))
    .helpCommand(false)
    .version(version, '-V, --version', texts.text('help.version'))
    .description(`${texts.text('program.summary')}\n${texts.text('program.start')}`)
    .showSuggestionAfterError(false);
  addGlobalOptions(program, texts);
  for (const command of commands) addCommand(program, command, texts, dispatch);
  program.addHelpText('after', () => `\n${exitCodes(texts)}\n\n${environment(texts)}`);
  return program;
}

function addGlobalOptions(program: Command, texts: Translator): void {
  program
    .addOption(new Option('-c, --config <file>', texts.text('option.config')))
    .addOption(new Option('--json', texts.text('option.json')).default(false))
    .addOption(new Option('--lang <pl|en>', texts.text('option.lang')).argParser(oneOf('--lang', LANGUAGES, texts)))
    .addOption(new Option('--no-color', texts.text('option.noColor')))
    .addOption(new Option('-v, --verbose', texts.text('option.verbose')).default(false));
}

function addCommand(parent: Command, spec: CliCommand, texts: Translator, dispatch: Dispatch): void {
  const command = parent.command(spec.name).description(texts.text(spec.summary));
  command.helpOption('-h, --help', texts.text('help.help')).helpCommand(false);
  spec.define(command, texts);
  for (const child of spec.children ?? []) addCommand(command, child, texts, dispatch);
  const examples = spec.examples.map((example) => `  ${example}`).join('\n');
  command.addHelpText('after', `\n${texts.text('help.examples')}\n${examples}`);
  if (spec.run === undefined) return;
  command.action(async () => {
    await dispatch(spec, command.args, command.opts(), command.optsWithGlobals<GlobalOptions>());
  });
}

/** Its text with the default in the language of the help; that a switch is off needs no word. */
function describeOption({ description, defaultValue }: Option, texts: Translator): string {
  if (defaultValue === undefined || typeof defaultValue === 'boolean') return description;
  return `${description} ${texts.text('help.default', { value: String(defaultValue) })}`;
}

function translateTitle(title: string, texts: Translator): string {
  switch (title) {
    case 'Usage:':
      return texts.text('help.usage');
    case 'Options:':
      return texts.text('help.options');
    case 'Global Options:':
      return texts.text('help.globalOptions');
    case 'Commands:':
      return texts.text('help.commands');
    case 'Arguments:':
      return texts.text('help.arguments');
    default:
      return title;
  }
}

function exitCodes(texts: Translator): string {
  const rows = Object.entries(EXIT_CODE_TEXTS).map(([code, text]) => `  ${code.padStart(3)}  ${text[texts.language]}`);
  return [texts.text('help.exitCodes'), ...rows].join('\n');
}

function environment(texts: Translator): string {
  const rows = Object.entries(ENVIRONMENT_VARIABLES).map(([name, what]) => `  ${name.padEnd(20)} ${what}`);
  return [texts.text('help.environment'), ...rows].join('\n');
}

import { CommanderError } from 'commander';
import { EXIT_CODES } from '../core/errors.ts';
import { createTranslator } from '../i18n/translator.ts';
import { type Cli, createCli } from './cli.ts';
import { COMMANDS } from './commands/index.ts';
import { guessLanguage } from './guess-language.ts';
import type { CliIo } from './io.ts';
import { createProgram } from './program.ts';
import { programVersion } from './program-version.ts';
import { failureObject, reportFailure } from './report-failure.ts';
import { usageError } from './usage-error.ts';

/** Runs one command line (without `node` and the script); returns the exit code and never throws. */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const language = guessLanguage(argv, io);
  const texts = createTranslator(language);
  const plain = { json: argv.includes('--json'), color: !argv.includes('--no-color'), verbose: argv.includes('-v') };
  let cli: Cli = createCli(io, plain, language);
  let exitCode: number = EXIT_CODES.done;
  const began = io.now();
  const program = createProgram(COMMANDS, {
    io,
    texts,
    version: programVersion(),
    async dispatch(command, args, options, globals) {
      cli = createCli(io, globals, language, command.logged ?? null);
      exitCode = (await command.run?.(cli, args, options)) ?? EXIT_CODES.done;
      cli.log.end(exitCode, io.now() - began);
    },
  });
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT_CODES.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (failure) {
    if (failure instanceof CommanderError && isHelp(failure)) {
      return failure.code === 'commander.help' ? EXIT_CODES.usage : EXIT_CODES.done;
    }
    const told = failure instanceof CommanderError ? usageError(failure, program, argv, texts) : failure;
    cli.result({ error: failureObject(told) });
    exitCode = reportFailure(told, cli);
    cli.log.end(exitCode, io.now() - began);
    return exitCode;
  } finally {
    cli.log.close();
  }
}

const isHelp = ({ code }: CommanderError): boolean =>
  code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version';

import type { ConfigFlags } from '../config/config.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { redactText, secretsOf } from '../config/redact.ts';
import { formatProblem } from '../core/format-problem.ts';
import type { Language } from '../core/text.ts';
import { createTranslator, type Translator } from '../i18n/translator.ts';
import { type CommandLog, createCommandLog, NO_COMMAND_LOG } from './command-log.ts';
import type { CliIo } from './io.ts';
import { createStyle, type Style, wantsColor } from './style.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly json: boolean;
  readonly lang?: Language;
  readonly color: boolean;
  readonly verbose: boolean;
}

/** What a command works with: streams, texts, the project file. One a call of the program. */
export interface Cli {
  readonly io: CliIo;
  readonly texts: Translator;
  readonly options: GlobalOptions;
  /** Of standard output and of standard error. */
  readonly style: Style;
  readonly noteStyle: Style;
  /** A line for people on standard output; nothing with --json. */
  line(text?: string): void;
  /** A line on standard error. */
  note(text: string): void;
  /** The one object of --json; nothing without. */
  result(value: unknown): void;
  /** The log of the command; nothing where it keeps none. */
  readonly log: CommandLog;
  /** Reads the project file and shows its warnings. */
  loadConfig(flags?: ConfigFlags): LoadedConfig;
}

/** `logged`: name of the command when it keeps a log. */
export function createCli(io: CliIo, options: GlobalOptions, language: Language, logged: string | null = null): Cli {
  let secrets: readonly string[] = [];
  const texts = createTranslator(language);
  const noteStyle = createStyle(wantsColor(io, io.stderr, options.color));
  const note = (text: string): void => void io.stderr.write(`${redactText(text, secrets)}\n`);
  const log =
    logged === null
      ? NO_COMMAND_LOG
      : createCommandLog(
          logged,
          () => io.now(),
          (reason) => note(noteStyle.yellow(texts.text('logs.none', { reason }))),
        );
  return {
    io,
    texts,
    options,
    log,
    style: createStyle(wantsColor(io, io.stdout, options.color)),
    noteStyle,
    line(text = '') {
      if (!options.json) io.stdout.write(`${redactText(text, secrets)}\n`);
    },
    note,
    result(value) {
      if (options.json) io.stdout.write(`${redactText(JSON.stringify(value, null, 2), secrets)}\n`);
    },
    loadConfig(flags = {}) {
      const { config, lang } = options;
      const loaded = loadConfig({
        cwd: io.cwd,
        environment: io.environment,
        flags: {
          ...flags,
          ...(config === undefined ? {} : { config }),
          ...(lang === undefined ? {} : { language: lang }),
        },
      });
      secrets = secretsOf(loaded.config);
      log.begin(loaded.config, secrets);
      for (const warning of loaded.warnings) note(noteStyle.yellow(formatProblem(warning, language)));
      return loaded;
    },
  };
}

import type { Installation } from '../../schedule/installation.ts';
import type { Cli } from '../cli.ts';

/** Shows files and commands as they are, so that nothing is written unseen. */
export function showInstallation(
  { line, style }: Cli,
  files: Installation['files'],
  commands: readonly (readonly string[])[],
): void {
  for (const { file, text } of files) {
    line(style.bold(file));
    line(text.replaceAll('\r\n', '\n').trimEnd().replace(/^/gm, '  '));
    line();
  }
  for (const command of commands) line(`$ ${command.join(' ')}`);
  if (commands.length > 0) line();
}

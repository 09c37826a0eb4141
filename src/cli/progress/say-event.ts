import type { RunEvent } from '../../core/events.ts';
import { CLI_TEXTS, type CliText } from '../../i18n/cli-texts.ts';
import { findingText } from '../../i18n/finding-text.ts';
import { CODES } from '../../validate/catalogue.ts';
import type { Cli } from '../cli.ts';

/** What of a run is worth a line of its own; null: nothing. */
export function sayEvent(event: RunEvent, { texts, noteStyle, options }: Cli): string | null {
  switch (event.kind) {
    case 'run-started': {
      const key = event.resumed ? 'run.resumed' : 'run.started';
      return noteStyle.bold(texts.text(key, { run: event.run, entities: event.entities.length }));
    }
    case 'entity-finished': {
      const { entity, counts, milliseconds } = event;
      if (counts.read === 0 && !options.verbose) return null;
      const params = { entity, read: texts.number(counts.read), rejected: texts.number(counts.rejected) };
      return texts.text('progress.done', { ...params, time: texts.duration(milliseconds) });
    }
    case 'retry': {
      const time = texts.duration(event.waitMilliseconds);
      const { what, reason, attempt } = event;
      return noteStyle.yellow(texts.text('progress.retry', { what, reason, attempt: attempt + 1, time }));
    }
    case 'note': {
      const key = `note.${event.code}`;
      if (isText(key)) return texts.text(key, event.params);
      const { code, params } = event;
      if (!CODES.has(code)) return texts.text('note.other', { code });
      // Said of a file of the source (a package) rather than of a record.
      return noteStyle.yellow(
        `${params['file'] ?? ''}: ${findingText({ code, params }, CODES, texts.language)} [${code}]`,
      );
    }
    default:
      return null;
  }
}

const isText = (key: string): key is CliText => Object.hasOwn(CLI_TEXTS, key);

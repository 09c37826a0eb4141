import type { Command } from 'commander';
import { EzdError } from '../../core/errors.ts';
import type { Translator } from '../../i18n/translator.ts';
import { parseTimeOfDay } from '../../night/window.ts';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../schedule/schedule.ts';
import { oneOf } from '../command.ts';

/** What `schedule install`, `show` and `remove` have in common. */
export interface ScheduleOptions {
  readonly kind?: ScheduleKind;
  readonly name?: string;
  /** Units of the user's own systemd. */
  readonly user?: boolean;
  /** Folder that files are written to instead of being installed. */
  readonly into?: string;
}

export function defineScheduleOptions(command: Command, texts: Translator): void {
  command
    .option('--kind <kind>', texts.text('schedule.kind'), oneOf('--kind', SCHEDULE_KINDS, texts))
    .option('--name <name>', texts.text('schedule.name'), nameOf(texts))
    .option('--user', texts.text('schedule.user'))
    .option('--into <folder>', texts.text('schedule.into'));
}

const nameOf =
  (texts: Translator) =>
  (word: string): string => {
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(word)) return word;
    throw new EzdError('USAGE', texts.text('usage.badValue', { option: '--name', word }), {
      hint: texts.text('schedule.nameHint'),
    });
  };

/** Reads a time of day. */
export const timeOfDay =
  (option: string, texts: Translator) =>
  (word: string): number => {
    const time = parseTimeOfDay(word);
    if (time !== null) return time;
    throw new EzdError('USAGE', texts.text('usage.badValue', { option, word }), { hint: texts.text('night.timeHint') });
  };

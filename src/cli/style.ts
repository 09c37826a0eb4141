import type { CliIo, CliStream } from './io.ts';

/** Colours for the terminal; the same functions do nothing where colours are off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const paint =
  (on: boolean, open: number, close: number) =>
  (text: string): string =>
    on ? `\u001B[${open}m${text}\u001B[${close}m` : text;

export function createStyle(on: boolean): Style {
  return {
    bold: paint(on, 1, 22),
    dim: paint(on, 2, 22),
    red: paint(on, 31, 39),
    green: paint(on, 32, 39),
    yellow: paint(on, 33, 39),
  };
}

/** NO_COLOR and --no-color beat FORCE_COLOR beats the terminal. */
export function wantsColor(io: CliIo, stream: CliStream, flag: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.environment;
  if (!flag || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}

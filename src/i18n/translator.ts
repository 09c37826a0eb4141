import { fill, type Language } from '../core/text.ts';
import { CLI_TEXTS, type CliText } from './cli-texts.ts';

export type Params = Readonly<Record<string, string | number>>;

/** Texts, numbers and times in one language. */
export interface Translator {
  readonly language: Language;
  text(key: CliText, params?: Params): string;
  /** `1 234 567` / `1,234,567`. */
  number(value: number): string;
  /** `3 min 12 s`. */
  duration(milliseconds: number): string;
  /** `12,3 MB`. */
  bytes(value: number): string;
  /** Local date and time to the second, ISO order. */
  moment(value: Date): string;
}

const LOCALES = { pl: 'pl-PL', en: 'en-GB' } as const;

export function createTranslator(language: Language): Translator {
  const locale = LOCALES[language];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping: true });
  const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    language,
    text: (key, params = {}) => fill(CLI_TEXTS[key][language], params),
    number: (value) => whole.format(value),
    duration: (milliseconds) => duration(milliseconds, (seconds) => tenth.format(seconds)),
    bytes(value) {
      const [unit, size] = value < 1e6 ? ['kB', 1e3] : value < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
      return `${tenth.format(value / Number(size))} ${unit}`;
    },
    moment(value) {
      const pad = (part: number): string => String(part).padStart(2, '0');
      const day = `${value.getFullYear()}-${pad(value.getMonth() + 1)}-${pad(value.getDate())}`;
      return `${day} ${pad(value.getHours())}:${pad(value.getMinutes())}:${pad(value.getSeconds())}`;
    },
  };
}

function duration(milliseconds: number, tenths: (seconds: number) => string): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${tenths(seconds)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

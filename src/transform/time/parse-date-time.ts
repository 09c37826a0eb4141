import { daysFromCivil, daysInMonth } from './civil.ts';

/**
 * A date and time as read from text; one reused object, because a million rows carry several each.
 * `hasTime` false: only a date stood there. `offset`: seconds from UTC when the text says so, else NaN. `repaired`: the text was `dd.mm.yyyy`.
 */
export interface DateTimeParts {
  year: number;
  month: number;
  day: number;
  /** Seconds of the day, 0 … 86,399. */
  seconds: number;
  /** 0 … 999,999; further digits (datetime2(7)) are cut, the target holds microseconds. */
  micros: number;
  hasTime: boolean;
  offset: number;
  repaired: boolean;
}

export const newDateTimeParts = (): DateTimeParts => ({
  year: 0,
  month: 0,
  day: 0,
  seconds: 0,
  micros: 0,
  hasTime: false,
  offset: Number.NaN,
  repaired: false,
});

const ZERO = 48;

/** Two digits at `at`, or a negative number. */
const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

const readDate = (text: string, out: DateTimeParts): boolean => {
  const first = text.charCodeAt(4);
  if (first === 45 /* - */ && text.charCodeAt(7) === 45) {
    const century = two(text, 0);
    const rest = two(text, 2);
    out.year = century < 0 || rest < 0 ? -1 : century * 100 + rest;
    out.month = two(text, 5);
    out.day = two(text, 8);
    out.repaired = false;
  } else if (text.charCodeAt(2) === 46 /* . */ && text.charCodeAt(5) === 46) {
    const century = two(text, 6);
    const rest = two(text, 8);
    out.year = century < 0 || rest < 0 ? -1 : century * 100 + rest;
    out.month = two(text, 3);
    out.day = two(text, 0);
    out.repaired = true;
  } else {
    return false;
  }
  return out.year >= 1 && out.day >= 1 && out.day <= 28
    ? out.month >= 1 && out.month <= 12
    : out.year >= 1 && out.day >= 1 && out.day <= daysInMonth(out.year, out.month);
};

/** Reads `.123456` from `at`; returns the position after it, or -1. */
const readFraction = (text: string, at: number, out: DateTimeParts): number => {
  let position = at + 1;
  let micros = 0;
  let scale = 100_000;
  while (position < text.length) {
    const digit = text.charCodeAt(position) - ZERO;
    if (digit < 0 || digit > 9) break;
    micros += digit * scale;
    scale = scale >= 10 ? scale / 10 : 0;
    position++;
  }
  out.micros = micros;
  return position === at + 1 ? -1 : position;
};

/** Reads `HH:MM[:SS[.fraction]]` from 11; returns the position after it, or -1. */
const readTime = (text: string, out: DateTimeParts): number => {
  const hour = two(text, 11);
  const minute = two(text, 14);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text.charCodeAt(13) !== 58 /* : */) return -1;
  out.seconds = hour * 3600 + minute * 60;
  if (text.charCodeAt(16) !== 58) return 16;
  const second = two(text, 17);
  if (second < 0 || second > 59) return -1;
  out.seconds += second;
  const separator = text.charCodeAt(19);
  return separator === 46 || separator === 44 ? readFraction(text, 19, out) : 19;
};

/** Reads `Z`, `+02:00`, ` -0130` up to the end of the text. */
const readOffset = (text: string, at: number, out: DateTimeParts): boolean => {
  let position = at;
  if (text.charCodeAt(position) === 32) position++;
  const sign = text.charCodeAt(position);
  if (sign === 90 /* Z */ || sign === 122) {
    out.offset = 0;
    return position + 1 === text.length;
  }
  if (sign !== 43 && sign !== 45) return false;
  const hours = two(text, position + 1);
  const minutesAt = text.charCodeAt(position + 3) === 58 ? position + 4 : position + 3;
  const minutes = two(text, minutesAt);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || minutesAt + 2 !== text.length) return false;
  out.offset = (sign === 45 ? -1 : 1) * (hours * 3600 + minutes * 60);
  return true;
};

/**
 * Reads `YYYY-MM-DD` or `dd.mm.yyyy`, optionally with a time after a space or `T` and an offset after that. No spaces around. False when it is anything else
 * or no date of the calendar; then `out` means nothing.
 */
export const parseDateTime = (text: string, out: DateTimeParts): boolean => {
  out.seconds = 0;
  out.micros = 0;
  out.offset = Number.NaN;
  out.hasTime = false;
  if (text.length < 10 || !readDate(text, out)) return false;
  if (text.length === 10) return true;
  const gap = text.charCodeAt(10);
  if (gap !== 32 && gap !== 84 /* T */) return false;
  out.hasTime = true;
  const end = readTime(text, out);
  return end === text.length || (end > 0 && readOffset(text, end, out));
};

export const daysOf = (parts: DateTimeParts): number => daysFromCivil(parts.year, parts.month, parts.day);

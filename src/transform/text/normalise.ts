import type { Report } from '../report.ts';
import { cleanText } from './clean-text.ts';
import { DIRTY, isOddSpace, isPlainText, SCAN, scanText } from './scan.ts';

/** What `trim`, `collapseSpaces`, `nfc`, `singleLine` ask for. They are done together in one pass, so their order in the mapping does not matter. */
export interface Normalising {
  readonly trim: boolean;
  /** NBSP and other odd spaces become spaces, runs of spaces one space. */
  readonly collapse: boolean;
  readonly nfc: boolean;
  /** Line breaks and tabs become one space. */
  readonly singleLine: boolean;
  /** `\r\n` and `\r` become `\n`. */
  readonly unixLines: boolean;
}

export const NO_NORMALISING: Normalising = {
  trim: false,
  collapse: false,
  nfc: false,
  singleLine: false,
  unixLines: false,
};

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || isOddSpace(code);

/** Without white space, NBSP and zero-width space at both ends; the same string when there is none. */
export const trimText = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
};

const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const ZERO_WIDTH = /[\u200b\ufeff]/g;

/** Bits of `scanText` after which something has to be done. */
const wantedBits = (wanted: Normalising): number =>
  DIRTY |
  (wanted.collapse ? SCAN.oddSpace | SCAN.spaceRun : 0) |
  (wanted.nfc ? SCAN.beyondLatin : 0) |
  (wanted.singleLine || wanted.unixLines ? SCAN.lineBreak : 0);

const applyAll = (text: string, wanted: Normalising): string => {
  let out = text;
  if (wanted.nfc) out = out.normalize('NFC');
  if (wanted.collapse) out = out.replace(ZERO_WIDTH, '').replace(ODD_SPACES, ' ');
  if (wanted.singleLine) out = out.replace(/[ \t]*[\t\n\r]+[ \t\n\r]*/g, ' ');
  else if (wanted.unixLines) out = out.replace(/\r\n?/g, '\n');
  if (wanted.collapse) out = out.replace(/ {2,}/g, ' ');
  return wanted.trim ? trimText(out) : out;
};

/**
 * Cleans and normalises text in one pass; a text that is already fine comes back as the same string after one scan. What only normalising changed is
 * TEXT_NORMALISED (info).
 */
export const normaliser = (wanted: Normalising, report: Report): ((text: string) => string) => {
  const bits = wantedBits(wanted);
  const { trim } = wanted;
  return (text) => {
    const flags = isPlainText(text) ? 0 : scanText(text);
    if ((flags & bits) === 0) {
      if (!trim || text.length === 0) return text;
      if (!isSpace(text.charCodeAt(0)) && !isSpace(text.charCodeAt(text.length - 1))) return text;
    }
    const clean = flags & DIRTY ? cleanText(text, flags, report) : text;
    const out = applyAll(clean, wanted);
    if (out !== clean) report('TEXT_NORMALISED', 'info', 'change');
    return out;
  };
};

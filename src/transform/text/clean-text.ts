import type { Report } from '../report.ts';
import { SCAN, UNFIT } from './scan.ts';

const removeControls = (text: string): string =>
  // Tab, line feed and carriage return stay.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');

const replaceInvalid = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '\ufffd');

/**
 * Takes out what no target can hold and says so: NUL and control characters are removed (CHAR_NUL, CHAR_CONTROL), lone surrogates and noncharacters become
 * U+FFFD (CHAR_INVALID). A U+FFFD that the source already had, and C1 controls (often Polish letters in a wrong code page), stay and are reported. `flags`: what `scanText` found.
 */
export const cleanText = (text: string, flags: number, report: Report): string => {
  if (flags & SCAN.nul) report('CHAR_NUL', 'warning', 'change');
  if (flags & SCAN.control) report('CHAR_CONTROL', 'warning', 'change');
  else if (flags & SCAN.c1) report('CHAR_CONTROL', 'warning', 'load');
  if (flags & SCAN.invalid) report('CHAR_INVALID', 'warning', 'change');
  else if (flags & SCAN.replaced) report('CHAR_INVALID', 'warning', 'load');
  if ((flags & UNFIT) === 0) return text;
  const printable = flags & (SCAN.nul | SCAN.control) ? removeControls(text) : text;
  return flags & SCAN.invalid ? replaceInvalid(printable) : printable;
};

import type { Language } from '../core/text.ts';
import { findingText } from '../i18n/finding-text.ts';
import type { FindingRow, ReportModel } from './report-model.ts';

/** What a finding says, one sentence, made of the texts in the report itself. */
export function rowMessage(
  { codes }: Pick<ReportModel, 'codes'>,
  { code, params }: Pick<FindingRow, 'code' | 'params'>,
  language: Language,
): string {
  return findingText({ code, params: params ?? {} }, { get: (name) => codes[name] }, language);
}

/** How to cure a finding; empty where nobody knows. */
export const rowHint = ({ codes }: Pick<ReportModel, 'codes'>, code: string, language: Language): string =>
  codes[code]?.hint[language] ?? '';

import { CSV_START, csvLine } from '../../core/csv-line.ts';
import type { Language } from '../../core/text.ts';
import { REPORT_TEXTS } from '../../i18n/texts/report-texts.ts';
import type { Comparison } from '../compare-runs.ts';
import { openReportFolder } from './report-folder.ts';

const COLUMNS = ['change', 'unit', 'sign', 'code', 'entity', 'key', 'field', 'count'] as const;

/** Writes what is new and what is gone, record by record, to `changes.csv` in the folder; returns its path below it. */
export async function writeChanges(
  comparison: Comparison,
  path: string,
  language: Language,
): Promise<readonly string[]> {
  const folder = await openReportFolder(path, { language, personal: false });
  const file = await folder.create('changes.csv');
  try {
    await file.write(CSV_START + csvLine(COLUMNS.map((column) => REPORT_TEXTS[`report.column.${column}`][language])));
    for await (const { change, unit, sign, code, entity, key, field, findings } of comparison.rows()) {
      const word = REPORT_TEXTS[`report.change.${change}`][language];
      await file.write(csvLine([word, unit ?? '', sign ?? '', code, entity, key ?? '', field ?? '', String(findings)]));
    }
    await file.close();
  } catch (error) {
    await file.drop();
    throw error;
  }
  return folder.written;
}

import { CSV_START, csvLine } from '../../core/csv-line.ts';
import { protectCell } from '../../core/sheet-cell.ts';
import type { Language } from '../../core/text.ts';
import { REPORT_TEXTS } from '../../i18n/texts/report-texts.ts';
import { TABLES_TEXTS } from '../../i18n/texts/tables-texts.ts';
import type { Report } from '../report.ts';
import type { FindingRow, ReportModel } from '../report-model.ts';
import { rowHint, rowMessage } from '../row-message.ts';
import type { ReportFile, ReportFolder } from './report-folder.ts';

/**
 * Columns of the lists. Those from `entity` to `date` are the sheet of corrections (docs/corrections.md): filled in and put into `corrections/`, the file is read as it
 * is; the others are left alone there.
 */
const COLUMNS = [
  'unit',
  'year',
  'sign',
  'severity',
  'code',
  'effect',
  'entity',
  'key',
  'field',
  'old',
  'new',
  'reason',
  'author',
  'date',
  'message',
  'hint',
] as const;

/**
 * Writes `findings.csv` and one list a unit, in one pass over the findings: they come sorted by unit, so two files are open at a time. For Excel in Polish:
 * `;`, UTF-8 with byte order mark, CRLF, no formulas.
 */
export async function writeFindingLists(report: Report, folder: ReportFolder): Promise<void> {
  const { model } = report;
  const names = new Map(model.files.units.map(({ unit, name }) => [unit, name]));
  const start = CSV_START + csvLine(COLUMNS.map((column) => REPORT_TEXTS[`report.column.${column}`][folder.language]));
  const open: ReportFile[] = [];
  const create = async (name: string): Promise<ReportFile> => {
    const file = await folder.create(name);
    open.push(file);
    await file.write(start);
    return file;
  };
  const close = async (): Promise<void> => await open.pop()?.close();
  try {
    const all = await create(model.files.findings);
    let [unit, own]: [FindingRow['unit'] | undefined, ReportFile | null] = [undefined, null];
    for await (const row of report.rows()) {
      if (own === null || row.unit !== unit) {
        if (own !== null) await close();
        unit = row.unit;
        own = await create(`units/${names.get(unit) ?? '_'}.csv`);
      }
      const line = csvLine(cellsOf(row, model, folder.language));
      await all.write(line);
      await own.write(line);
    }
    while (open.length > 0) await close();
  } catch (error) {
    for (const file of open) await file.drop();
    throw error;
  }
}

function cellsOf(row: FindingRow, model: ReportModel, language: Language): string[] {
  const { unit, year, sign, severity, code, effect, entity, key, field, value } = row;
  return [
    unit ?? '',
    year === null ? '' : String(year),
    sign ?? '',
    TABLES_TEXTS[`severity.${severity}`][language],
    code,
    TABLES_TEXTS[`effect.${effect}`][language],
    entity,
    protectCell(key ?? ''),
    field ?? '',
    protectCell(value ?? ''),
    '',
    '',
    '',
    '',
    rowMessage(model, row, language),
    rowHint(model, code, language),
  ];
}

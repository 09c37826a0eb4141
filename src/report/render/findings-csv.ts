import { CSV_START, csvLine } from '../../core/csv-line.ts';
import { protectCell } from '../../core/sheet-cell.ts';
import type { Language } from '../../core/text.ts';
import { REPORT_TEXTS } from '../../i18n/texts/report-texts.ts';
import { TABLES_TEXTS } from '../../i18n/texts/tables-texts.ts';
import { rowsByUnit } from '../findings/rows-by-unit.ts';
import type { Report } from '../report.ts';
import type { FindingFile, FindingRow, ReportModel } from '../report-model.ts';
import { rowHint, rowMessage } from '../row-message.ts';
import { type ReportFile, type ReportFolder, writeWhole } from './report-folder.ts';

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

/** Makes the page of a unit of the report that holds this unit's findings alone. */
export type PageOfUnit = (report: Report, file: FindingFile, language: Language) => Promise<string>;

/**
 * Writes `findings.csv`, and a list and a page of every unit, in one pass over the findings, which come sorted by unit: three files are open at a time. Lists are
 * for Excel in Polish: `;`, UTF-8 with byte order mark, CRLF, no formulas.
 */
export async function writeFindings(
  report: Report,
  folder: ReportFolder,
  pageOf: PageOfUnit | null = null,
): Promise<void> {
  const { model } = report;
  const { language } = folder;
  const all = await openList(folder, model.files.findings);
  try {
    for await (const { unit, rows } of rowsByUnit(report.rows())) {
      const file = model.files.units.find((each) => each.unit === unit);
      if (file === undefined) throw new Error(`unit ${unit} is not among the files of the report`);
      const own = await openList(folder, `units/${file.name}.csv`);
      try {
        const listed = listing(rows, model, language, [all, own])[Symbol.asyncIterator]();
        if (pageOf !== null) {
          // The page may stop early; the lists go on.
          const seen = { [Symbol.asyncIterator]: () => ({ next: () => listed.next() }) };
          const text = await pageOf({ model, rows: () => seen }, file, language);
          await writeWhole(folder, `units/${file.name}.html`, text);
        }
        while ((await listed.next()).done !== true);
        await own.close();
      } catch (error) {
        await own.drop();
        throw error;
      }
    }
    await all.close();
  } catch (error) {
    await all.drop();
    throw error;
  }
}

async function openList(folder: ReportFolder, name: string): Promise<ReportFile> {
  const file = await folder.create(name);
  const titles = COLUMNS.map((column) => REPORT_TEXTS[`report.column.${column}`][folder.language]);
  await file.write(CSV_START + csvLine(titles));
  return file;
}

/** The rows, each written to the lists on its way. */
async function* listing(
  rows: AsyncIterable<FindingRow>,
  model: ReportModel,
  language: Language,
  lists: readonly ReportFile[],
): AsyncIterable<FindingRow> {
  for await (const row of rows) {
    const line = csvLine(cellsOf(row, model, language));
    for (const list of lists) await list.write(line);
    yield row;
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

import type { Language } from '../../core/text.ts';
import { reportPage } from '../html/report-page.ts';
import { unitPage } from '../html/unit-page.ts';
import type { Report } from '../report.ts';
import { writeFindings } from './findings-csv.ts';
import { clearOldFiles, openReportFolder, type ReportFolder, writeWhole } from './report-folder.ts';

/** Every file of a report is written by one of these, in this order. Adding a renderer is a line here. */
const RENDERERS: readonly ((report: Report, folder: ReportFolder) => Promise<void>)[] = [
  (report, folder) => writeFindings(report, folder, unitPage),
  async (report, folder) => writeWhole(folder, 'report.html', await reportPage(report, folder.language)),
  // The model as it is; its shape is docs/report.schema.json.
  (report, folder) => writeWhole(folder, 'report.json', `${JSON.stringify(report.model, null, 2)}\n`),
];

/** What was written where. */
export interface WrittenReport {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Below the folder, with `/`. */
  readonly files: readonly string[];
}

/** Writes all files of a report into a folder; an earlier report of the same run there is replaced file by file. `report.json` comes last: where it is, the report is whole. */
export async function writeReport(report: Report, path: string, language: Language): Promise<WrittenReport> {
  const folder = await openReportFolder(path, { language, personal: report.model.personalData });
  for (const render of RENDERERS) await render(report, folder);
  await clearOldFiles(folder, 'units');
  return { folder: path, files: folder.written };
}

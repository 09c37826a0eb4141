import type { Language } from '../../core/text.ts';
import type { Report } from '../report.ts';
import { writeFindingLists } from './findings-csv.ts';
import { clearOldFiles, openReportFolder, type ReportFolder } from './report-folder.ts';
import { writePages } from './write-pages.ts';

/** Every file of a report is written by one of these, in this order. Adding a renderer is a line here. */
const RENDERERS: readonly ((report: Report, folder: ReportFolder) => Promise<void>)[] = [
  writeFindingLists,
  writePages,
  writeJson,
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

/** The model as it is; its shape is docs/report.schema.json. */
async function writeJson({ model }: Report, folder: ReportFolder): Promise<void> {
  const file = await folder.create('report.json');
  await file.write(`${JSON.stringify(model, null, 2)}\n`);
  await file.close();
}

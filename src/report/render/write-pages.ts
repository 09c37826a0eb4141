import { reportPage } from '../html/report-page.ts';
import { unitPage } from '../html/unit-page.ts';
import type { Report } from '../report.ts';
import type { ReportFolder } from './report-folder.ts';

/** Writes `report.html` and one page a unit. One page at a time is in memory, with at most `LISTED_FINDINGS` findings. */
export async function writePages(report: Report, folder: ReportFolder): Promise<void> {
  await writePage(folder, 'report.html', await reportPage(report, folder.language));
  for (const unit of report.model.files.units)
    await writePage(folder, `units/${unit.name}.html`, await unitPage(report, unit, folder.language));
}

async function writePage(folder: ReportFolder, name: string, text: string): Promise<void> {
  const file = await folder.create(name);
  await file.write(text);
  await file.close();
}

import { createHash } from 'node:crypto';
import { CSV_START, csvLine } from '../../core/csv-line.ts';
import type { ReportFile, ReportFolder } from '../render/report-folder.ts';
import type { SideFile } from './protocol-model.ts';

/** Writes a list as CSV line by line and hashes it on the way: flat memory whatever its length. */
export async function writeSideFile(
  folder: ReportFolder,
  name: string,
  heading: readonly string[],
  lines: AsyncIterable<readonly string[]>,
): Promise<SideFile> {
  const file: ReportFile = await folder.create(name);
  const hash = createHash('sha256');
  let [bytes, count] = [0, 0];
  const write = async (text: string): Promise<void> => {
    const data = Buffer.from(text, 'utf8');
    hash.update(data);
    bytes += data.length;
    await file.write(text);
  };
  try {
    await write(CSV_START + csvLine(heading));
    for await (const line of lines) {
      await write(csvLine(line));
      count += 1;
    }
  } catch (error) {
    await file.drop();
    throw error;
  }
  await file.close();
  return { name, sha256: hash.digest('hex'), bytes, lines: count };
}

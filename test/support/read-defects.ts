import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefectEntry } from '../../fixtures/office/dirt/defect-log.ts';

/** The entries of an office's `defects.json`. */
export function readDefects(folder: string): readonly DefectEntry[] {
  const parsed = JSON.parse(readFileSync(join(folder, 'defects.json'), 'utf8')) as { defects: DefectEntry[] };
  return parsed.defects;
}

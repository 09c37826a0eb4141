import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../config/package-folder.ts';
import { EzdError } from '../../core/errors.ts';
import type { Language } from '../../core/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { projectTemplate } from '../project-template.ts';

/** Says that a folder was made by the demo, so that the demo may make it anew. */
const MARK = '.ezd-demo';

/** Codes that the bundle assumes and the office's overlay confirms. */
export interface ConfirmedCodes {
  readonly codes: number;
  readonly tables: number;
}

/** Makes the project of the made-up office in a folder: its dump, its repository, a project file and an overlay of mappings. */
export function makeDemoProject(folder: string, language: Language, texts: Translator): ConfirmedCodes {
  const office = join(packageFolder(), 'fixtures', 'golden', 'office-300');
  if (!existsSync(office)) throw new EzdError('SOURCE_MISSING', texts.text('demo.noOffice', { folder: office }));
  clear(folder, texts);
  mkdirSync(join(folder, 'mappings', 'lookups'), { recursive: true });
  writeFileSync(join(folder, MARK), '');
  cpSync(join(office, 'tables'), join(folder, 'dump'), { recursive: true });
  cpSync(join(office, 'repository'), join(folder, 'repository'), { recursive: true });
  const project = projectTemplate(
    { office: 'UM-PRZYKLADOWO', source: 'csv', target: 'embedded', dump: 'dump' },
    language,
  );
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project.replace(/^mappings: ezd-puw$/m, 'mappings: mappings'));
  writeFileSync(join(folder, 'mappings', 'bundle.yaml'), 'name: um-przykladowo\nextends: ezd-puw\n');
  return confirmLookups(join(folder, 'mappings', 'lookups'));
}

/** The made-up office has compared the assumed codes with its database: the overlay says so, and nothing is said about them any more. */
function confirmLookups(into: string): ConfirmedCodes {
  const bundled = join(packageFolder(), 'mappings', 'ezd-puw', 'lookups');
  let [codes, tables] = [0, 0];
  for (const name of readdirSync(bundled)) {
    const text = readFileSync(join(bundled, name), 'utf8');
    const assumed = text.split(';zalozony').length - 1;
    if (assumed === 0) continue;
    writeFileSync(join(into, name), text.replaceAll(';zalozony', ';potwierdzony'));
    codes += assumed;
    tables += 1;
  }
  return { codes, tables };
}

/** An earlier demo is thrown away; anything else stays and is an error. */
function clear(folder: string, texts: Translator): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, MARK))) {
    throw new EzdError('USAGE', texts.text('demo.notEmpty', { folder }), { hint: texts.text('demo.notEmptyHint') });
  }
  rmSync(folder, { recursive: true });
}

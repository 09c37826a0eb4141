import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EzdError } from '../../core/errors.ts';
import { parseYaml } from '../../yaml/yaml-file.ts';
import type { Report } from '../report.ts';
import type { BundleFile, Layer } from './document.ts';

const BUNDLE = 'bundle.yaml';
const NOT_MAPPED = 'not-mapped.yaml';

/** The folder of the bundles that come with the program; found upwards from this module, so it works from the sources and from `dist/`. */
export function bundledMappings(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) || folder.endsWith('dist')) folder = dirname(folder);
  return join(folder, 'mappings');
}

/**
 * Reads a folder of mappings and those it extends, the lowest first.
 * @throws EzdError MAPPING when a folder is not there or has no mapping in it, or when bundles extend each other in a circle.
 */
export function readLayers(dir: string, report: Report): readonly Layer[] {
  const layers: Layer[] = [];
  const seen: string[] = [];
  let next: string | null = dir;
  while (next !== null) {
    const path: string = resolve(next);
    if (seen.includes(path))
      throw new EzdError('MAPPING', report.text('extendsCycle', { chain: [...seen, path].join(' → ') }), {
        subject: dir,
      });
    seen.push(path);
    const layer = readLayer(next, report);
    layers.unshift(layer);
    next = extended(layer);
  }
  return layers;
}

/** Reads the folder itself; the bundles it extends are read by `readLayers`. */
function readLayer(dir: string, report: Report): Layer {
  if (!existsSync(dir) || !statSync(dir).isDirectory())
    throw new EzdError('MAPPING', report.text('noFolder', { dir }), {
      subject: dir,
      hint: report.text('noFolderHint'),
    });
  const files = readdirSync(dir).sort();
  const yamls = files.filter((file) => /\.ya?ml$/i.test(file));
  const read = (file: string): BundleFile => ({
    file,
    name: join(dir, file),
    text: readFileSync(join(dir, file), 'utf8'),
  });
  const lookups = existsSync(join(dir, 'lookups')) ? readdirSync(join(dir, 'lookups')).sort() : [];
  return {
    dir,
    bundle: yamls.includes(BUNDLE) ? read(BUNDLE) : null,
    notMapped: yamls.includes(NOT_MAPPED) ? read(NOT_MAPPED) : null,
    entities: yamls.filter((file) => file !== BUNDLE && file !== NOT_MAPPED).map(read),
    lookups: lookups.filter((file) => file.toLowerCase().endsWith('.csv')).map((file) => read(`lookups/${file}`)),
  };
}

/** Folder of the bundle that a layer extends; its problems are reported when the bundle file is checked. */
function extended(layer: Layer): string | null {
  if (layer.bundle === null) return null;
  const { value } = parseYaml(layer.bundle.name, layer.bundle.text);
  const name = typeof value === 'object' && value !== null && 'extends' in value ? value.extends : null;
  if (typeof name !== 'string' || name === '') return null;
  const beside = resolve(layer.dir, name);
  if (/[/\\]/.test(name) || existsSync(beside)) return beside;
  return join(bundledMappings(), name);
}

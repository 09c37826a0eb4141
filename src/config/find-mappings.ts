import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { absolutePath } from './absolute-path.ts';
import { packageFolder } from './package-folder.ts';

/** Names of the bundles that come with the program. */
export function shippedBundles(): readonly string[] {
  const shipped = join(packageFolder(), 'mappings');
  return existsSync(shipped) ? readdirSync(shipped).filter((name) => !name.includes('.')) : [];
}

/** A folder of mappings: one of the office, from `folder` on, else a bundle of the program by that name; null when there is neither. */
export function findMappings(folder: string, mappings: string): string | null {
  const own = absolutePath(folder, mappings);
  if (existsSync(own)) return own;
  const name = basename(mappings.replaceAll('\\', '/'));
  return shippedBundles().includes(name) ? join(packageFolder(), 'mappings', name) : null;
}

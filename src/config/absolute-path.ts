import { isAbsolute, resolve, win32 } from 'node:path';

/** The path from a folder on. Windows paths (drive letters, UNC) are absolute wherever they are read. */
export const absolutePath = (folder: string, given: string): string =>
  isAbsolute(given) || (win32.isAbsolute(given) && /^([A-Za-z]:|\\\\)/.test(given)) ? given : resolve(folder, given);

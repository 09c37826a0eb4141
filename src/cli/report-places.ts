import { isAbsolute, relative } from 'node:path';
import type { Config } from '../config/config.ts';
import type { ReportPlace } from '../report/report-model.ts';

/** The source for a report: what recognises it, no user, no password. */
export function sourcePlace({ source, folder }: Config): ReportPlace {
  switch (source.kind) {
    case 'mssql':
      return { kind: source.kind, name: `${source.server}/${source.database}` };
    case 'csv':
      return { kind: source.kind, name: shortPath(folder, source.folder) };
    case 'package':
      return { kind: source.kind, name: shortPath(folder, source.path) };
  }
}

/** The target for a report; of an address only server and database. */
export function targetPlace({ target, folder }: Config): ReportPlace {
  if (target.kind === 'embedded') return { kind: target.kind, name: shortPath(folder, target.folder) };
  return { kind: target.kind, name: serverAndDatabase(target.url) };
}

/** Paths inside the project are told from there: an absolute one may hold the name of a person. */
function shortPath(project: string, path: string): string {
  const below = relative(project, path);
  return below.startsWith('..') || isAbsolute(below) ? path : below.replaceAll('\\', '/');
}

function serverAndDatabase(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'postgres';
  }
}

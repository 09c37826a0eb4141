import type { Remark } from './archive.ts';

/** A name of a container as a path below the package, or refused. */
export type SafeName = { readonly path: string; readonly remarks: readonly Remark[] } | { readonly refused: Remark };

/** Backslashes are taken for slashes, a leading `./` is dropped; absolute names, drives, `..` and control characters are refused. Pure. */
export function safeName(raw: string): SafeName {
  const remarks: Remark[] = [];
  let name = raw;
  if (name.includes('\\')) {
    remarks.push({ code: 'PACKAGE_NAME_BACKSLASH', path: raw });
    name = name.replaceAll('\\', '/');
  }
  const absolute = name.startsWith('/') || /^[A-Za-z]:/.test(name);
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  const unsafe = absolute || segments.includes('..') || /[\u0000-\u001f\u007f]/.test(name) || segments.length === 0;
  if (unsafe) return { refused: { code: 'PACKAGE_NAME_UNSAFE', path: printable(raw) } };
  return { path: segments.join('/'), remarks };
}

const printable = (name: string): string => name.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').slice(0, 300);

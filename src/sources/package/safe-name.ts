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

/** Gathers names: the first of equal ones counts; names that differ only by case or Unicode form are told. */
export function openNameBook(): { readonly remarks: Remark[]; add(path: string): boolean } {
  const seen = new Map<string, string>();
  const remarks: Remark[] = [];
  return {
    remarks,
    add: (path) => {
      const folded = path.normalize('NFC').toLowerCase();
      const earlier = seen.get(folded);
      if (earlier === undefined) {
        seen.set(folded, path);
        return true;
      }
      if (earlier !== path) {
        remarks.push({ code: 'PACKAGE_NAME_COLLISION', path });
        return true;
      }
      remarks.push({ code: 'PACKAGE_NAME_REPEATED', path });
      return false;
    },
  };
}

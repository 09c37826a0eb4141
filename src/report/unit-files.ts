import type { FindingFile } from './report-model.ts';

/** Names that Windows keeps for devices, whatever the ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Name of the list of what belongs to no unit; a unit of this very name gets another one. */
const WITHOUT_UNIT = '_bez-jednostki';

/**
 * Names of the units' files: the symbol where every file system takes it, other characters as `_`. Two units never share a name, also where small and capital
 * letters are the same.
 */
export function unitFiles(
  units: readonly { readonly unit: string | null; readonly findings: number }[],
): FindingFile[] {
  const taken = new Set<string>();
  return units.map(({ unit, findings }) => {
    const wanted = unit === null ? WITHOUT_UNIT : safeName(unit);
    let name = wanted;
    for (let n = 2; taken.has(name.toLocaleLowerCase('pl')); n += 1) name = `${wanted}~${n}`;
    taken.add(name.toLocaleLowerCase('pl'));
    return { unit, name, findings };
  });
}

function safeName(symbol: string): string {
  const name = symbol
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}-]+/gu, '_')
    .slice(0, 60);
  return RESERVED.test(name) || name === WITHOUT_UNIT ? `${name}_` : name;
}

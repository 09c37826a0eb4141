import type { Finding } from '../../core/finding.ts';
import { maskFinding, type PersonalKind } from '../../core/mask.ts';
import type { CodeBook } from '../../i18n/finding-text.ts';
import type { FindingRow } from '../report-model.ts';
import type { Names } from '../report-store.ts';

/** A finding with its place as the database answers it. */
export interface PlacedFinding {
  readonly unit: string | null;
  readonly year: number | null;
  readonly sign: string | null;
  readonly entity: string;
  readonly key: string | null;
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly effect: Finding['effect'];
  readonly field: string | null;
  readonly value: string | null;
  readonly params: Readonly<Record<string, string | number>> | null;
}

/** Columns of a `PlacedFinding`, of the findings `f` of `FROM_FINDINGS`. */
export const PLACED_COLUMNS = `p.unit, p.year, p.sign, e.name AS entity, f.legacy_key AS key, f.code, f.severity, f.effect, f.field, f.value, f.params`;

/** Findings `f` with entity `e` and place `p`. */
export const fromFindings = ({ ledger }: Names, findings = `${ledger}.finding`): string =>
  `FROM ${findings} f JOIN ${ledger}.entity e ON e.id = f.entity_id
   LEFT JOIN ${ledger}.record_place p ON p.run_id = f.run_id AND p.entity_id = f.entity_id AND p.legacy_key = f.legacy_key`;

/** Makes rows of findings: masked unless `personal`. */
export function createRowMaker(book: CodeBook, personal: boolean): (found: PlacedFinding) => FindingRow {
  const kindOf = (code: string): PersonalKind | undefined => book.get(code)?.personal;
  return (found) => (personal ? { ...found, params: copy(found.params) } : masked(found, kindOf));
}

function masked(found: PlacedFinding, kindOf: (code: string) => PersonalKind | undefined): FindingRow {
  const { code, field, value, params } = found;
  const shown = maskFinding(
    {
      code,
      ...(field === null ? {} : { field }),
      ...(value === null ? {} : { value }),
      ...(params === null ? {} : { params }),
    },
    kindOf,
  );
  return { ...found, value: shown.value ?? null, params: copy(shown.params ?? null) };
}

const copy = (params: PlacedFinding['params']): FindingRow['params'] => (params === null ? null : { ...params });

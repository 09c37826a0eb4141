import { closeSync, writeSync } from 'node:fs';
import { CSV_START, csvLine } from '../core/csv-line.ts';
import type { Finding } from '../core/finding.ts';
import { fieldKind, maskFinding, maskValue } from '../core/mask.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import { keyText } from '../core/record.ts';
import { correctableColumns } from '../corrections/field-of-entity.ts';
import { sheetCells, sheetHeader } from '../corrections/sheet-format.ts';
import { findingHint, findingText } from '../i18n/finding-text.ts';
import { CODES, personalKindOf } from '../validate/catalogue.ts';
import type { Cli } from './cli.ts';
import { createExportFile } from './create-export-file.ts';
import type { OpenRejects } from './open-rejects.ts';

export interface SheetFile {
  /** Absolute path. */
  readonly file: string;
  readonly entity?: string | undefined;
  readonly code?: string | undefined;
  readonly force: boolean;
  /** Unmasked; only the owner may read the file. Masked old values are understood as well, new ones must be whole. */
  readonly personal: boolean;
  /** Source rows of records that have findings and are loaded; null: rejects only. */
  readonly loaded: ((wanted: WantedRecords) => AsyncIterable<FoundRecord>) | null;
}

/** Records to be looked up in the source: by entity and key, the findings on each. */
export type WantedRecords = ReadonlyMap<string, ReadonlyMap<string, readonly Finding[]>>;

export interface FoundRecord {
  readonly entity: string;
  readonly key: string;
  /** The source row by column name. */
  readonly source: Readonly<Record<string, unknown>>;
}

export interface WrittenSheet {
  readonly lines: number;
  /** Findings that no value of the record itself can cure. */
  readonly notCorrectable: number;
}

/** Writes a sheet of corrections to be filled in: one line a source value that a finding is about. */
export async function exportSheet(
  cli: Cli,
  plan: Plan,
  { ledger, run, standing }: OpenRejects,
  wanted: SheetFile,
): Promise<WrittenSheet> {
  const { file, entity, code, force, personal, loaded } = wanted;
  const filter = { ...(entity === undefined ? {} : { entity }), ...(code === undefined ? {} : { code }) };
  const handle = createExportFile(file, force, personal, cli.texts);
  const sheet = sheetWriter(cli, plan, personal, (line) => void writeSync(handle, line));
  try {
    for await (const { entity: name, key, source, reasons } of ledger.rejects(run, { standing, ...filter }))
      sheet.add(name, key, source, reasons);
    if (loaded !== null) {
      const findings = await findingsByRecord(ledger, run, filter);
      for await (const { entity: name, key, source } of loaded(findings))
        sheet.add(name, key, source, findings.get(name)!.get(key)!);
    }
  } finally {
    closeSync(handle);
  }
  return sheet.written();
}

/** Errors and warnings that keep no record out. */
async function findingsByRecord(
  ledger: OpenRejects['ledger'],
  run: number,
  filter: { readonly entity?: string; readonly code?: string },
): Promise<Map<string, Map<string, Finding[]>>> {
  const byEntity = new Map<string, Map<string, Finding[]>>();
  for await (const finding of ledger.findings(run, filter)) {
    if (finding.effect === 'reject' || finding.severity === 'info' || finding.key === null) continue;
    const records = byEntity.get(finding.entity) ?? new Map<string, Finding[]>();
    byEntity.set(finding.entity, records);
    const key = keyText(finding.key);
    records.set(key, [...(records.get(key) ?? []), finding]);
  }
  return byEntity;
}

/** Codes whose cure is another record. */
const CURED_ELSEWHERE = new Set(['PARENT_REJECTED', 'KEY_DUPLICATE']);

function sheetWriter(cli: Cli, plan: Plan, personal: boolean, write: (line: string) => void) {
  const { texts } = cli;
  const entities = new Map(plan.entities.map((entity) => [entity.name, entity]));
  const extra = (['column.code', 'column.message', 'column.hint'] as const).map((key) => texts.text(key));
  let [lines, notCorrectable] = [0, 0];
  write(CSV_START + csvLine([...sheetHeader(texts.language), ...extra]));
  return {
    add(name: string, key: string | null, source: Readonly<Record<string, unknown>>, findings: readonly Finding[]) {
      const byColumn = findingsByColumn(entities.get(name), key, findings);
      notCorrectable += findings.filter((finding) => ![...byColumn.values()].flat().includes(finding)).length;
      for (const [column, about] of byColumn) {
        const value = source[column];
        const old = value === null || value === undefined ? '' : String(value);
        const kind = personalKindOf(about[0]!.code) ?? fieldKind(column);
        const cells = sheetCells({ entity: name, key, field: column, old: personal ? old : maskValue(kind, old) });
        write(csvLine([...cells, ...explain(about, cli, personal)]));
        lines += 1;
      }
    },
    written: (): WrittenSheet => ({ lines, notCorrectable }),
  };
}

function findingsByColumn(
  entity: EntityPlan | undefined,
  key: string | null,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const byColumn = new Map<string, Finding[]>();
  if (entity === undefined || key === null) return byColumn;
  for (const finding of findings) {
    if (finding.field === undefined || CURED_ELSEWHERE.has(finding.code)) continue;
    for (const column of correctableColumns(entity, finding.field))
      byColumn.set(column, [...(byColumn.get(column) ?? []), finding]);
  }
  return byColumn;
}

/** Codes, sentences and cures of the findings on one value. */
function explain(findings: readonly Finding[], { texts }: Cli, personal: boolean): readonly string[] {
  const shown = findings.map((finding) => (personal ? finding : maskFinding(finding, personalKindOf)));
  const unique = (members: readonly string[], between: string): string => [...new Set(members)].join(between);
  return [
    unique(
      shown.map(({ code }) => code),
      ', ',
    ),
    unique(
      shown.map((finding) => findingText(finding, CODES, texts.language)),
      ' ',
    ),
    unique(
      shown.map(({ code }) => findingHint(code, CODES, texts.language)),
      ' ',
    ),
  ];
}

import { EFFECTS, SEVERITIES } from '../../core/finding.ts';
import { lineReason } from '../../i18n/finding-text.ts';
import type { FindingRow, ReportModel } from '../report-model.ts';
import { words } from './bilingual.ts';
import type { PageData, PageParam, PageRow } from './page-dom.ts';

/** Most findings that a page lists; beyond that it shows sums and samples and names the CSV. */
export const LISTED_FINDINGS = 50_000;

/** Findings as the page's script reads them: words once, rows by their numbers. */
export interface RowData {
  add(row: FindingRow): void;
  data(): PageData;
}

export function createRowData({ codes }: ReportModel): RowData {
  const [code, unit, entity, field] = [wordList(), wordList(), wordList(), wordList()];
  const rows: PageRow[] = [];
  return {
    add(row) {
      rows.push([
        SEVERITIES.indexOf(row.severity),
        code.place(row.code),
        EFFECTS.indexOf(row.effect),
        unit.place(row.unit),
        row.year,
        row.sign,
        entity.place(row.entity),
        row.key,
        field.place(row.field),
        row.value,
        row.params === null ? null : paramsOf(row),
      ]);
    },
    data: () => ({
      severities: SEVERITIES,
      codes: code.words,
      effects: EFFECTS,
      units: unit.words,
      entities: entity.words,
      fields: field.words,
      rows,
      messages: code.words.map((name) => codes[name]?.message ?? { pl: name, en: name }),
      texts: {
        count: words('list.count'),
        page: words('list.page'),
        error: words('severity.error'),
        warning: words('severity.warning'),
        info: words('severity.info'),
      },
    }),
  };
}

/** Our own words among the parameters, in both languages. */
function paramsOf({ code, params }: FindingRow): Readonly<Record<string, PageParam>> {
  if (code !== 'CSV_BROKEN_LINE') return params ?? {};
  const reason = String(params?.['reason']);
  return { ...params, reason: { pl: lineReason(reason, 'pl'), en: lineReason(reason, 'en') } };
}

function wordList() {
  const places = new Map<string, number>();
  const list: string[] = [];
  return {
    words: list as readonly string[],
    /** Number of a word; -1 of null. */
    place(word: string | null): number {
      if (word === null) return -1;
      const found = places.get(word);
      if (found !== undefined) return found;
      places.set(word, list.length);
      return list.push(word) - 1;
    },
  };
}

import type { FindingRow, ReportModel } from './report-model.ts';

/** A report ready to be rendered: the model, and the findings behind it as a stream. */
export interface Report {
  readonly model: ReportModel;
  /**
   * All findings in the order of the files: by unit (without unit last), errors first, then code, entity and key. Every call reads anew behind a cursor and holds one
   * page at a time, so it may be millions. `unit`: only of this unit (null: without unit). Masked unless `model.personalData`.
   */
  rows(filter?: { readonly unit?: string | null }): AsyncIterable<FindingRow>;
}

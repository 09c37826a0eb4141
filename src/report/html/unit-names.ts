import type { ReportModel } from '../report-model.ts';
import { say } from './bilingual.ts';
import { type Html, html } from './html.ts';

/** Symbol of a unit, its name beside it where one is known; null: "without unit". */
export function unitTitle({ inOffice }: ReportModel, unit: string | null): Html {
  if (unit === null) return say('findings.noUnit');
  const name = inOffice?.units.find(({ symbol }) => symbol === unit)?.name ?? null;
  return html`<bdi>${unit}</bdi>${name !== null && html` <span class="quiet"><bdi>${name}</bdi></span>`}`;
}

/** Only the symbol. */
export const unitSymbol = (unit: string | null): Html =>
  unit === null ? say('findings.noUnit') : html`<bdi>${unit}</bdi>`;

export const yearTitle = (year: number | null): Html => (year === null ? say('findings.noYear') : html`${year}`);

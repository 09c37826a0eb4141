import { fill } from '../../core/text.ts';
import { INSPECT_PAGE_TEXTS, type InspectPageText } from '../../i18n/texts/inspect-page-texts.ts';
import { type Both, both } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';

type Params = Readonly<Record<string, string | number>>;

/** A text of the page as data, parameters filled in. */
export const told = (key: InspectPageText, params: Params = {}): Both => ({
  pl: fill(INSPECT_PAGE_TEXTS[key].pl, params),
  en: fill(INSPECT_PAGE_TEXTS[key].en, params),
});

/** A text of the page in both languages. */
export const tell = (key: InspectPageText, params: Params = {}): Html => both(told(key, params));

/** Headings of a table, `num` columns to the right. */
export const heads = (...columns: readonly (InspectPageText | readonly [InspectPageText, 'num'])[]): Html =>
  html`<thead><tr>${columns.map((column) =>
    typeof column === 'string'
      ? html`<th scope="col">${tell(column)}</th>`
      : html`<th scope="col" class="num">${tell(column[0])}</th>`,
  )}</tr></thead>`;

/** A name of the source, which may be anything and run in any direction. */
export const nameOf = (name: string): Html => html`<bdi><code>${name}</code></bdi>`;

/** `99,5%` / `99.5%`, in tenths; never 100 or 0 where it is not whole. */
export function percent(share: number): Both {
  const tenths = Math.round(share * 1000) / 10;
  const honest = tenths === 100 && share < 1 ? 99.9 : tenths === 0 && share > 0 ? 0.1 : tenths;
  return { pl: `${String(honest).replace('.', ',')}%`, en: `${honest}%` };
}

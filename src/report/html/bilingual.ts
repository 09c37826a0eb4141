import { instantText } from '../../core/instant-text.ts';
import { fill } from '../../core/text.ts';
import { zoneOffset } from '../../core/zone-offset.ts';
import { PROTOCOL_PAGE_TEXTS } from '../../i18n/texts/protocol-page-texts.ts';
import { type PageText, REPORT_PAGE_TEXTS } from '../../i18n/texts/report-page-texts.ts';
import { RUN_TEXTS } from '../../i18n/texts/run-texts.ts';
import { TABLES_TEXTS } from '../../i18n/texts/tables-texts.ts';
import { type Html, html } from './html.ts';

export interface Both {
  readonly pl: string;
  readonly en: string;
}

/** A text in both languages; the page shows the one of `<html lang>`. The same in both is written once. */
export const both = ({ pl, en }: Both): Html =>
  pl === en ? html`${pl}` : html`<span lang="pl">${pl}</span><span lang="en">${en}</span>`;

type Params = Readonly<Record<string, string | number>>;
const TEXTS = { ...RUN_TEXTS, ...TABLES_TEXTS, ...REPORT_PAGE_TEXTS, ...PROTOCOL_PAGE_TEXTS };
export type AnyText = keyof typeof TEXTS;

/** A text of the page as data, parameters filled in. */
export const words = (key: AnyText, params: Params = {}): Both => ({
  pl: fill(TEXTS[key].pl, params),
  en: fill(TEXTS[key].en, params),
});

/** A text of the page in both languages. */
export const say = (key: AnyText, params: Params = {}): Html => both(words(key, params));

/** Attributes by which the script changes a text that no element can hold twice: `<option>`, `aria-label`, `placeholder`. */
export const sayIn = (attribute: 'text' | 'aria-label' | 'placeholder', key: PageText): Html => {
  const { pl, en } = words(key);
  return html`data-say="${attribute}" data-pl="${pl}" data-en="${en}"`;
};

/** `1 234 567`: narrow spaces between thousands read in both languages. */
export const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202F');

/** `12,3 GB` / `12.3 GB`. */
export function size(bytes: number): Both {
  const [unit, factor] =
    bytes < 1e3
      ? ['B', 1]
      : bytes < 1e6
        ? ['kB', 1e3]
        : bytes < 1e9
          ? ['MB', 1e6]
          : bytes < 1e12
            ? ['GB', 1e9]
            : ['TB', 1e12];
  const value = bytes / Number(factor);
  const text = unit === 'B' || value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
  return { pl: `${text.replace('.', ',')}\u00A0${unit}`, en: `${text}\u00A0${unit}` };
}

/** `2026-11-25 23:10 UTC+1` of an ISO moment: the clock of the zone, and how far it is ahead, since an hour comes twice in October. */
export function moment(iso: string, zone: string): string {
  const time = new Date(iso);
  return `${instantText(time.getTime() * 1000, zone).slice(0, 16)} UTC${offsetText(zoneOffset(zone, time))}`;
}

/** `+1`, `-3:30`, nothing for none. */
function offsetText(minutes: number): string {
  if (minutes === 0) return '';
  const ahead = Math.abs(minutes);
  const rest = ahead % 60 === 0 ? '' : `:${String(ahead % 60).padStart(2, '0')}`;
  return `${minutes < 0 ? '-' : '+'}${Math.floor(ahead / 60)}${rest}`;
}

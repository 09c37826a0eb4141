/** Text that is HTML already. Made by the tagged template `html`, which escapes everything put into it, and by `trusted`. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template: texts and numbers are escaped, lists joined, null and false left out. */
export type HtmlValue = string | number | Html | null | false | readonly HtmlValue[];

/** HTML by construction: whatever comes from data stands between `${}` and is escaped, in text and in quoted attributes alike. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => ({
  html: strings.reduce((text, part, i) => `${text}${part}${i < values.length ? shown(values[i]!) : ''}`, ''),
});

/** Our own text that must stand as it is: style, script, JSON made harmless by `jsonForScript`. Never anything from data. */
export const trusted = (text: string): Html => ({ html: text });

/** JSON that may stand inside a script element: no tag can be closed or opened in it. */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

function shown(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map(shown).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** Languages that people choose for messages and reports. */
export const LANGUAGES = ['pl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Message templates by code; `{name}` stands for a parameter. */
export type Texts<Code extends string = string> = Readonly<Record<Code, Readonly<Record<Language, string>>>>;

/** Puts parameters into a template: `unknown key "{key}"`. A name without a parameter stays as it is, so that it is seen. */
export const fill = (template: string, params: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));

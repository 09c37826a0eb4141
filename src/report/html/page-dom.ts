/** The few members of the browser's document that the page's script uses. The program itself has no DOM, so its types stay out of it. */
export interface PageElement {
  id: string;
  textContent: string | null;
  className: string;
  disabled: boolean;
  hidden: boolean;
  open: boolean;
  value: string;
  lang: string;
  readonly dataset: Record<string, string | undefined>;
  querySelectorAll(selector: string): ArrayLike<PageElement> & Iterable<PageElement>;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  hasAttribute(name: string): boolean;
  addEventListener(kind: string, listener: () => void): void;
  append(...nodes: (PageElement | string)[]): void;
  replaceChildren(...nodes: PageElement[]): void;
  closest(selector: string): PageElement | null;
  scrollIntoView(): void;
  focus(options?: { readonly preventScroll: boolean }): void;
}

export interface PageDocument {
  title: string;
  readonly documentElement: PageElement;
  createElement(name: string): PageElement;
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

export interface PageWindow {
  addEventListener(kind: string, listener: () => void): void;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number | undefined): void;
}

/** A parameter of a message; where it is a word of ours, in both languages. */
export type PageParam = string | number | { readonly pl: string; readonly en: string };

/** One finding: indexes into the word lists of `PageData`; -1: none. */
export type PageRow = readonly [
  severity: number,
  code: number,
  effect: number,
  unit: number,
  year: number | null,
  sign: string | null,
  entity: number,
  key: string | null,
  field: number,
  value: string | null,
  params: Readonly<Record<string, PageParam>> | null,
];

/** What the script reads from the page: word lists, templates of messages, findings. */
export interface PageData {
  readonly severities: readonly string[];
  readonly codes: readonly string[];
  readonly effects: readonly string[];
  readonly units: readonly string[];
  readonly entities: readonly string[];
  readonly fields: readonly string[];
  readonly rows: readonly PageRow[];
  /** Of each code: its message in both languages, `{name}` stands for a parameter. */
  readonly messages: readonly { readonly pl: string; readonly en: string }[];
  readonly texts: Readonly<Record<string, { readonly pl: string; readonly en: string }>>;
}

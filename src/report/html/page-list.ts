import type { PageData, PageDocument, PageElement, PageRow, PageWindow } from './page-dom.ts';

/** The list of findings in the browser: what is asked for and what is shown. Everything from data reaches the page as text nodes. */
interface List {
  readonly document: PageDocument;
  readonly data: PageData;
  readonly filters: Record<string, string>;
  sort: { column: string; down: boolean };
  page: number;
  /** Rows that fit the filters, in order. */
  found: number[];
  /** Text of each row to search in, by language; made while nobody waits. */
  readonly haystacks: Record<string, string[]>;
  /** Place of each row in the order of a column, by column and language. */
  readonly ranks: Record<string, Int32Array>;
}

/** Shows the list, with ears for its filters and headings. Returns what shows it anew, in another language. */
function openList(document: PageDocument, window: PageWindow, data: PageData): () => void {
  const list = newList(document, data);
  listenToFilters(list, window);
  listenToTable(list);
  showList(list);
  prepareSearch(list, window);
  return () => {
    showList(list);
    prepareSearch(list, window);
  };
}

function newList(document: PageDocument, data: PageData): List {
  const sort = { column: 'severity', down: false };
  return {
    document,
    data,
    filters: {},
    sort,
    page: 0,
    found: data.rows.map((_, row) => row),
    haystacks: {},
    ranks: {},
  };
}

function listenToFilters(list: List, window: PageWindow): void {
  const { document } = list;
  let timer: number | undefined;
  const change = (control: PageElement): void => {
    list.filters[control.dataset['filter'] ?? ''] = control.value;
    refilter(list);
  };
  const controls = [...document.querySelectorAll('[data-filter]')];
  for (const control of controls) {
    const typed = control.dataset['filter'] === 'text';
    control.addEventListener(typed ? 'input' : 'change', () => {
      window.clearTimeout(timer);
      if (typed) timer = window.setTimeout(() => change(control), 120);
      else change(control);
    });
  }
  const set = (filters: Readonly<Record<string, string>>): void => {
    for (const control of controls) control.value = filters[control.dataset['filter'] ?? ''] ?? '';
    for (const control of controls) list.filters[control.dataset['filter'] ?? ''] = control.value;
    refilter(list);
  };
  document.getElementById('list-clear')?.addEventListener('click', () => set({}));
  for (const button of document.querySelectorAll('[data-show-code]'))
    button.addEventListener('click', () => {
      set({ code: String(list.data.codes.indexOf(button.dataset['showCode'] ?? '')) });
      const heading = document.getElementById('list');
      heading?.scrollIntoView();
      heading?.focus({ preventScroll: true });
    });
}

function listenToTable(list: List): void {
  const { document } = list;
  for (const button of document.querySelectorAll('[data-sort]'))
    button.addEventListener('click', () => {
      const column = button.dataset['sort'] ?? '';
      list.sort = { column, down: list.sort.column === column && !list.sort.down };
      list.page = 0;
      showList(list);
    });
  const turn = (by: number) => () => {
    list.page += by;
    showPage(list);
  };
  document.getElementById('list-previous')?.addEventListener('click', turn(-1));
  document.getElementById('list-next')?.addEventListener('click', turn(1));
}

function refilter(list: List): void {
  list.found = filterRows(list);
  list.page = 0;
  showList(list);
}

function filterRows(list: List): number[] {
  const { data, filters, document } = list;
  const words = foldText(filters['text'] ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const texts = words.length === 0 ? [] : haystackOf(list, document.documentElement.lang);
  const places: readonly (readonly [number, string])[] = (
    [
      [0, filters['severity']],
      [1, filters['code']],
      [3, filters['unit']],
      [4, filters['year']],
      [6, filters['entity']],
    ] as const
  ).flatMap(([place, wanted]) => (wanted === undefined || wanted === '' ? [] : [[place, wanted] as const]));
  const found: number[] = [];
  for (let row = 0; row < data.rows.length; row += 1) {
    const cells = data.rows[row]!;
    if (places.some(([place, wanted]) => String(cells[place]) !== wanted)) continue;
    if (words.some((word) => !texts[row]!.includes(word))) continue;
    found.push(row);
  }
  return found;
}

/** Small letters without accents, so that `zolw` finds `Żółw`. */
function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l');
}

/** Texts to search in, made as far as row `end`. */
function haystackOf(list: List, language: string, end = list.data.rows.length): readonly string[] {
  const { data, haystacks } = list;
  haystacks[language] ??= [];
  const texts = haystacks[language];
  for (let at = texts.length; at < end; at += 1) {
    const row = data.rows[at]!;
    const words = [data.codes[row[1]], data.units[row[3]], row[4], row[5], data.entities[row[6]], row[7]];
    texts.push(foldText([...words, data.fields[row[8]], row[9], messageOf(data, row, language)].join(' ')));
  }
  return texts;
}

/** Makes the texts to search in little by little while nobody waits, so that the first search is as quick as the others. */
function prepareSearch(list: List, window: PageWindow): void {
  const { lang } = list.document.documentElement;
  const done = (list.haystacks[lang] ?? []).length;
  if (done >= list.data.rows.length) return;
  window.setTimeout(() => {
    haystackOf(list, lang, Math.min(done + 1000, list.data.rows.length));
    prepareSearch(list, window);
  }, 10);
}

function messageOf(data: PageData, row: PageRow, language: string): string {
  const tongue = language === 'en' ? 'en' : 'pl';
  const params = row[10] ?? {};
  return (data.messages[row[1]]?.[tongue] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name]! : whole;
    return typeof value === 'object' ? value[tongue] : String(value);
  });
}

function showList(list: List): void {
  const rank = ranksOf(list, list.sort.column);
  const turn = list.sort.down ? -1 : 1;
  list.found.sort((a, b) => (rank[a]! - rank[b]!) * turn || a - b);
  for (const button of list.document.querySelectorAll('[data-sort]')) {
    const here = button.dataset['sort'] === list.sort.column;
    const way = list.sort.down ? 'descending' : 'ascending';
    button.closest('th')?.setAttribute('aria-sort', here ? way : 'none');
  }
  showPage(list);
}

/** Where each row stands in the order of a column: counted once, then every sorting compares numbers. */
function ranksOf(list: List, column: string): Int32Array {
  const { data, ranks, document } = list;
  const language = document.documentElement.lang;
  const id = `${column} ${language}`;
  if (ranks[id] !== undefined) return ranks[id];
  const value = (row: PageRow): string => {
    if (column === 'severity') return String(row[0]);
    if (column === 'code') return data.codes[row[1]]!;
    if (column === 'unit') return data.units[row[3]] ?? '\uFFFF';
    if (column === 'year') return String(row[4] ?? 9999);
    if (column === 'sign') return row[5] ?? '\uFFFF';
    if (column === 'entity') return data.entities[row[6]] ?? '';
    return row[7] ?? '\uFFFF';
  };
  const values = data.rows.map(value);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const places = new Map([...new Set(values)].sort(compare).map((text, place) => [text, place]));
  const rank = Int32Array.from(values, (text) => places.get(text) ?? 0);
  ranks[id] = rank;
  return rank;
}

function showPage(list: List): void {
  const { document, data, found } = list;
  const size = 100;
  const pages = Math.max(1, Math.ceil(found.length / size));
  list.page = Math.min(Math.max(0, list.page), pages - 1);
  const start = list.page * size;
  const language = document.documentElement.lang;
  const body = document.getElementById('list-body');
  body?.replaceChildren(...found.slice(start, start + size).map((row) => rowElement(document, data, row, language)));
  write(list, 'list-count', 'count', { shown: grouped(found.length), all: grouped(data.rows.length) });
  write(list, 'list-page', 'page', { page: grouped(list.page + 1), pages: grouped(pages) });
  const [previous, next] = [document.getElementById('list-previous'), document.getElementById('list-next')];
  if (previous !== null) previous.disabled = list.page === 0;
  if (next !== null) next.disabled = list.page === pages - 1;
  const nothing = document.getElementById('list-nothing');
  if (nothing !== null) nothing.hidden = found.length > 0;
}

function write({ document, data }: List, id: string, text: string, params: Readonly<Record<string, string>>): void {
  const element = document.getElementById(id);
  const template = data.texts[text]?.[document.documentElement.lang === 'en' ? 'en' : 'pl'] ?? '';
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  if (element !== null && element.textContent !== filled) element.textContent = filled;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202F');
}

function rowElement(document: PageDocument, data: PageData, at: number, language: string): PageElement {
  const row = data.rows[at]!;
  const make = (name: string, className: string, ...parts: (PageElement | string)[]): PageElement => {
    const made = document.createElement(name);
    if (className !== '') made.className = className;
    made.append(...parts);
    return made;
  };
  const cell = (className: string, ...parts: (PageElement | string)[]): PageElement => {
    const made = make('td', className, ...parts);
    made.setAttribute('role', 'cell');
    return made;
  };
  const severity = data.severities[row[0]]!;
  const word = data.texts[severity]?.[language === 'en' ? 'en' : 'pl'] ?? severity;
  const what = cell('', messageOf(data, row, language));
  const field = data.fields[row[8]];
  if (field !== undefined || row[9] !== null)
    what.append(make('span', 'value', make('code', '', field ?? ''), ' ', make('bdi', '', row[9] ?? '')));
  const line = make(
    'tr',
    '',
    cell('', make('span', `tag ${severity}`, word)),
    cell('', make('code', '', data.codes[row[1]]!)),
    cell('', make('bdi', '', data.units[row[3]] ?? '–')),
    cell('num', String(row[4] ?? '–')),
    cell('sign', make('bdi', '', row[5] ?? '–')),
    cell('', data.entities[row[6]] ?? '', ' ', make('bdi', 'key', row[7] ?? '–')),
    what,
  );
  line.setAttribute('role', 'row');
  return line;
}

/** Functions of the list, as they stand in the script of the page; see `page-script.ts`. */
export const LIST_FUNCTIONS = [
  openList,
  newList,
  listenToFilters,
  listenToTable,
  refilter,
  filterRows,
  foldText,
  haystackOf,
  prepareSearch,
  messageOf,
  showList,
  ranksOf,
  showPage,
  write,
  grouped,
  rowElement,
];

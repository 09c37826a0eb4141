import type { PageData, PageDocument, PageElement, PageWindow } from './page-dom.ts';

type OpenList = (document: PageDocument, window: PageWindow, data: PageData) => () => void;

/** Begins the page in the browser: language, paper, and the list where there is one; `openList` returns what shows it anew. */
function startPage(document: PageDocument, window: PageWindow, openList: OpenList): void {
  const source = document.getElementById('page-data');
  const showAgain =
    source === null ? null : openList(document, window, JSON.parse(source.textContent ?? '') as PageData);
  for (const button of document.querySelectorAll('[data-language]'))
    button.addEventListener('click', () => {
      setLanguage(document, button.dataset['language'] ?? 'pl');
      showAgain?.();
    });
  setLanguage(document, document.documentElement.lang);
  openForPrint(document, window);
}

function setLanguage(document: PageDocument, language: string): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-say]')) {
    const text = element.getAttribute(`data-${language}`) ?? '';
    const where = element.dataset['say'] ?? 'text';
    if (where === 'text') element.textContent = text;
    else element.setAttribute(where, text);
  }
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset['language'] === language));
}

/** What is folded on the screen is open on paper. */
function openForPrint(document: PageDocument, window: PageWindow): void {
  const folded: PageElement[] = [];
  window.addEventListener('beforeprint', () => {
    for (const element of document.querySelectorAll('details:not([open])')) {
      element.open = true;
      folded.push(element);
    }
  });
  window.addEventListener('afterprint', () => {
    for (const element of folded.splice(0)) element.open = false;
  });
}

/** Functions of the page itself, as they stand in its script; see `page-script.ts`. */
export const START_FUNCTIONS = [startPage, setLanguage, openForPrint];

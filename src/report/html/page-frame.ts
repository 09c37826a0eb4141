import { createHash } from 'node:crypto';
import type { Language } from '../../core/text.ts';
import { type Both, both, say, sayIn } from './bilingual.ts';
import { type Html, type HtmlValue, html, trusted } from './html.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLES } from './page-styles.ts';

export interface PageFrame {
  /** Language shown first. */
  readonly language: Language;
  readonly title: Both;
  /** Under the title. */
  readonly lead: HtmlValue;
  /** Links to the chapters; none: no navigation. */
  readonly chapters: readonly { readonly id: string; readonly title: HtmlValue }[];
  readonly body: HtmlValue;
  readonly foot: HtmlValue;
}

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is let in but our own style and script, by their hashes. */
const POLICY = `default-src 'none'; script-src ${sha256(PAGE_SCRIPT)}; style-src ${sha256(PAGE_STYLES)}; base-uri 'none'; form-action 'none'`;

/** A whole page: one file, no network. */
export const page = ({ language, title, lead, chapters, body, foot }: PageFrame): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title data-say="text" data-pl="${title.pl}" data-en="${title.en}">${title[language]}</title>
<style>${trusted(PAGE_STYLES)}</style>
</head>
<body>
<a class="skip" href="#main">${say('page.skip')}</a>
<header><div class="languages screen" role="group" ${sayIn('aria-label', 'page.language')}><button type="button" data-language="pl" aria-pressed="${String(language === 'pl')}"><abbr title="Polski">PL</abbr></button><button type="button" data-language="en" aria-pressed="${String(language === 'en')}"><abbr title="English">EN</abbr></button></div>
<h1>${both(title)}</h1>${lead}</header>
${chapters.length > 0 && html`<nav class="chapters screen" ${sayIn('aria-label', 'page.contents')}><ul>${chapters.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`}
<main id="main" tabindex="-1">
${body}
</main>
<footer>${foot}</footer>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`;

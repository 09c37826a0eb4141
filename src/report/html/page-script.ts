import { LIST_FUNCTIONS } from './page-list.ts';
import { START_FUNCTIONS } from './page-start.ts';

/**
 * The script of the page as text: the source of functions that run in the browser. They use nothing but each other within their file and what they are handed, so
 * that no compiler renames what they call. The page's CSP has the hash of exactly this text.
 */
export const PAGE_SCRIPT = `'use strict';
${[...START_FUNCTIONS, ...LIST_FUNCTIONS].join('\n')}
startPage(document, window, openList);
`;

import { both, number } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { ReferencePicture } from '../picture.ts';
import { heads, nameOf, percent, tell } from './tell.ts';

/** Every reference that holds, with what was measured. */
export const referencesSection = (
  references: readonly ReferencePicture[],
): Html => html`<section aria-labelledby="references"><h2 id="references">${tell('references')}</h2><p class="quiet">${tell('references.intro')}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="references"><table>${heads('from', 'to', ['found', 'num'], ['found', 'num'], 'basis')}
<tbody>${references.map(
  (each) => html`<tr><td>${place(each.from)}</td><td>${place(each.to)}</td>
<td class="num">${each.share === null ? tell('notMeasured') : both(percent(each.share))}</td><td class="num">${number(each.found)} / ${number(each.looked)}</td><td>${each.declared ? tell('declared') : tell(`confidence.${each.confidence}`)}</td></tr>
`,
)}</tbody></table></div></section>`;

const place = ({ table, column }: ReferencePicture['from']): Html => nameOf(`${table}.${column}`);

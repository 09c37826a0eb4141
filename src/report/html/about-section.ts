import { fileName } from '../render/report-folder.ts';
import type { ReportModel } from '../report-model.ts';
import { moment, number, say } from './bilingual.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { unitTitle } from './unit-names.ts';

/** Files that can be sent to each unit. */
export function unitsSection(model: ReportModel): Html | false {
  const { units } = model.files;
  const link = (name: string): Html => {
    const file = fileName(name, model.personalData);
    return html`<a href="units/${encodeURIComponent(file)}">${file}</a>`;
  };
  return (
    units.length > 0 &&
    html`<section aria-labelledby="units"><h2 id="units">${say('units.heading')}</h2><p>${say('units.intro')}</p>
<table><thead><tr><th scope="col">${say('column.unit')}</th><th scope="col" class="num">${say('findings.heading')}</th><th scope="col">${say('units.page')}</th><th scope="col">${say('units.list')}</th></tr></thead>
<tbody>${units.map(
      ({
        unit,
        name,
        findings,
      }) => html`<tr><th scope="row">${unitTitle(model, unit)}</th><td class="num">${number(findings)}</td><td>${link(`${name}.html`)}</td><td>${link(`${name}.csv`)}</td></tr>
`,
    )}</tbody></table></section>`
  );
}

/** Where the figures come from: run, source, target, versions. */
export function aboutSection(model: ReportModel): Html {
  const { office, run, source, target, timezone } = model;
  const fact = (title: HtmlValue, value: HtmlValue): Html => html`<div><dt>${title}</dt><dd>${value}</dd></div>
`;
  return html`<section aria-labelledby="about"><h2 id="about">${say('about.heading')}</h2><dl class="facts">
${fact(say('about.office'), html`<bdi>${office}</bdi>`)}${fact(say('about.command'), run.command)}${fact(say('about.status'), say(`state.${run.status}`))}
${fact(say('about.started'), moment(run.startedAt, timezone))}${run.finishedAt !== null && fact(say('about.finished'), moment(run.finishedAt, timezone))}
${fact(say('about.source'), html`${source.kind}: <bdi>${source.name}</bdi>`)}${fact(say('about.target'), html`${target.kind}: <bdi>${target.name}</bdi>`)}
${fact(say('about.scope'), scopeOf(run.scope))}${fact(say('about.version'), run.toolVersion)}${fact(say('about.plan'), html`<code class="hash">${run.planHash}</code>`)}</dl></section>`;
}

export function scopeOf({ units, entities, limit }: ReportModel['run']['scope']): Html {
  const parts: Html[] = [];
  if (units !== null) parts.push(say('about.scopeUnits', { units: units.join(', ') }));
  if (entities !== null) parts.push(say('about.scopeEntities', { entities: entities.join(', ') }));
  if (limit !== null) parts.push(say('about.scopeLimit', { limit: number(limit) }));
  return parts.length === 0 ? say('about.scopeAll') : html`${parts.map((part, i) => html`${i > 0 && '; '}${part}`)}`;
}

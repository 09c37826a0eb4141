import type { Language } from '../../core/text.ts';
import { scopeOf } from '../html/about-section.ts';
import { both, moment, number, say, size, words } from '../html/bilingual.ts';
import { decisionText } from '../html/decision-text.ts';
import { type Html, type HtmlValue, html } from '../html/html.ts';
import { page } from '../html/page-frame.ts';
import { effectText, severityTag } from '../html/severity-tag.ts';
import { chainText } from './chain-text.ts';
import { countsPart, unitsPart } from './counts-part.ts';
import type { Protocol, SideFile } from './protocol-model.ts';

/** The protocol for printing: one self-contained page for A4 in both languages, `language` first. */
export function protocolPage(protocol: Protocol, language: Language): string {
  const { office, madeAt, madeBy, timezone } = protocol;
  const title = words('protocol.title');
  return page({
    language,
    title: { pl: `${title.pl}: ${office}`, en: `${title.en}: ${office}` },
    lead: html`<p>${say('protocol.lead')}</p>`,
    chapters: [],
    body: html`${runPart(protocol)}${countsPart(protocol)}${unitsPart(protocol)}${findingsPart(protocol)}${rejectedPart(protocol)}
${correctionsPart(protocol)}${contentsPart(protocol)}${reconcilePart(protocol)}${mappingPart(protocol)}${chainPart(protocol)}${signaturesPart()}`,
    foot: html`<p>${say('protocol.made')} ${moment(madeAt, timezone)}, ezd-migrate ${madeBy.toolVersion}, <bdi>${madeBy.user}</bdi> (<bdi>${madeBy.host}</bdi>). ${say('page.masked')}</p>`,
  }).html;
}

const part = (id: string, title: HtmlValue, body: HtmlValue): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>
`;

const facts = (list: readonly (readonly [HtmlValue, HtmlValue])[]): Html =>
  html`<dl class="facts">${list.map(
    ([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>
`,
  )}</dl>`;

function runPart({ office, run, source, target, timezone }: Protocol): Html {
  return part(
    'run',
    say('protocol.what'),
    facts([
      [say('about.office'), html`<bdi>${office}</bdi>`],
      [say('about.source'), html`${source.kind}: <bdi>${source.name}</bdi>`],
      [say('about.target'), html`${target.kind}: <bdi>${target.name}</bdi>`],
      [say('protocol.number'), html`${run.id} (${run.command}, ${say(`state.${run.status}`)})`],
      [say('about.started'), moment(run.startedAt, timezone)],
      [say('about.finished'), run.finishedAt === null ? '–' : moment(run.finishedAt, timezone)],
      [say('protocol.user'), html`<bdi>${run.user}</bdi> (<bdi>${run.host}</bdi>)`],
      [say('about.version'), run.toolVersion],
      [say('about.scope'), scopeOf(run.scope)],
    ]),
  );
}

function findingsPart({ findings, switchedOff }: Protocol): Html {
  const table = html`<table><caption>${say('protocol.findingsCaption')}</caption>
<thead><tr><th scope="col">${say('column.severity')}</th><th scope="col">${say('column.rule')}</th><th scope="col">${say('codes.effect')}</th><th scope="col" class="num">${say('column.count')}</th><th scope="col">${say('protocol.acceptance')}</th></tr></thead>
<tbody>${findings.map(
    (
      each,
    ) => html`<tr><td>${severityTag(each.severity)}</td><th scope="row">${both(each.kind)} <code>${each.code}</code></th><td>${effectText(each.effect)}</td><td class="num">${number(each.findings)}</td><td class="by-hand">${each.decision !== null && decisionText(each.decision)}</td></tr>
`,
  )}</tbody></table>`;
  const off =
    switchedOff.length > 0 &&
    html`<h3>${say('protocol.off')}</h3><ul>${switchedOff.map(({ code, reason }) => html`<li><code>${code}</code>: <bdi>${reason}</bdi></li>`)}</ul>`;
  return part('findings', say('protocol.findings'), [
    findings.length === 0 ? html`<p>${say('protocol.noFindings')}</p>` : table,
    off,
  ]);
}

function rejectedPart({ rejected }: Protocol): Html {
  if (rejected.records === 0) return part('rejected', say('protocol.rejected'), html`<p>${say('rejects.none')}</p>`);
  return part(
    'rejected',
    say('protocol.rejected'),
    html`<table><caption>${say('rejects.caption')}</caption>
<thead><tr><th scope="col">${say('column.entity')}</th><th scope="col">${say('column.rule')}</th><th scope="col" class="num">${say('rejects.records')}</th></tr></thead>
<tbody>${rejected.byReason.map(
      ({
        entity,
        code,
        records,
      }) => html`<tr><th scope="row">${entity}</th><td><code>${code}</code></td><td class="num">${number(records)}</td></tr>
`,
    )}</tbody><tfoot><tr><th scope="row" colspan="2">${say('books.total')}</th><td class="num">${number(rejected.records)}</td></tr></tfoot></table>
<p>${say('protocol.rejectedList')}</p>${sideFile(rejected.list)}`,
  );
}

const sideFile = ({ name, sha256, bytes, lines }: SideFile): Html =>
  facts([
    [say('protocol.file'), html`<a href="${name}">${name}</a> (${both(size(bytes))})`],
    [say('protocol.lines'), number(lines)],
    ['SHA-256', html`<code class="hash">${sha256}</code>`],
  ]);

function correctionsPart({ corrections }: Protocol): Html | false {
  if (corrections === null) return false;
  const { applied, notApplied, list, more } = corrections;
  return part(
    'corrections',
    say('corrections.heading'),
    html`<p>${say('corrections.applied')}: ${number(applied)}, ${say('corrections.notApplied')}: ${number(notApplied)}.</p>
${
  list.length > 0 &&
  html`<table><caption>${say('corrections.caption')}</caption><thead><tr><th scope="col">${say('column.key')}</th><th scope="col">${say('column.field')}</th><th scope="col">${say('corrections.reason')}</th><th scope="col">${say('corrections.author')}</th><th scope="col">${say('column.state')}</th></tr></thead>
<tbody>${list.map(
    (
      each,
    ) => html`<tr><td>${each.entity} <bdi>${each.key}</bdi></td><td><code>${each.field}</code></td><td><bdi>${each.reason}</bdi></td><td><bdi>${each.author}</bdi>, ${each.date}</td><td>${say(each.applied ? 'corrections.applied' : 'corrections.notApplied')}</td></tr>
`,
  )}</tbody></table>`
}${more > 0 && html`<p>${say('corrections.more', { count: number(more) })}</p>`}`,
  );
}

function contentsPart({ contents }: Protocol): Html {
  const title = say('protocol.contents');
  if (contents === null) return part('contents', title, html`<p>${say('protocol.noContents')}</p>`);
  const { stored, bytes, failed, manifest } = contents;
  const numbers = facts([
    [say('protocol.contentsStored'), html`${number(stored)} (${both(size(bytes))})`],
    [say('protocol.contentsFailed'), number(failed)],
  ]);
  return part('contents', title, html`${numbers}<p>${say('protocol.manifest')}</p>${sideFile(manifest)}`);
}

function reconcilePart({ reconcile, timezone }: Protocol): Html {
  const title = say('protocol.reconcile');
  if (reconcile === null) return part('reconcile', title, html`<p>${say('protocol.noReconcile')}</p>`);
  const { id, finishedAt, equal, entities } = reconcile;
  return part(
    'reconcile',
    title,
    html`<p><strong>${say(equal ? 'protocol.equal' : 'protocol.different')}</strong></p>
<table><caption>${say('protocol.reconcileCaption', { id, moment: moment(finishedAt, timezone) })}</caption><thead><tr><th scope="col">${say('column.entity')}</th><th scope="col" class="num">${say('protocol.expected')}</th><th scope="col" class="num">${say('protocol.rows')}</th><th scope="col" class="num">${say('protocol.differences')}</th></tr></thead>
<tbody>${entities.map(
      (
        each,
      ) => html`<tr><th scope="row">${each.entity}</th><td class="num">${number(each.expected)}</td><td class="num">${number(each.rows)}</td><td class="num">${number(each.differences)}</td></tr>
`,
    )}</tbody></table>`,
  );
}

const mappingPart = ({ mapping }: Protocol): Html =>
  part(
    'mapping',
    say('protocol.mapping'),
    html`${facts([[say('protocol.mappingHash'), html`<code class="hash">${mapping.planHash}</code>`]])}
<table><caption>${say('protocol.mappingCaption')}</caption><thead><tr><th scope="col">${say('column.entity')}</th><th scope="col">${say('protocol.hash')}</th></tr></thead>
<tbody>${mapping.entities.map(
      ({
        entity,
        planHash,
      }) => html`<tr><th scope="row">${entity}</th><td><code class="hash">${planHash}</code></td></tr>
`,
    )}</tbody></table>`,
  );

function chainPart({ chain }: Protocol): Html {
  const { records, compared, problems, head, ofRun } = chain;
  const state =
    problems.length === 0
      ? html`<p>${say('protocol.chainGood', { compared: number(compared), records: number(records) })}</p>`
      : html`<p class="warn">${say('protocol.chainBad')}</p><ul>${problems.map((problem) => html`<li>${both(chainText(problem))}</li>`)}</ul>`;
  return part(
    'chain',
    say('protocol.chain'),
    html`${state}${facts([
      [say('protocol.chainRecord'), html`${ofRun.number}: <code class="hash">${ofRun.hash}</code>`],
      [say('protocol.chainHead'), head !== null && html`${head.number}: <code class="hash">${head.hash}</code>`],
    ])}<p class="quiet">${say('protocol.chainCheck')}</p>`,
  );
}

const signaturesPart = (): Html =>
  part(
    'signatures',
    say('protocol.signatures'),
    html`<p>${say('protocol.remarks')}:</p><div class="remarks"></div>
<div class="signatures">${(['made', 'checked', 'approved'] as const).map((role) => html`<div><div class="line"></div><p><strong>${say(`protocol.role.${role}`)}</strong><br>${say('protocol.sign')}</p></div>`)}</div>`,
  );

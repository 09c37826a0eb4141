import type { Language } from '../../core/text.ts';
import { fileName } from '../render/report-folder.ts';
import type { Report } from '../report.ts';
import type { FindingFile, FindingRow, ReportCodeCount } from '../report-model.ts';
import { both, number, say, words } from './bilingual.ts';
import { codesSection } from './codes-section.ts';
import { type Html, html } from './html.ts';
import { listSection } from './list-section.ts';
import { page } from './page-frame.ts';
import { pageFoot, pageLead, personalWarning } from './report-page.ts';
import { createRowData, LISTED_FINDINGS } from './row-data.ts';
import { severityTag } from './severity-tag.ts';
import { unitTitle } from './unit-names.ts';

/** Samples of a rule on the page of a unit. */
const SAMPLES = 10;

/** The page of one unit: its findings and nothing of any other unit, so that it can be sent to that unit. One pass over its rows. */
export async function unitPage(report: Report, file: FindingFile, language: Language): Promise<string> {
  const { model } = report;
  const { unit } = file;
  const csv = fileName(`${file.name}.csv`, model.personalData);
  const data = file.findings > LISTED_FINDINGS ? null : createRowData(model);
  const counts = createCodeCounts();
  for await (const row of report.rows({ unit })) {
    counts.add(row);
    data?.add(row);
  }
  const byCode = counts.byCode();
  const title = unit === null ? words('page.noUnitTitle') : words('page.unitTitle', { unit });
  return page({
    language,
    title: { pl: `${title.pl}: ${model.office}`, en: `${title.en}: ${model.office}` },
    lead: html`<p>${unitTitle(model, unit)}</p>${pageLead(model)}`,
    chapters: [
      { id: 'verdict', title: say('verdict.heading') },
      ...(file.findings > 0
        ? [
            { id: 'codes', title: say('codes.heading') },
            { id: 'list', title: say('list.heading') },
          ]
        : []),
    ],
    body: html`${personalWarning(model)}${sums(byCode)}
${codesSection(model, { byCode, csv, listed: data !== null })}
${listSection(data?.data() ?? null, file.findings, csv)}`,
    foot: pageFoot(model),
  }).html;
}

function sums(byCode: readonly ReportCodeCount[]): Html {
  const of = (wanted: string): number =>
    byCode.reduce((total, { severity, findings }) => (severity === wanted ? total + findings : total), 0);
  const bad = of('error') > 0;
  return html`<section class="verdict ${bad ? 'bad' : 'good'}" aria-labelledby="verdict"><h2 id="verdict"><span class="mark" aria-hidden="true">${bad ? '✕' : '✓'}</span> ${say(bad ? 'verdict.unitErrors' : 'verdict.unitClean')}</h2>${byCode.length > 0 && html`<p>${both(words('verdict.unitAsk'))}</p>`}</section>
<dl class="figures">${(['error', 'warning', 'info'] as const).map((severity) => html`<div><dt>${severityTag(severity)}</dt><dd>${number(of(severity))}</dd></div>`)}</dl>`;
}

/** Counts and first rows by code, severity and effect, as the report has them for the whole office. */
function createCodeCounts() {
  interface Counted extends Omit<ReportCodeCount, 'entities'> {
    findings: number;
    readonly samples: FindingRow[];
    readonly entities: Map<string, number>;
  }
  const found = new Map<string, Counted>();
  return {
    add(row: FindingRow): void {
      const { code, severity, effect, entity } = row;
      const id = `${code} ${severity} ${effect}`;
      const counted = found.get(id) ?? {
        code,
        severity,
        effect,
        findings: 0,
        samples: [],
        entities: new Map<string, number>(),
      };
      found.set(id, counted);
      counted.findings += 1;
      counted.entities.set(entity, (counted.entities.get(entity) ?? 0) + 1);
      if (counted.samples.length < SAMPLES) counted.samples.push(row);
    },
    byCode(): readonly ReportCodeCount[] {
      const order = { error: 0, warning: 1, info: 2 } as const;
      return [...found.values()]
        .toSorted(
          (a, b) => order[a.severity] - order[b.severity] || b.findings - a.findings || a.code.localeCompare(b.code),
        )
        .map((counted) => ({
          ...counted,
          entities: [...counted.entities]
            .map(([entity, findings]) => ({ entity, findings }))
            .toSorted((a, b) => b.findings - a.findings),
        }));
    },
  };
}

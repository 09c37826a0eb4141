import type { ReportModel } from '../report-model.ts';
import { number, say } from './bilingual.ts';
import { heatMap } from './heat-map.ts';
import { type Html, html } from './html.ts';
import { severityTag } from './severity-tag.ts';
import { unitSymbol, yearTitle } from './unit-names.ts';

/** Rows and columns that the heat maps show by themselves, so that they fit on a page of A4; the rest is summed. */
const [SHOWN_CODES, SHOWN_COLUMNS] = [30, 10];

/** Findings in sums: by severity, rule and unit, rule and year. */
export function findingsSection(model: ReportModel): Html {
  const { total, bySeverity } = model.findings;
  const heading = html`<h2 id="findings">${say('findings.heading')}</h2>`;
  if (total === 0) return html`<section aria-labelledby="findings">${heading}<p>${say('findings.none')}</p></section>`;
  return html`<section aria-labelledby="findings">${heading}
<dl class="figures">${(['error', 'warning', 'info'] as const).map(
    (severity) =>
      html`<div class="${severity}"><dt>${severityTag(severity)}</dt><dd>${number(bySeverity[severity])}</dd></div>`,
  )}</dl>
<p class="quiet">${say('findings.mapHelp')}</p>
${byUnit(model)}${byYear(model)}</section>`;
}

/** Distinct codes in the order of the report: errors first, then most findings. */
const codesOf = ({ findings }: ReportModel): readonly string[] => [...new Set(findings.byCode.map(({ code }) => code))];

const codeRows = (model: ReportModel) =>
  codesOf(model)
    .slice(0, SHOWN_CODES)
    .map((code) => ({ key: code, title: html`<a href="#code-${code}">${code}</a>` }));

/** null is a key of its own. */
const keyOf = (value: string | number | null): string => (value === null ? '\u0000null' : String(value));

function byUnit(model: ReportModel): Html | false {
  const { byUnit: units, codeByUnit } = model.findings;
  const most = units.toSorted((a, b) => weight(b) - weight(a)).slice(0, SHOWN_COLUMNS);
  const shown = units.filter((unit) => most.includes(unit));
  return heatMap({
    id: 'map-units',
    caption: say('findings.codeByUnit'),
    corner: say('column.rule'),
    rows: codeRows(model),
    columns: shown.map(({ unit }) => ({ key: keyOf(unit), title: unitSymbol(unit) })),
    otherRows: say('findings.otherCodes'),
    otherColumns: say('office.otherUnits'),
    cells: codeByUnit.map(({ code, unit, findings }) => ({ row: code, column: keyOf(unit), count: findings })),
  });
}

const weight = ({ error, warning, info }: { error: number; warning: number; info: number }): number =>
  error + warning + info;

function byYear(model: ReportModel): Html | false {
  const { byYear: years, codeByYear } = model.findings;
  const known = years.filter(({ year }) => year !== null).slice(-SHOWN_COLUMNS);
  const shown = [...known, ...years.filter(({ year }) => year === null)];
  return heatMap({
    id: 'map-years',
    caption: say('findings.codeByYear'),
    corner: say('column.rule'),
    rows: codeRows(model),
    columns: shown.map(({ year }) => ({ key: keyOf(year), title: yearTitle(year) })),
    otherRows: say('findings.otherCodes'),
    otherColumns: say('findings.earlier'),
    otherFirst: true,
    cells: codeByYear.map(({ code, year, findings }) => ({ row: code, column: keyOf(year), count: findings })),
  });
}

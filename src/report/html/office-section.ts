import type { ReportModel, ReportOffice } from '../report-model.ts';
import { type BarRow, barTable } from './bar-table.ts';
import { both, moment, number, say, size } from './bilingual.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { unitTitle } from './unit-names.ts';
import { yearChart } from './year-chart.ts';

/** Units shown with a bar of their own; the others are one. */
const SHOWN_UNITS = 20;

/** What is in the office: cases by year and unit, documents, letters, files. */
export function officeSection(model: ReportModel): Html {
  const { inOffice } = model;
  const heading = html`<h2 id="office">${say('office.heading')}</h2>`;
  if (inOffice === null)
    return html`<section aria-labelledby="office">${heading}<p>${say('office.gone')}</p></section>`;
  return html`<section aria-labelledby="office">${heading}
<dl class="figures">${figures(inOffice)}</dl>
${casesByYear(inOffice)}
<div class="columns">${casesByUnit(model, inOffice)}${documentsByKind(inOffice)}${lettersByYear(inOffice)}${filesBySize(inOffice)}</div>
<p class="quiet">${say('office.asOf')} ${moment(inOffice.asOf, model.timezone)}.</p></section>`;
}

function figures({ cases, folders, documents, contents }: ReportOffice): Html {
  const figure = (title: HtmlValue, value: HtmlValue, note: HtmlValue = false): Html =>
    html`<div><dt>${title}</dt><dd>${value}${note && html`<small>${note}</small>`}</dd></div>`;
  const { copied } = contents;
  return html`${figure(say('office.cases'), number(sum(cases, 'cases')))}
${figure(say('office.folders'), number(folders.total), html`${say('office.withoutCase')} ${number(folders.withoutCase)}`)}
${figure(say('office.documents'), number(sum(documents, 'documents')))}
${figure(say('office.files'), number(contents.files), copied !== null && say('office.copied', { stored: number(copied.stored), failed: number(copied.failed) }))}
${figure(say('office.bytes'), both(size(contents.bytes)))}`;
}

function casesByYear({ cases }: ReportOffice): Html | false {
  const years = [...new Set(cases.map(({ year }) => year))].toSorted((a, b) => (a ?? 9999) - (b ?? 9999));
  if (years.length === 0) return false;
  const columns = years.map((year) => {
    const own = cases.filter((each) => each.year === year);
    const closed = sum(own, 'closed');
    return { year, full: closed, rest: sum(own, 'cases') - closed };
  });
  return yearChart({
    id: 'cases-by-year',
    title: say('office.casesByYear'),
    full: say('office.closed'),
    rest: say('office.open'),
    columns,
  });
}

function casesByUnit(model: ReportModel, { cases }: ReportOffice): Html | false {
  const units = [...new Set(cases.map(({ unit }) => unit))].map((unit) => {
    const own = cases.filter((each) => each.unit === unit);
    return { unit, value: sum(own, 'cases'), part: sum(own, 'closed') };
  });
  if (units.length === 0) return false;
  const sorted = units.toSorted((a, b) => b.value - a.value);
  const rows: BarRow[] = sorted
    .slice(0, SHOWN_UNITS)
    .map(({ unit, ...bar }) => ({ title: unitTitle(model, unit), ...bar, more: [number(bar.part)] }));
  const others = sorted.slice(SHOWN_UNITS);
  const rest = { value: sum(others, 'value'), part: sum(others, 'part') };
  if (others.length > 0) rows.push({ title: say('office.otherUnits'), ...rest, more: [number(rest.part)] });
  return barTable({
    caption: say('office.casesByUnit'),
    columns: [say('column.unit'), say('office.cases'), say('office.closed')],
    rows,
  });
}

function documentsByKind({ documents }: ReportOffice): Html | false {
  if (documents.length === 0) return false;
  const rows = documents.slice(0, 15).map(({ kind, documents: value }) => ({ title: kindTitle(kind), value }));
  return barTable({
    caption: say('office.documentsByKind'),
    columns: [say('column.kind'), say('office.documents')],
    rows,
  });
}

const kindTitle = (kind: string | null): Html =>
  kind === null ? html`–` : kind === '*' ? say('findings.other') : html`<bdi>${kind}</bdi>`;

function lettersByYear({ letters }: ReportOffice): Html | false {
  if (letters.length === 0) return false;
  const rows = letters.map(({ year, incoming, outgoing }) => ({
    title: html`${year ?? '–'}`,
    value: incoming,
    more: [number(outgoing)],
  }));
  return barTable({
    caption: say('office.lettersByYear'),
    columns: [say('column.year'), say('office.incoming'), say('office.outgoing')],
    rows,
  });
}

function filesBySize({ contents }: ReportOffice): Html | false {
  if (contents.files === 0) return false;
  const lastBound = contents.bySize.findLast(({ upTo }) => upTo !== null)?.upTo ?? 0;
  const title = (upTo: number | null): Html => {
    if (upTo === 0) return say('office.empty');
    return say(upTo === null ? 'office.over' : 'office.upTo', { size: bound(upTo ?? lastBound) });
  };
  const rows: BarRow[] = contents.bySize.map(({ upTo, files, bytes }) => ({
    title: title(upTo),
    value: files,
    more: [both(size(bytes))],
  }));
  if (contents.withoutSize > 0)
    rows.push({ title: say('office.withoutSize'), value: contents.withoutSize, more: ['–'] });
  return barTable({
    caption: say('office.filesBySize'),
    columns: [say('column.size'), say('column.files'), say('office.bytes')],
    rows,
  });
}

/** Bounds of size classes are whole kilobytes and megabytes of 1,024. */
const bound = (bytes: number): string =>
  bytes < 1 << 20 ? `${Math.round(bytes / 1024)}\u00A0kB` : `${Math.round(bytes / 1024 ** 2)}\u00A0MB`;

const sum = <Key extends string>(list: readonly Readonly<Record<Key, number>>[], member: Key): number =>
  list.reduce((total, each) => total + each[member], 0);

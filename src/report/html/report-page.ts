import type { Language } from '../../core/text.ts';
import { fileName } from '../render/report-folder.ts';
import type { Report } from '../report.ts';
import type { ReportModel } from '../report-model.ts';
import { aboutSection, unitsSection } from './about-section.ts';
import { moment, say, words } from './bilingual.ts';
import { booksSection } from './books-section.ts';
import { codesSection } from './codes-section.ts';
import { decidedSections } from './decided-sections.ts';
import { findingsSection } from './findings-section.ts';
import { type Html, html } from './html.ts';
import { listSection } from './list-section.ts';
import { officeSection } from './office-section.ts';
import type { PageData } from './page-dom.ts';
import { page } from './page-frame.ts';
import { createRowData, LISTED_FINDINGS } from './row-data.ts';
import { verdictSection } from './verdict-section.ts';

/**
 * `report.html`: the whole report of a run as one self-contained page. Holds at most `LISTED_FINDINGS` findings in memory and in the page; of more it shows sums
 * and samples and names the CSV.
 */
export async function reportPage(report: Report, language: Language): Promise<string> {
  const { model } = report;
  const { total } = model.findings;
  const csv = fileName(model.files.findings, model.personalData);
  const data = total > LISTED_FINDINGS ? null : await rowsOf(report);
  const title = words(model.run.kind === 'validation' ? 'page.titleValidation' : 'page.title');
  return page({
    language,
    title: { pl: `${title.pl}: ${model.office}`, en: `${title.en}: ${model.office}` },
    lead: pageLead(model),
    chapters: chaptersOf(model),
    body: html`${personalWarning(model)}${verdictSection(model)}${officeSection(model)}${findingsSection(model)}
${codesSection(model, { byCode: model.findings.byCode, csv, listed: data !== null })}
${listSection(data, total, csv)}
${unitsSection(model)}${booksSection(model)}${decidedSections(model)}${aboutSection(model)}`,
    foot: pageFoot(model),
  }).html;
}

async function rowsOf({ model, rows }: Report): Promise<PageData> {
  const data = createRowData(model);
  for await (const row of rows()) data.add(row);
  return data.data();
}

function chaptersOf({ findings, files, changes, corrections, decisions }: ReportModel) {
  const found = findings.total > 0;
  const chapters: readonly (readonly [boolean, string, Html])[] = [
    [true, 'verdict', say('verdict.heading')],
    [true, 'office', say('office.heading')],
    [true, 'findings', say('findings.heading')],
    [found, 'codes', say('codes.heading')],
    [found, 'list', say('list.heading')],
    [files.units.length > 0, 'units', say('units.heading')],
    [true, 'books', say('books.heading')],
    [changes !== null, 'changes', say('changes.heading')],
    [Object.keys(decisions).length > 0, 'decisions', say('decisions.heading')],
    [corrections !== null, 'corrections', say('corrections.heading')],
    [true, 'about', say('about.heading')],
  ];
  return chapters.filter(([there]) => there).map(([, id, title]) => ({ id, title }));
}

/** Which run, when. */
export function pageLead({ run, timezone }: ReportModel): Html {
  const dry = run.kind === 'validation';
  return html`<p>${say(dry ? 'page.validation' : 'page.run')} ${run.id}, ${moment(run.finishedAt ?? run.startedAt, timezone)}${dry && html` (${say('page.dryRun')})`}</p>`;
}

export const personalWarning = ({ personalData }: ReportModel): Html | false =>
  personalData && html`<p class="warn">${say('page.personal')}</p>`;

export const pageFoot = ({ personalData, generatedAt, run, timezone }: ReportModel): Html =>
  html`<p>${say('page.made')} ${moment(generatedAt, timezone)}, ezd-migrate ${run.toolVersion}. ${!personalData && say('page.masked')}</p>`;

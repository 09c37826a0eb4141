import type { Language } from '../../core/text.ts';
import { moment, number } from '../../report/html/bilingual.ts';
import { type Html, html } from '../../report/html/html.ts';
import { page } from '../../report/html/page-frame.ts';
import type { Comparison } from '../against/comparison.ts';
import type { Picture } from '../picture.ts';
import { againstSection } from './against-section.ts';
import { overviewSection } from './overview-section.ts';
import { referencesSection } from './references-section.ts';
import { tablesSection } from './tables-section.ts';
import { tell, told } from './tell.ts';

/** For whom the page is made: the language that is shown first, and the zone of its times (IANA). */
export interface PageReaders {
  readonly language: Language;
  readonly timezone: string;
}

/** `inspect.html`: the picture as one self-contained page, in both languages. */
export function inspectPage(picture: Picture, against: Comparison | null, { language, timezone }: PageReaders): string {
  const { drawn, references } = picture;
  const chapters = [
    { id: 'summary', title: tell('summary') },
    ...(against === null ? [] : [{ id: 'against', title: tell('against') }]),
    { id: 'tables', title: tell('tables') },
    ...(references.length === 0 ? [] : [{ id: 'references', title: tell('references') }]),
    { id: 'each', title: tell('each') },
  ];
  return page({
    language,
    title: titleOf(picture),
    lead: html`<p>${tell('lead', { at: moment(drawn.at, timezone), by: drawn.by })}</p>`,
    chapters,
    body: html`${summarySection(picture)}
${against !== null && againstSection(against)}
${overviewSection(picture)}
${references.length > 0 && referencesSection(references)}
${tablesSection(picture)}`,
    foot: html`<p>${tell('foot')}</p>`,
  }).html;
}

function titleOf({ source: { kind, database } }: Picture): { readonly pl: string; readonly en: string } {
  const name =
    database !== null
      ? { pl: database.name, en: database.name }
      : told(kind === 'package' ? 'title.package' : 'title.csv');
  return { pl: told('title', { name: name.pl }).pl, en: told('title', { name: name.en }).en };
}

function summarySection(picture: Picture): Html {
  const { tables, references, source } = picture;
  const columns = tables.flatMap((table) => table.columns);
  const personal = columns.filter((column) => column.personal !== 'none' && column.personal !== 'text');
  const figures = [
    ['tables', tables.length],
    ['columns', columns.length],
    ['rowsRead', tables.reduce((sum, { read }) => sum + read.rows, 0)],
    ['codeColumns', columns.filter(({ codes }) => codes !== null).length],
    ['references', references.length],
    ['personalColumns', personal.length],
  ] as const;
  return html`<section aria-labelledby="summary"><h2 id="summary">${tell('summary')}</h2>
<dl class="figures">${figures.map(([key, count]) => html`<div><dt>${tell(key)}</dt><dd>${number(count)}</dd></div>`)}</dl>
${readNotes(picture)}
${source.database !== null && databaseFacts(picture)}</section>`;
}

function readNotes({ tables }: Picture): Html {
  const partly = tables.filter(({ read }) => read.how !== 'all' && read.how !== 'nothing');
  const not = tables.filter(({ read }) => read.how === 'nothing');
  const names = (of: typeof tables): string => of.map(({ name }) => name).join(', ');
  return html`<p>${partly.length === 0 ? tell('allRead') : tell('sampled', { tables: names(partly) })}${not.length > 0 && html` ${tell('unread', { tables: names(not) })}`}</p>`;
}

function databaseFacts({ source, tables }: Picture): Html {
  const database = source.database!;
  const yes = (value: boolean): Html => tell(value ? 'yes' : 'no');
  const versions = tables.filter(({ design }) => design !== null && design.rowVersion !== null).map(({ name }) => name);
  const facts: readonly (readonly [Parameters<typeof tell>[0], Html | string])[] = [
    ['database.version', database.version],
    ['database.collation', database.collation],
    ['database.level', String(database.compatibilityLevel)],
    ['database.snapshot', yes(database.snapshotIsolation)],
    ['database.committed', yes(database.readCommittedSnapshot)],
    ['database.tracking', yes(database.changeTracking)],
    ['database.versions', versions.length === 0 ? tell('none') : versions.join(', ')],
  ];
  return html`<h3>${tell('database')}</h3>
<dl class="facts">${facts.map(([key, value]) => html`<div><dt>${tell(key)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

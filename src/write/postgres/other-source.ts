/**
 * Runs of an office that read another family of sources, as a subquery: packages beside the office's database. What they loaded is not of this source, so that its
 * absence there says nothing. `s`: quoted ledger schema; `source`: kind of this source, absent: a database.
 */
export const runsOfOtherSources = (s: string, office: string, source: string | undefined): string =>
  `(SELECT o.id FROM ${s}.run o WHERE o.office = '${office.replaceAll("'", "''")}' AND (coalesce(o.options ->> 'source', '') = 'package') <> ${String(source === 'package')})`;

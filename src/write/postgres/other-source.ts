/** Whether a run read packages; runs of before sources were noted read a database. `r`: alias of the run. The same in the ledger's own words: `isOfFamily`. */
export const READ_PACKAGES = (r: string): string => `(coalesce(${r}.options ->> 'source', '') = 'package')`;

/**
 * Runs of an office that read another family of sources, as a subquery: packages beside the office's database. What they loaded is not of this source, so that its
 * absence there says nothing. `s`: quoted ledger schema; `source`: kind of this source, absent: a database.
 */
export const runsOfOtherSources = (s: string, office: string, source: string | undefined): string =>
  `(SELECT o.id FROM ${s}.run o WHERE o.office = '${office.replaceAll("'", "''")}' AND ${READ_PACKAGES('o')} <> ${String(source === 'package')})`;

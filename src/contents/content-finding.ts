import { type ContentFindingCode, severityOf } from '../core/content-codes.ts';
import type { Finding } from '../core/finding.ts';
import type { ContentItem, ContentPlace, PlaceProblem } from './content.ts';

/** Entities that findings are reported on. */
export interface ContentEntities {
  readonly document: string;
  readonly content: string;
}
export const CONTENT_ENTITIES: ContentEntities = { document: 'dokument', content: 'tresc' };

type Subject = Pick<ContentItem, 'contentId' | 'documentKey'>;

/** A finding on the document the content belongs to, else on the content itself. `value` is personal data (a path) and masked when shown. */
export function contentFinding(
  code: ContentFindingCode,
  subject: Subject,
  details: { readonly value?: string; readonly params?: Readonly<Record<string, string | number>> } = {},
  entities: ContentEntities = CONTENT_ENTITIES,
): Finding {
  const onDocument = subject.documentKey !== null;
  return {
    code,
    severity: severityOf(code),
    effect: 'load',
    entity: onDocument ? entities.document : entities.content,
    key: onDocument ? subject.documentKey : subject.contentId,
    ...(details.value === undefined ? {} : { value: details.value }),
    params: { content: subject.contentId, ...details.params },
  };
}

/** Why a content could not be read, from what its places said; the gravest place speaks. */
export function problemFinding(
  item: ContentItem,
  problems: readonly { readonly place: ContentPlace; readonly problem: PlaceProblem }[],
): { readonly code: ContentFindingCode; readonly value?: string; readonly params?: Record<string, string | number> } {
  const gravest = [...problems].sort((a, b) => rank(b.problem) - rank(a.problem))[0];
  if (gravest === undefined) return { code: 'CONTENT_MISSING', params: { reason: 'no-place', places: 0 } };
  const value = placeText(gravest.place);
  const params = { places: item.places.length };
  const { problem } = gravest;
  switch (problem.kind) {
    case 'root-gone':
    case 'missing':
      return { code: 'CONTENT_MISSING', value, params: { ...params, reason: 'not-found' } };
    case 'outside-root':
      return { code: 'CONTENT_OUTSIDE_ROOT', value, params };
    case 'ambiguous':
      return { code: 'CONTENT_AMBIGUOUS', value, params: { ...params, candidates: problem.candidates } };
    case 'no-path':
      return { code: 'CONTENT_UNREADABLE', value, params: { ...params, reason: `layout-needs-${problem.reason}` } };
    case 'unreadable':
      return { code: 'CONTENT_UNREADABLE', value, params: { ...params, reason: problem.reason } };
    case 'not-a-file':
    case 'changing':
      return { code: 'CONTENT_UNREADABLE', value, params: { ...params, reason: problem.kind } };
  }
}

const RANKS: readonly PlaceProblem['kind'][] = [
  'root-gone',
  'missing',
  'no-path',
  'not-a-file',
  'changing',
  'ambiguous',
  'unreadable',
  'outside-root',
];
const rank = (problem: PlaceProblem): number => RANKS.indexOf(problem.kind);

/** The place as people would look for it. May hold a file name: personal data. */
export const placeText = (place: ContentPlace): string =>
  place.kind === 'file' ? `${place.container}/${place.identifier}` : `${place.table}.${place.column}[${place.key}]`;

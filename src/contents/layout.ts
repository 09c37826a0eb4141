import type { ContentItem, ContentPlace } from './content.ts';

/**
 * How a container lies on disk, below a root. Every layout starts with the container's own folder unless `container: false`.
 * - `flat`: `<container>/<identifier>`
 * - `digits`: folders from the digits of the identifier: `groups: [2, 2]`, `from: left|right`, `pad: 8` → `<container>/12/34/12345678`
 * - `date`: folders from the creation date: `pattern: yyyy/MM/dd` → `<container>/2019/04/07/<identifier>`
 * - `template`: free, with `{container}`, `{id}`, `{name}`, `{ext}` (with its dot) and `{yyyy}`, `{MM}`, `{dd}`
 */
export type ContentLayout =
  | { readonly kind: 'flat'; readonly container?: boolean | undefined }
  | {
      readonly kind: 'digits';
      readonly groups: readonly number[];
      readonly from: 'left' | 'right';
      readonly pad?: number | undefined;
      readonly container?: boolean | undefined;
    }
  | { readonly kind: 'date'; readonly pattern: string; readonly container?: boolean | undefined }
  | { readonly kind: 'template'; readonly template: string };

export type FilePlace = Extract<ContentPlace, { kind: 'file' }>;

/** Path of a place below a root, as folder names; or why there is none. Pure. */
export type PlacePath =
  | { readonly segments: readonly string[] }
  | { readonly refused: 'outside-root' }
  | { readonly noPath: string };

export function placePath(layout: ContentLayout, item: ContentItem, place: FilePlace): PlacePath {
  const raw = rawPath(layout, item, place);
  if (typeof raw !== 'string') return raw;
  const segments = raw.split(/[/\\]/);
  return segments.every(isSafeSegment) ? { segments } : { refused: 'outside-root' };
}

function rawPath(layout: ContentLayout, item: ContentItem, place: FilePlace): string | { noPath: string } {
  if (layout.kind === 'template') return fillTemplate(layout.template, item, place);
  const head = layout.container === false ? '' : `${place.container}/`;
  switch (layout.kind) {
    case 'flat':
      return head + place.identifier;
    case 'digits': {
      const folders = digitFolders(place.identifier, layout);
      return folders === null ? { noPath: 'digits' } : `${head}${folders.join('/')}/${place.identifier}`;
    }
    case 'date': {
      const folders = fillDate(layout.pattern, item.created ?? null);
      return folders === null ? { noPath: 'date' } : `${head}${folders}/${place.identifier}`;
    }
  }
}

function digitFolders(identifier: string, layout: Extract<ContentLayout, { kind: 'digits' }>): string[] | null {
  if (!/^\d+$/.test(identifier)) return null;
  const digits = identifier.padStart(layout.pad ?? 0, '0');
  const wanted = layout.groups.reduce((sum, length) => sum + length, 0);
  if (digits.length < wanted) return null;
  const folders: string[] = [];
  let at = layout.from === 'left' ? 0 : digits.length;
  for (const length of layout.groups) {
    folders.push(layout.from === 'left' ? digits.slice(at, at + length) : digits.slice(at - length, at));
    at += layout.from === 'left' ? length : -length;
  }
  return folders;
}

function fillDate(pattern: string, created: string | null): string | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(created ?? '');
  if (date === null) return null;
  const [, year, month, day] = date as unknown as [string, string, string, string];
  return pattern.replaceAll('yyyy', year).replaceAll('MM', month).replaceAll('dd', day);
}

function fillTemplate(template: string, item: ContentItem, place: FilePlace): string | { noPath: string } {
  const values: Record<string, string | null> = {
    container: place.container,
    id: place.identifier,
    name: place.name,
    ext: /\.[^./\\]+$/.exec(place.name)?.[0] ?? '',
    yyyy: fillDate('yyyy', item.created ?? null),
    MM: fillDate('MM', item.created ?? null),
    dd: fillDate('dd', item.created ?? null),
  };
  let lacking: string | null = null;
  let unsafe = false;
  const path = template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (value === null) lacking = name;
    // A value fills one folder name; a separator inside it would lead elsewhere.
    if (value !== null && /[/\\]/.test(value)) unsafe = true;
    return value ?? '';
  });
  if (lacking !== null) return { noPath: lacking };
  return unsafe ? '..' : path;
}

const isSafeSegment = (segment: string): boolean =>
  segment !== '' && segment !== '.' && segment !== '..' && !segment.includes('\0') && !/^[A-Za-z]:$/.test(segment);

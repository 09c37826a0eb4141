import { openDigestTable } from '../../core/digest-table.ts';
import { contentKey, documentKeyOf, folderId } from './item-keys.ts';
import type { KnownCase, KnownRecords } from './known-records.ts';
import { caseSignOf, type PackageItem } from './read-package.ts';

/** What of the packages the store holds already (`known-records.ts`). */
export interface KnownMarks {
  case(sign: string): KnownCase | undefined;
  folder(key: string): boolean;
  document(key: string): boolean;
  content(key: string): boolean;
}

export interface MarkCollector {
  /** Takes an object; its marks are there once `settled` was called with it. */
  add(item: PackageItem): Promise<void>;
  /** Asks for what is left. */
  finish(): Promise<KnownMarks>;
}

/** Objects asked about together. */
const CHUNK = 1000;

/** Asks the store about objects, many at once. `settled` is told of each whether its folder or its case is there, in the order they came. */
export function collectMarks(
  known: KnownRecords,
  settled: (item: PackageItem, isKnown: boolean) => void,
): MarkCollector {
  const cases = new Map<string, KnownCase>();
  const folders = openDigestTable();
  const documents = openDigestTable();
  const contents = openDigestTable();
  let waiting: PackageItem[] = [];
  const isKnown = ({ object }: PackageItem): boolean => {
    const [folder, sign] = [folderId(object), caseSignOf(object)];
    return (folder !== null && folders.has(folder)) || (sign !== null && cases.has(sign));
  };
  const ask = async (): Promise<void> => {
    const items = waiting;
    waiting = [];
    const signs = unique(items.map(({ object }) => caseSignOf(object)));
    for (const [sign, found] of await known.cases(signs)) cases.set(sign, found);
    const papers = items.filter(({ kind }) => kind === 'document');
    const asked = [
      ['koszulka', folders, papers.map(({ object }) => folderId(object))],
      ['dokument', documents, papers.map(documentKeyOf)],
      ['tresc', contents, papers.flatMap((item) => item.files.map((file) => contentKey(item, file)))],
    ] as const;
    for (const [entity, into, keys] of asked)
      for (const key of await known.among(entity, unique(keys))) into.set(key, 1);
    for (const item of items) settled(item, isKnown(item));
  };
  return {
    add: async (item) => {
      waiting.push(item);
      if (waiting.length >= CHUNK) await ask();
    },
    finish: async () => {
      if (waiting.length > 0) await ask();
      for (const { folder } of cases.values()) folders.set(folder, 1);
      return {
        case: (sign) => cases.get(sign),
        folder: (key) => folders.has(key),
        document: (key) => documents.has(key),
        content: (key) => contents.has(key),
      };
    },
  };
}

const unique = (keys: readonly (string | null)[]): string[] => [
  ...new Set(keys.filter((key): key is string => key !== null)),
];

import type { SourceValue } from '../../core/record.ts';
import type { PackageLinks } from './link-objects.ts';
import type { PackageItem } from './read-package.ts';

/** A table that packages are read as. Every value is text but sizes, numbers and flags. */
export interface PackageTable {
  /** `paczka.<name>`. */
  readonly name: string;
  readonly comment: string;
  /** Column → what it holds. The first is the key. */
  readonly columns: Readonly<Record<string, string>>;
  rows(item: PackageItem, links: PackageLinks): readonly Row[];
  /** Kind of object that gives rows; absent: both. Files of the other kind are not read. */
  readonly of?: PackageItem['kind'];
  /** Needs what only all objects together tell, so that they are read once before. */
  readonly linked?: boolean;
}
export type Row = Readonly<Record<string, SourceValue>>;

/** Key of the n-th thing that an object repeats. */
export const child = (item: PackageItem, index: number): string => `${item.key}|${index}`;

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
  /** Whether an object may give rows, as far as the links know it by its ordinal; others are not read again. Absent: each may. */
  reads?(links: PackageLinks, ordinal: number): boolean;
  /** Kind of object that gives rows; absent: both. Files of the other kind are not read. */
  readonly of?: PackageItem['kind'];
}
export type Row = Readonly<Record<string, SourceValue>>;

/** Key of the n-th thing that an object repeats. */
export const child = (item: PackageItem, index: number): string => `${item.key}|${index}`;

/** What the column `w_magazynie` says. */
export const IN_STORE = 'czy magazyn ma już ten rekord, wczytany z bazy urzędu';

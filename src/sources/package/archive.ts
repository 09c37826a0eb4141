import type { PackageCode } from '../../core/package-codes.ts';

/** A package as its container shows it: files by name. Kinds: an uncompressed TAR, a ZIP, a folder. */
export interface Archive {
  readonly kind: 'tar' | 'zip' | 'folder';
  /** Regular files in the order of the container, their names safe and with `/`; everything else is in `remarks`. */
  readonly files: FileList;
  /** What was odd, lenient or refused while the names were read. */
  readonly remarks: readonly Remark[];
  /** Streams one file. Never unpacks to disk. Throws EzdError SOURCE_UNREADABLE when the container is broken there. */
  open(file: ArchiveFile): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Files by number; each is made when it is asked for, since a package may have hundreds of thousands. */
export interface FileList extends Iterable<ArchiveFile> {
  readonly length: number;
  /** Throws RangeError when there is none. */
  at(index: number): ArchiveFile;
  find(path: string): ArchiveFile | undefined;
}

export interface ArchiveFile {
  /** `dokumenty/a.pdf`. Personal data. */
  readonly path: string;
  readonly size: number;
  /** Where it is; meant for the archive alone. */
  readonly at: number;
}

/** Something to be said about a package; becomes a finding. */
export interface Remark {
  readonly code: PackageCode;
  /** Path in the package. Personal data: masked when shown. */
  readonly path?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Limits against containers made to harm. */
export interface ArchiveLimits {
  /** Bytes of all files unpacked. */
  readonly totalBytes: number;
  /** Unpacked to packed size of a file over 10 MB. */
  readonly ratio: number;
  readonly files: number;
}
export const ARCHIVE_LIMITS: ArchiveLimits = { totalBytes: 2 ** 40, ratio: 200, files: 5_000_000 };

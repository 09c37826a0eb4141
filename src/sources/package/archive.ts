/** A package as its container shows it: files by name. Kinds: an uncompressed TAR, a ZIP, a folder. */
export interface Archive {
  readonly kind: 'tar' | 'zip' | 'folder';
  /** Regular files in the order of the container, their names safe and with `/`; everything else is in `remarks`. */
  readonly files: readonly ArchiveFile[];
  /** What was odd, lenient or refused while the names were read. */
  readonly remarks: readonly Remark[];
  /** Streams one file. Never unpacks to disk. Throws EzdError SOURCE_UNREADABLE when the container is broken there. */
  open(file: ArchiveFile): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
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

/** Codes of what is said about packages: leniencies used, things refused, checks not met. Severity in `package-codes.ts`. */
export type PackageCode =
  | 'PACKAGE_NAME_BACKSLASH'
  | 'PACKAGE_NAME_ENCODING'
  | 'PACKAGE_NAME_UNSAFE'
  | 'PACKAGE_NAME_REPEATED'
  | 'PACKAGE_NAME_COLLISION'
  | 'PACKAGE_TOP_FOLDER'
  | 'PACKAGE_NOT_A_FILE'
  | 'PACKAGE_EXTENSION'
  | 'PACKAGE_TRUNCATED'
  | 'PACKAGE_NO_END'
  | 'PACKAGE_FOLDER_MISSING'
  | 'PACKAGE_EXTRA_FILE'
  | 'PACKAGE_METADATA_MISSING'
  | 'PACKAGE_DOCUMENT_MISSING'
  | 'PACKAGE_XML_BROKEN'
  | 'PACKAGE_XML_REFUSED'
  | 'PACKAGE_XML_LENIENT'
  | 'PACKAGE_XML_INVALID'
  | 'PACKAGE_CASE_MISSING'
  | 'PACKAGE_GROUP_MISSING'
  | 'PACKAGE_RELATION_OPEN'
  | 'PACKAGE_RECEIPT_ALONE'
  | 'PACKAGE_SIZE_MISMATCH'
  | 'PACKAGE_OBJECT_REPEATED'
  | 'PACKAGE_CHECKSUM_MISMATCH'
  | 'PACKAGE_SIGNATURE_MISMATCH';

/** Limits against containers made to harm. */
export interface ArchiveLimits {
  /** Bytes of all files unpacked. */
  readonly totalBytes: number;
  /** Unpacked to packed size of a file over 10 MB. */
  readonly ratio: number;
  readonly files: number;
}
export const ARCHIVE_LIMITS: ArchiveLimits = { totalBytes: 2 ** 40, ratio: 200, files: 5_000_000 };

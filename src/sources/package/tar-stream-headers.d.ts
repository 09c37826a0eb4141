/** The header codec inside tar-stream, which its own types leave out. */
declare module 'tar-stream/headers.js' {
  export interface TarHeader {
    readonly name: string;
    readonly size: number;
    readonly type: string | null;
    readonly linkname: string | null;
  }
  /** null: a block of zeros. Throws when the checksum is wrong or the format unknown. */
  export function decode(block: Buffer, encoding?: string, allowUnknownFormat?: boolean): TarHeader | null;
  export function decodeLongPath(content: Buffer, encoding?: string): string;
  export function decodePax(content: Buffer): Readonly<Record<string, string>>;
}

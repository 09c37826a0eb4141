import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { type Headers, pack } from 'tar-stream';

export type ArchiveParts = readonly (readonly [name: string, content: string | Buffer, header?: Partial<Headers>])[];

/** All files of a folder, as parts of an archive. */
export function partsOf(folder: string): ArchiveParts {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)] as const;
    })
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** A TAR; a header with a `type` makes links and devices. */
export async function makeTar(parts: ArchiveParts): Promise<Buffer> {
  const tar = pack();
  for (const [name, content, header] of parts) tar.entry({ name, ...header }, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface ZipOptions {
  /** Sets the UTF-8 flag; names are then UTF-8, else the bytes given. */
  readonly utf8?: boolean;
  /** Directory says another unpacked size than there is. */
  readonly lie?: number;
  /** External attributes, for links. */
  readonly mode?: number;
}

/** A ZIP of deflated files; names may be anything, also what no honest program writes. */
export function makeZip(
  parts: readonly (readonly [name: string | Buffer, content: string | Buffer])[],
  options: ZipOptions = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name as string);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(options.utf8 === false ? 0 : 0x800, 2);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(crc32(bytes), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(options.lie ?? bytes.length, 18);
    fixed.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, nameBytes, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((options.mode ?? 0) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), fixed, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listed, Buffer.from('PK\u0005\u0006'), end]);
}

import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A repository as an office's looks: mostly PDF and XML of some ten kilobytes, scans, office documents; and a few films. */
export interface Tree {
  readonly files: number;
  readonly bytes: number;
}

const CONTAINER = 'EZD.PRZYKLADOWO.FLAT.MAIN';
const STARTS: readonly (readonly [share: number, start: string])[] = [
  [0.55, '%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n'],
  [0.75, '<?xml version="1.0" encoding="utf-8"?>\n<Dokument xmlns="http://example.org/pismo">\n'],
  [0.9, '\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000\u0001\u0001'],
  [1, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'],
];

/** Files `<root>/<container>/<id>`; ids from 1, the big ones last. The same bytes every time. */
export function makeTree(root: string, small: number, big: number, bigBytes: number): Tree {
  const folder = join(root, CONTAINER);
  mkdirSync(folder, { recursive: true });
  const random = generator(20_261_125);
  const pool = Buffer.alloc(16 << 20);
  for (let at = 0; at < pool.length; at += 4) pool.writeUInt32LE(random(), at);
  let bytes = 0;
  for (let id = 1; id <= small; id++) {
    const size = 2000 + Math.floor((random() / 2 ** 32) * (random() / 2 ** 32) * 400_000);
    const from = random() % (pool.length - size);
    const file = Buffer.from(pool.subarray(from, from + size));
    const kind = random() / 2 ** 32;
    file.write(STARTS.find(([share]) => kind < share)?.[1] ?? '', 'latin1');
    file.writeUInt32LE(id, size - 8);
    writeFileSync(join(folder, String(id)), file);
    bytes += size;
  }
  for (let id = small + 1; id <= small + big; id++) {
    const fd = openSync(join(folder, String(id)), 'w');
    for (let written = 0; written < bigBytes; written += pool.length) {
      pool.writeUInt32LE(id, 0);
      pool.writeUInt32LE(written / pool.length, 4);
      writeSync(fd, pool);
    }
    closeSync(fd);
    bytes += bigBytes;
  }
  return { files: small + big, bytes };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

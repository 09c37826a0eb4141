import { openNumberList } from '../../core/number-list.ts';

/** Texts by number, kept as UTF-8 in few large pieces: a tenth of what as many strings in objects need. */
export interface TextList {
  readonly length: number;
  at(index: number): string;
  /** Returns where it lies. Lone surrogates become U+FFFD. */
  push(text: string): number;
}

const PIECE = 1 << 18;

export function openTextList(): TextList {
  const pieces: Buffer[] = [];
  const places = openNumberList((length) => new Uint32Array(length));
  const sizes = openNumberList((length) => new Uint32Array(length));
  let used = PIECE;
  return {
    get length() {
      return sizes.length;
    },
    at: (index) => {
      const [piece, start] = [places.at(index * 2), places.at(index * 2 + 1)];
      return pieces[piece]?.toString('utf8', start, start + sizes.at(index)) ?? '';
    },
    push: (text) => {
      const size = Buffer.byteLength(text);
      if (used + size > (pieces.at(-1)?.length ?? 0)) {
        pieces.push(Buffer.allocUnsafeSlow(Math.max(PIECE, size)));
        used = 0;
      }
      pieces.at(-1)?.write(text, used);
      places.push(pieces.length - 1);
      places.push(used);
      used += size;
      return sizes.push(size);
    },
  };
}

import { type DigestTable, openDigestTable } from './digest-table.ts';
import type { LegacyKey } from './record.ts';

const PAGE_BITS = 16;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/**
 * A set of keys that stays small: one bit for each non-negative integer key in pages of 65,536 keys (8 KiB), digests of 128 bits for the rest.
 * Ten million dense keys take 1.25 MB, as many texts some 500 MB whatever their length.
 */
export class KeyBitmap {
  readonly #pages = new Map<number, Uint32Array>();
  #texts: DigestTable | null = null;
  #lastPage = -1;
  #last: Uint32Array = new Uint32Array(0);

  /** Adds an integer key; true when it was there already. */
  addInteger(key: number): boolean {
    const page = this.#page(Math.floor(key / (PAGE_MASK + 1)));
    const bit = key & PAGE_MASK;
    const word = page[bit >>> 5]!;
    const mask = 1 << (bit & 31);
    if ((word & mask) !== 0) return true;
    page[bit >>> 5] = word | mask;
    return false;
  }

  hasInteger(key: number): boolean {
    const page = this.#pages.get(Math.floor(key / (PAGE_MASK + 1)));
    if (page === undefined) return false;
    const bit = key & PAGE_MASK;
    return (page[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** Adds any other key; true when it was there already. */
  addText(key: string): boolean {
    this.#texts ??= openDigestTable();
    return this.#texts.add(key);
  }

  hasText(key: string): boolean {
    return this.#texts?.has(key) ?? false;
  }

  /** Adds a legacy key of either kind; true when it was there already. */
  add(key: LegacyKey): boolean {
    return typeof key === 'number' ? this.addInteger(key) : this.addText(key);
  }

  has(key: LegacyKey): boolean {
    return typeof key === 'number' ? this.hasInteger(key) : this.hasText(key);
  }

  #page(number: number): Uint32Array {
    if (number === this.#lastPage) return this.#last;
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint32Array((PAGE_MASK + 1) >>> 5);
      this.#pages.set(number, page);
    }
    this.#lastPage = number;
    this.#last = page;
    return page;
  }
}

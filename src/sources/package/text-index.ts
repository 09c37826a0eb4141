import { randomBytes } from 'node:crypto';
import { openNumberList } from '../../core/number-list.ts';

/** Finds the members of a list by a text that the list itself keeps: the index holds nothing but numbers. */
export interface TextIndex {
  /** Members with this text, in the order in which they were added. */
  members(text: string): Generator<number>;
  /** Adds the next member of the list. */
  add(text: string): void;
}

const FREE = -1;

/** `textOf`: the text of a member, the one it was added with. */
export function openTextIndex(textOf: (member: number) => string): TextIndex {
  const seed = randomBytes(4).readInt32LE();
  // By slot the last member of a text; by member the next one of the same text, by the last one the first.
  let lasts = new Int32Array(1024).fill(FREE);
  const nexts = openNumberList((length) => new Int32Array(length));
  let texts = 0;

  const slotOf = (text: string): number => {
    let slot = hash(text, seed) & (lasts.length - 1);
    for (;;) {
      const last = lasts[slot] ?? FREE;
      if (last === FREE || textOf(last) === text) return slot;
      slot = (slot + 1) & (lasts.length - 1);
    }
  };
  const grow = (): void => {
    const old = lasts;
    lasts = new Int32Array(old.length * 2).fill(FREE);
    for (const last of old) if (last !== FREE) lasts[slotOf(textOf(last))] = last;
  };
  return {
    *members(text) {
      const last = lasts[slotOf(text)] ?? FREE;
      if (last === FREE) return;
      let member = last;
      do {
        member = nexts.at(member);
        yield member;
      } while (member !== last);
    },
    add: (text) => {
      const slot = slotOf(text);
      const last = lasts[slot] ?? FREE;
      const member = nexts.length;
      nexts.push(last === FREE ? member : nexts.at(last));
      if (last === FREE) texts += 1;
      else nexts.set(last, member);
      lasts[slot] = member;
      if (texts * 5 > lasts.length * 4) grow();
    },
  };
}

/** FNV-1a over the code units; the seed keeps made-up names from falling into one slot. */
function hash(text: string, seed: number): number {
  let value = seed ^ 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x0100_0193);
  return (value ^ (value >>> 15)) >>> 0;
}

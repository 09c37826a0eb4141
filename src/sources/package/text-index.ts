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
  // By slot the first and the last member of a text; by member the next one of the same text.
  let firsts = new Int32Array(1024).fill(FREE);
  let lasts = new Int32Array(1024);
  const nexts = openNumberList((length) => new Int32Array(length));
  let texts = 0;

  const slotOf = (text: string): number => {
    let slot = hash(text, seed) & (firsts.length - 1);
    for (;;) {
      const first = firsts[slot] ?? FREE;
      if (first === FREE || textOf(first) === text) return slot;
      slot = (slot + 1) & (firsts.length - 1);
    }
  };
  const grow = (): void => {
    const [oldFirsts, oldLasts] = [firsts, lasts];
    firsts = new Int32Array(oldFirsts.length * 2).fill(FREE);
    lasts = new Int32Array(oldFirsts.length * 2);
    for (const [slot, first] of oldFirsts.entries()) {
      if (first === FREE) continue;
      const free = slotOf(textOf(first));
      firsts[free] = first;
      lasts[free] = oldLasts[slot] ?? first;
    }
  };
  return {
    *members(text) {
      for (let member = firsts[slotOf(text)] ?? FREE; member !== FREE; member = nexts.at(member)) yield member;
    },
    add: (text) => {
      const slot = slotOf(text);
      const member = nexts.push(FREE);
      if (firsts[slot] === FREE) {
        firsts[slot] = member;
        texts += 1;
      } else {
        nexts.set(lasts[slot] ?? FREE, member);
      }
      lasts[slot] = member;
      if (texts * 3 > firsts.length * 2) grow();
    },
  };
}

/** FNV-1a over the code units; the seed keeps made-up names from falling into one slot. */
function hash(text: string, seed: number): number {
  let value = seed ^ 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x0100_0193);
  return (value ^ (value >>> 15)) >>> 0;
}

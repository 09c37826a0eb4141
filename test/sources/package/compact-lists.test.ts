import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDigestTable } from '../../../src/core/digest-table.ts';
import { openNumberList } from '../../../src/core/number-list.ts';
import { openFileBook } from '../../../src/sources/package/file-book.ts';
import { openTextIndex } from '../../../src/sources/package/text-index.ts';
import { openTextList } from '../../../src/sources/package/text-list.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 200 });
const many = Array.from({ length: 5000 }, (_, i) => `dokumenty/${i % 3000}.pdf`);

describe('lists in few bytes', () => {
  it('a list of numbers gives back what was put in, also what was changed later', () => {
    const list = openNumberList((length) => new Float64Array(length));
    for (let i = 0; i < 5000; i++) expect(list.push(i * 2 ** 33)).toBe(i);
    list.set(4000, -1);
    expect([list.length, list.at(4999), list.at(4000), list.at(5000)]).toEqual([5000, 4999 * 2 ** 33, -1, 0]);
  });

  it('a list of texts gives back each text, long ones and empty ones too', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const list = openTextList();
        for (const text of all) list.push(text);
        expect(Array.from({ length: list.length }, (_, i) => list.at(i))).toEqual(all);
      }),
    );
    const list = openTextList();
    const long = 'ż'.repeat(400_000);
    for (const text of ['a', long, 'b']) list.push(text);
    expect([list.at(0), list.at(1) === long, list.at(2)]).toEqual(['a', true, 'b']);
  });

  it('an index finds all members of a text in their order, however many there are', () => {
    for (const all of [many, ...fc.sample(texts, 50)]) {
      const index = openTextIndex((member) => all[member]!);
      for (const text of all) index.add(text);
      for (const text of new Set([...all, 'not there'])) {
        expect([...index.members(text)]).toEqual(all.flatMap((other, i) => (other === text ? [i] : [])));
      }
    }
  });

  it('a table of keys is a map from texts to whole numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))), (pairs) => {
        const [table, map] = [openDigestTable(), new Map(pairs)];
        for (const [key, value] of pairs) table.set(key, value);
        expect(table.size).toBe(map.size);
        for (const [key, value] of map) expect([table.has(key), table.get(key)]).toEqual([true, value]);
        expect([table.has('not there, surely'), table.get('not there, surely')]).toEqual([false, undefined]);
      }),
    );
    const table = openDigestTable();
    for (const [i, key] of many.entries()) table.set(key, i);
    expect([table.size, table.get(many[0]!), table.get(many[2999]!)]).toEqual([3000, 3000, 2999]);
  });

  it('of equal file names the first counts, and names that differ by case are both there', () => {
    const book = openFileBook();
    const added = ['a/Ż.pdf', 'a/ż.pdf', 'a/Ż.pdf', 'a/b'].map((path, at) => book.add({ path, size: at, at }));
    expect(added).toEqual([true, true, false, true]);
    expect([...book.files].map(({ path }) => path)).toEqual(['a/Ż.pdf', 'a/ż.pdf', 'a/b']);
    expect([book.files.find('a/ż.pdf')?.at, book.files.find('a/Z.pdf')]).toEqual([1, undefined]);
    expect(book.remarks.map(({ code }) => code)).toEqual(['PACKAGE_NAME_COLLISION', 'PACKAGE_NAME_REPEATED']);
  });
});

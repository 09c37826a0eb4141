import { describe, expect, it } from 'vitest';
import { type ContentLayout, type FilePlace, placePath } from '../../src/contents/layout.ts';
import { filePlace, item } from './sample-office.ts';

const place = filePlace('2949240', 'EZD.MAIN', 'Decyzja nr 1.PDF') as FilePlace;
const dated = item('2949240', { created: '2019-04-07 10:15:00.000' });

describe('a layout turns a place into a path below the root', () => {
  it.each<[ContentLayout, string]>([
    [{ kind: 'flat' }, 'EZD.MAIN/2949240'],
    [{ kind: 'flat', container: false }, '2949240'],
    [{ kind: 'digits', groups: [2, 2], from: 'left' }, 'EZD.MAIN/29/49/2949240'],
    [{ kind: 'digits', groups: [3, 2], from: 'right' }, 'EZD.MAIN/240/49/2949240'],
    [{ kind: 'digits', groups: [3, 3], from: 'left', pad: 9 }, 'EZD.MAIN/002/949/2949240'],
    [{ kind: 'date', pattern: 'yyyy/MM/dd' }, 'EZD.MAIN/2019/04/07/2949240'],
    [{ kind: 'template', template: '{container}/{yyyy}/{id}{ext}' }, 'EZD.MAIN/2019/2949240.PDF'],
    [{ kind: 'template', template: 'pliki/{id}/{name}' }, 'pliki/2949240/Decyzja nr 1.PDF'],
  ])('%j gives %s', (layout, path) => {
    expect(placePath(layout, dated, place)).toEqual({ segments: path.split('/') });
  });

  it('says what an item lacks instead of guessing a folder', () => {
    expect(placePath({ kind: 'date', pattern: 'yyyy' }, item('1'), place)).toEqual({ noPath: 'date' });
    expect(placePath({ kind: 'digits', groups: [4, 4], from: 'left' }, dated, place)).toEqual({ noPath: 'digits' });
    expect(placePath({ kind: 'template', template: '{yyyy}/{id}' }, item('1'), place)).toEqual({ noPath: 'yyyy' });
  });

  it.each([
    ['..', 'EZD.MAIN'],
    ['../../etc/passwd', 'EZD.MAIN'],
    ['1', '..'],
    ['1', '..\\..\\windows'],
    ['', 'EZD.MAIN'],
    ['a\0b', 'EZD.MAIN'],
  ])('refuses identifier %j in container %j', (identifier, container) => {
    const path = placePath({ kind: 'flat' }, dated, filePlace(identifier, container) as FilePlace);
    expect(path).toEqual({ refused: 'outside-root' });
  });

  it('refuses a file name that would lead to another folder of a template', () => {
    const sly = filePlace('1', 'EZD.MAIN', 'x/../../1') as FilePlace;
    expect(placePath({ kind: 'template', template: '{container}/{name}' }, dated, sly)).toEqual({
      refused: 'outside-root',
    });
  });
});

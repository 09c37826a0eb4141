import { expect, test } from 'vitest';
import { unitFiles } from '../../src/report/unit-files.ts';

const names = (...units: (string | null)[]): string[] =>
  unitFiles(units.map((unit) => ({ unit, findings: 1 }))).map(({ name }) => name);

test('a symbol names its file as it is where every file system takes it', () => {
  expect(names('WO', 'GKŚ', 'BI-I', '12')).toEqual(['WO', 'GKŚ', 'BI-I', '12']);
});

test('what a path would be made of, what Windows keeps for itself and what is too long is replaced', () => {
  expect(names('../../etc/passwd', 'A\\B', 'a b.', 'CON', 'lpt1', 'W:O', 'X'.repeat(90))).toEqual([
    '_etc_passwd',
    'A_B',
    'a_b_',
    'CON_',
    'lpt1_',
    'W_O',
    'X'.repeat(60),
  ]);
});

test('two units never share a file, also where capital and small letters are the same', () => {
  expect(names('WO', 'wo', 'W/O', 'W\\O', null, '_bez-jednostki')).toEqual([
    'WO',
    'wo~2',
    'W_O',
    'W_O~2',
    '_bez-jednostki',
    '_bez-jednostki_',
  ]);
});

import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDefects } from '../../fixtures/office/read-defects.ts';
import { judgeOffice } from '../support/judge-office.ts';
import { placeOf, referenceFaults } from '../support/place-findings.ts';
import { type Score, scoreFindings, scoreTable } from '../support/score-findings.ts';

const GOLDEN = 'fixtures/golden/office-300';
/** Groups of defects that loading itself must find; rules and contents are judged elsewhere. */
const LOADING = ['reference', 'key', 'type', 'code', 'date', 'text', 'line'];

/** Tables that are read with the contents, not as an entity. */
const CONTENTS = new Set(['ZalacznikiDane']);

describe('defects of references, keys, types, codes, dates, texts and lines in the golden office', () => {
  let scores: Score[];

  beforeAll(async () => {
    const findings = await judgeOffice(join(GOLDEN, 'tables'), Date.parse('2026-01-15T12:00:00Z'));
    const planted = readDefects(GOLDEN).filter(({ group, table }) => LOADING.includes(group) && !CONTENTS.has(table));
    scores = scoreFindings(planted.map(referenceFaults), findings.map(referenceFaults), placeOf(GOLDEN));
    process.stdout.write(`${scoreTable(scores)}\n`);
  });

  test('every one is found on that very record', () => {
    expect(scores.filter(({ missed }) => missed.length > 0).map(({ code, missed }) => ({ code, missed }))).toEqual([]);
  });

  test('nothing is said where nothing was planted', () => {
    expect(scores.filter(({ surplus }) => surplus.length > 0).map(({ code, surplus }) => ({ code, surplus }))).toEqual(
      [],
    );
  });
});

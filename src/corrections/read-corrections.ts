import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Correction, type CorrectionSet, NO_CORRECTIONS } from '../core/correction.ts';
import type { Plan } from '../core/plan.ts';
import type { Language } from '../core/text.ts';
import { decodeText } from './decode-text.ts';
import type { Draft } from './draft.ts';
import { createDraftResolver } from './draft-resolver.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { readSheet } from './read-sheet.ts';
import { readYaml } from './read-yaml.ts';

export interface CorrectionsRequest {
  /** Folder of the files; it need not be there. */
  readonly folder: string;
  /** What file names are told relative to: the folder of the project. */
  readonly base: string;
  readonly plan: Plan;
  readonly language: Language;
}

export interface ReadCorrections {
  /** What was understood; to be used only when there is no error. */
  readonly set: CorrectionSet;
  /** Files read, in the order in which their corrections count. */
  readonly files: readonly string[];
  /** Lines of sheets that nobody has filled in yet. */
  readonly unfilled: number;
  readonly problems: ProblemList;
}

/** Reads `*.csv`, `*.yaml` and `*.yml` of the folder (not of folders below) in the order of their names. Changes nothing. */
export function readCorrections({ folder, base, plan, language }: CorrectionsRequest): ReadCorrections {
  const problems = createProblemList(language);
  const files: string[] = [];
  const corrections: Correction[] = [];
  const resolve = createDraftResolver(plan, problems);
  const take = (draft: Draft): void => {
    const correction = resolve(draft);
    if (correction !== null) corrections.push(correction);
  };
  let unfilled = 0;
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const file = relative(base, path).split(sep).join('/');
    if (/\.(xlsx?|xlsm|ods)$/i.test(name)) problems.warning('workbook', {}, start(file), problems.text('workbookHint'));
    if (!/\.(csv|ya?ml)$/i.test(name)) continue;
    files.push(file);
    const text = readText(path, file, problems);
    if (text === null) continue;
    if (/\.csv$/i.test(name)) unfilled += readSheet(file, text, problems, take);
    else for (const draft of readYaml(file, text, folder, problems)) take(draft);
  }
  return { set: setOf(corrections), files, unfilled, problems };
}

const start = (file: string) => ({ file, line: 1, column: 1 });

/** Without what a spreadsheet or an editor leaves beside an open file. */
const namesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !/^(~\$|\.)/.test(entry.name))
        .map(({ name }) => name)
        .sort()
    : [];

function readText(path: string, file: string, problems: ProblemList): string | null {
  try {
    return decodeText(readFileSync(path)).text;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    problems.error('unreadable', { reason }, start(file));
    return null;
  }
}

function setOf(corrections: readonly Correction[]): CorrectionSet {
  if (corrections.length === 0) return NO_CORRECTIONS;
  const hash = createHash('sha256');
  for (const correction of corrections) hash.update(`${JSON.stringify(correction)}\n`);
  return { corrections, hash: hash.digest('hex') };
}

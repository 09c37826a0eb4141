import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { EzdError } from '../../core/errors.ts';
import { writeWholeFile } from '../../night/write-whole-file.ts';
import { findCronJob, withCronJob, withoutCronJob } from '../../schedule/cron.ts';
import { CRONTAB, type Installation } from '../../schedule/installation.ts';
import { windowsTaskFile } from '../../schedule/windows-task.ts';
import type { Cli } from '../cli.ts';

/** Writes the files; `enable`: and calls the programs that make them count. */
export function install(cli: Cli, plan: Installation, enable: boolean): void {
  for (const { file, text } of plan.files) {
    if (file === CRONTAB) writeCrontab(cli, withCronJob(readCrontab(cli), plan.name, text));
    else writeFile(file, plan.kind === 'windows-task' ? windowsTaskFile(text) : text);
  }
  if (enable) for (const command of plan.enable) call(cli, command);
}

/** Takes an installation back; what is not there is no fault. `disable`: also calls the programs of the system. */
export function remove(cli: Cli, plan: Installation, disable: boolean): void {
  if (disable) for (const command of plan.disable) call(cli, command);
  for (const { file } of plan.files) {
    if (file === CRONTAB) writeCrontab(cli, withoutCronJob(readCrontab(cli), plan.name));
    else removeFile(file);
  }
  const reload = plan.enable.find((command) => command.includes('daemon-reload'));
  if (disable && reload !== undefined) call(cli, reload);
}

/** What is installed under the name now. */
export const installedFiles = (cli: Cli, plan: Installation): Installation['files'] =>
  plan.files.flatMap(({ file }) => {
    const text = file === CRONTAB ? findCronJob(readCrontab(cli), plan.name) : readFile(file, plan.kind);
    return text === null ? [] : [{ file, text }];
  });

function readFile(file: string, kind: Installation['kind']): string | null {
  if (!existsSync(file)) return null;
  return readFileSync(file, kind === 'windows-task' ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function writeFile(file: string, content: string | Uint8Array): void {
  try {
    writeWholeFile(file, content);
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

const cannotWrite = (file: string, cause: unknown): EzdError =>
  new EzdError('TARGET_RIGHTS', `${file} cannot be written: ${(cause as Error).message}.`, {
    subject: file,
    hint: 'Call it as administrator (sudo), with --user for a unit of your own, or with --into FOLDER and install the files yourself.',
    cause,
  });

/** A user without a crontab has an empty one. */
function readCrontab(cli: Cli): string {
  const { status, stdout, stderr, error } = spawn(cli, ['crontab', '-l']);
  if (error !== undefined) throw notThere('crontab', error);
  if (status === 0) return stdout;
  if (/no crontab/i.test(stderr)) return '';
  throw new EzdError('TARGET_RIGHTS', `crontab -l failed: ${stderr.trim()}`, {
    hint: 'Look whether this account may have a crontab (/etc/cron.allow).',
  });
}

function writeCrontab(cli: Cli, text: string): void {
  const { status, stderr, error } = spawn(cli, ['crontab', '-'], text);
  if (error !== undefined) throw notThere('crontab', error);
  if (status !== 0) throw new EzdError('TARGET_RIGHTS', `crontab - failed: ${stderr.trim()}`);
}

/** Calls a program of the system; on a terminal it may ask (the password of a Windows account). */
function call(cli: Cli, command: readonly string[]): void {
  const { status, stderr, error } = spawn(cli, command);
  if (error !== undefined) throw notThere(command[0]!, error);
  if (status === 0) return;
  throw new EzdError('TARGET_RIGHTS', `${command.join(' ')} failed: ${stderr.trim()}`, {
    hint: 'The files are written. Call the command yourself as administrator, or with --user for a unit of your own.',
  });
}

const notThere = (program: string, cause: unknown): EzdError =>
  new EzdError('USAGE', `There is no ${program} on this machine.`, {
    hint: 'Choose another --kind, or write the files with --into FOLDER and install them where they belong.',
    cause,
  });

function spawn({ io }: Cli, [program = '', ...words]: readonly string[], input?: string) {
  return spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...io.environment },
    stdio: [input === undefined ? 'inherit' : 'pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  });
}

import { ENVIRONMENT_FILE, type Schedule } from './schedule.ts';

/** A word for sh: single quotes keep everything but themselves. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** First words of the comment that marks a job. */
const MARK = '# ezd-migrate job ';

/**
 * The two lines of a job in a crontab: a comment that names it, and the job. In a crontab `%` ends the command, also inside quotes, so each is escaped.
 * The terminal output of the last night is kept in the folder of logs; a second night while one works ends by itself (exit code 5).
 */
export function cronLines({ name, at, command, folder, logs }: Schedule): string {
  const environment = `set -a && { [ ! -r ${ENVIRONMENT_FILE} ] || . ./${ENVIRONMENT_FILE}; } && set +a`;
  const output = shellWord(`${logs}/last-night.txt`);
  const job = `cd ${shellWord(folder)} && ${environment} && ${command.map(shellWord).join(' ')} > ${output} 2>&1`;
  return `${MARK}${name}\n${at % 60} ${Math.floor(at / 60)} * * * ${job.replaceAll('%', '\\%')}\n`;
}

/** A crontab with the lines of a job, those of the same name replaced. */
export function withCronJob(crontab: string, name: string, lines: string): string {
  const without = withoutCronJob(crontab, name);
  const gap = without === '' || without.endsWith('\n') ? '' : '\n';
  return `${without}${gap}${lines}`;
}

/** A crontab without the job of this name; everything else stays as it is. */
export function withoutCronJob(crontab: string, name: string): string {
  const lines = crontab.split('\n');
  const at = lines.indexOf(`${MARK}${name}`);
  if (at < 0) return crontab;
  return [...lines.slice(0, at), ...lines.slice(at + 2)].join('\n');
}

/** The job's own lines; null: it is not there. */
export function findCronJob(crontab: string, name: string): string | null {
  const lines = crontab.split('\n');
  const at = lines.indexOf(`${MARK}${name}`);
  return at < 0 ? null : `${lines.slice(at, at + 2).join('\n')}\n`;
}

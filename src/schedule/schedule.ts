/** When and how a night is begun by the system. Everything is resolved: paths are absolute. */
export interface Schedule {
  /** Name of the job: `ezd-migrate-um-przykladowo`. */
  readonly name: string;
  readonly office: string;
  /** Minutes since midnight. */
  readonly at: number;
  /** IANA zone of `at`, where the kind can say one (systemd); else it is the zone of the machine. */
  readonly zone: string;
  /** The program and its words: Node.js, script, `run-nightly`, `--config`, … */
  readonly command: readonly string[];
  /** Folder of the project file: where the job works. */
  readonly folder: string;
  /** Folder of logs. */
  readonly logs: string;
  /** Account that the job runs as; null: the one that installs it, or of systemd the administrator. */
  readonly account: string | null;
  /** A unit of the user's own systemd instead of the system's. */
  readonly userUnit: boolean;
  /** First day of the job, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

export const SCHEDULE_KINDS = ['systemd', 'cron', 'windows-task'] as const;
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

/** File of variables that the project file takes from the environment: `NAME=value`, one a line. Read by the job, written by people, never by this program. */
export const ENVIRONMENT_FILE = 'secrets/environment';

/** A name of a job made of the office's: small ASCII letters, digits and hyphens. */
export function jobName(office: string): string {
  const plain = office
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `ezd-migrate${plain === '' ? '' : `-${plain}`}`;
}

/** Characters that no unit, crontab or task can hold in a path: a line end would begin a line of its own. */
export const hasControl = (text: string): boolean => /[\u0000-\u001F\u007F]/.test(text);

export const twoDigits = (part: number): string => String(part).padStart(2, '0');
export const clockText = (minutes: number): string =>
  `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;

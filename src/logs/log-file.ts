import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFileOptions {
  readonly folder: string;
  /** A further file is begun before a line would make one bigger. */
  readonly maxBytes: number;
  /** Files of days longer ago are deleted when a log is opened. */
  readonly keepDays: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A log file that is written line by line. */
export interface LogFile {
  /** The file that lines go to at the moment. */
  readonly path: string;
  /** Writes whole lines at once and hands them to the system before it returns: a killed process loses none. Throws when the disk does not take them. */
  write(lines: string): void;
  close(): void;
}

/** `ezd-migrate-2026-11-25.log`, and when it is full `ezd-migrate-2026-11-25.1.log` … Days are those of UTC. */
const NAME = /^ezd-migrate-(\d{4}-\d{2}-\d{2})(?:\.(\d+))?\.log$/;
const DAY = 86_400_000;

/**
 * Opens today's file for appending and deletes files that are too old. The name carries the day, so nothing is ever renamed: several processes may
 * write to the same file, and whoever follows it keeps its place.
 */
export function openLogFile(options: LogFileOptions): LogFile {
  const { folder, maxBytes } = options;
  mkdirSync(folder, { recursive: true });
  removeOld(options);
  const day = new Date(options.now()).toISOString().slice(0, 10);
  let current = openNewest(folder, day, maxBytes);
  return {
    get path() {
      return current.path;
    },
    write(lines) {
      const bytes = Buffer.from(lines);
      if (current.bytes > 0 && current.bytes + bytes.length > maxBytes) {
        closeSync(current.fd);
        current = openAt(folder, day, current.number + 1);
      }
      for (let at = 0; at < bytes.length; ) at += writeSync(current.fd, bytes, at);
      current.bytes += bytes.length;
    },
    close: () => closeSync(current.fd),
  };
}

interface Current {
  readonly fd: number;
  readonly path: string;
  readonly number: number;
  bytes: number;
}

/** The last file of the day that has room. */
function openNewest(folder: string, day: string, maxBytes: number): Current {
  const numbers = readdirSync(folder).flatMap((name) => {
    const [, ofDay, number = '0'] = NAME.exec(name) ?? [];
    return ofDay === day ? [Number(number)] : [];
  });
  const newest = openAt(folder, day, Math.max(0, ...numbers));
  if (newest.bytes < maxBytes) return newest;
  closeSync(newest.fd);
  return openAt(folder, day, newest.number + 1);
}

function openAt(folder: string, day: string, number: number): Current {
  const path = join(folder, `ezd-migrate-${day}${number === 0 ? '' : `.${number}`}.log`);
  // Logs are for the account of the program and its group.
  const fd = openSync(path, 'a', 0o640);
  return { fd, path, number, bytes: statSync(path).size };
}

function removeOld({ folder, keepDays, now }: LogFileOptions): void {
  const oldest = new Date(now() - keepDays * DAY).toISOString().slice(0, 10);
  for (const name of readdirSync(folder)) {
    const day = NAME.exec(name)?.[1];
    if (day !== undefined && day < oldest) rmSync(join(folder, name), { force: true });
  }
}

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EzdError } from '../../core/errors.ts';

/** Who works through a night, as the holder tells it. */
interface Holder {
  readonly pid: number;
  readonly since: string;
}

/**
 * Takes the night of a target for this process; a second process gets EzdError LOCKED at once, with who has it. The lock is a socket that only one process
 * can listen on: it goes with the process, also by kill -9 or a power cut, and no number of a process that is gone can be mistaken for one that lives.
 * It keeps nights of one machine apart; machines are kept apart by the lock of the office in the ledger, which each step takes.
 */
export async function holdNight(identity: string, now: number): Promise<() => Promise<void>> {
  const address = addressOf(identity);
  const holder: Holder = { pid: process.pid, since: new Date(now).toISOString() };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(JSON.stringify(holder));
  });
  for (let attempt = 0; ; attempt++) {
    if (await listens(server, address)) return () => closed(server);
    const other = await askHolder(address);
    if (other !== null || attempt > 0) throw locked(other);
    // A socket file that nobody listens on was left by a process that is gone.
    if (!isFree(address)) rmSync(address, { force: true });
  }
}

/** Abstract sockets and pipes have no file that could be left behind. */
function addressOf(identity: string): string {
  const name = `ezd-migrate-night-${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

const isFree = (address: string): boolean => address.startsWith('\0') || address.startsWith('\\\\.\\pipe\\');

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (fault: NodeJS.ErrnoException): void => {
      if (fault.code === 'EADDRINUSE' || fault.code === 'EACCES') resolve(false);
      else reject(fault);
    };
    server.once('error', onError);
    server.listen(address, () => {
      server.off('error', onError);
      // The night must be able to end while the lock is held.
      server.unref();
      resolve(true);
    });
  });
}

function askHolder(address: string): Promise<Holder | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(address);
    socket.setTimeout(2000, () => socket.destroy());
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(parseHolder(text)));
  });
}

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

function locked(holder: Holder | null): EzdError {
  const who = holder === null ? '' : ` (process ${holder.pid}, since ${holder.since})`;
  return new EzdError('LOCKED', `Another night of this project is working on this machine${who}.`, {
    hint: 'Wait until it has finished, or stop it; `ezd-migrate status` shows how far it is. Let nights begin further apart, or end them with --until.',
  });
}

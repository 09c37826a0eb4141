import { randomBytes, timingSafeEqual } from 'node:crypto';
import { SERVER_NAME } from './answer.ts';
import type { ServerState } from './server-state.ts';
import type { ByteWriter } from './wire/byte-writer.ts';
import { type Login, parseLogin } from './wire/login.ts';
import { ntlmChallenge, ntlmProves } from './wire/ntlm.ts';
import { PACKET, type TdsMessage } from './wire/packets.ts';
import {
  DONE,
  DONE_TOKEN,
  writeCollationChange,
  writeDone,
  writeFeatureAck,
  writeLoginAck,
  writeMessage,
  writeSspi,
  writeTextChange,
} from './wire/tokens.ts';

export type LoginOutcome =
  | { readonly kind: 'refused' }
  /** Waits for the answer to an NTLM challenge. */
  | { readonly kind: 'challenged'; readonly nonce: Buffer; readonly login: Login }
  | {
      readonly kind: 'accepted';
      readonly packetSize: number;
      readonly loginName: string;
      readonly appName: string;
      readonly readOnlyIntent: boolean;
    };

const LARGEST_PACKET = 32767;

/** One step of a login: writes the server's answer and tells how it went. */
export function authenticate(
  message: TdsMessage,
  before: LoginOutcome | undefined,
  server: ServerState,
  out: ByteWriter,
): LoginOutcome {
  const { refuseLogins, options } = server;
  if (refuseLogins.left > 0) {
    refuseLogins.left -= 1;
    return refuse(out, refuseLogins.number, refuseLogins.message);
  }
  if (message.type === PACKET.sspi) {
    if (before?.kind !== 'challenged' || options.domainLogin === undefined) return refuse(out, 18452, UNTRUSTED);
    if (!ntlmProves(message.payload, before.nonce, options.domainLogin))
      return refuse(out, 18456, 'Login failed for user.');
    const { domain, user } = options.domainLogin;
    return accept(before.login, `${domain}\\${user}`, server, out);
  }
  const login = parseLogin(message.payload);
  if (login.sspi !== undefined) {
    if (options.domainLogin === undefined) return refuse(out, 18452, UNTRUSTED);
    const nonce = randomBytes(8);
    writeSspi(out, ntlmChallenge(nonce, options.domainLogin.domain));
    return { kind: 'challenged', nonce, login };
  }
  if (login.userName !== options.user || !same(login.password, options.password)) {
    return refuse(out, 18456, `Login failed for user '${login.userName}'.`);
  }
  return accept(login, login.userName, server, out);
}

const UNTRUSTED =
  'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.';

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

function refuse(out: ByteWriter, number: number, message: string): LoginOutcome {
  writeMessage(out, 'error', { number, message, severity: 14 }, SERVER_NAME);
  writeDone(out, DONE_TOKEN.done, DONE.error);
  return { kind: 'refused' };
}

function accept(login: Login, loginName: string, server: ServerState, out: ByteWriter): LoginOutcome {
  const { database } = server;
  if (login.database !== '' && login.database.toLowerCase() !== database.name.toLowerCase()) {
    return refuse(out, 4060, `Cannot open database "${login.database}" requested by the login. The login failed.`);
  }
  const packetSize = Math.min(LARGEST_PACKET, Math.max(512, login.packetSize || 4096));
  writeTextChange(out, 'database', database.name, 'master');
  writeMessage(out, 'info', { number: 5701, message: `Changed database context to '${database.name}'.` }, SERVER_NAME);
  writeCollationChange(out, database.collation);
  writeTextChange(out, 'language', 'us_english', '');
  writeMessage(out, 'info', { number: 5703, message: 'Changed language setting to us_english.' }, SERVER_NAME);
  writeLoginAck(out);
  writeTextChange(out, 'packetSize', String(packetSize), '4096');
  writeFeatureAck(out);
  writeDone(out, DONE_TOKEN.done, 0);
  const { appName, readOnlyIntent } = login;
  return { kind: 'accepted', packetSize, loginName, appName, readOnlyIntent };
}

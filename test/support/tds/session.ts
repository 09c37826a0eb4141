import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answer, SERVER_NAME } from './answer.ts';
import { authenticate, type LoginOutcome } from './authenticate.ts';
import type { ServerState } from './server-state.ts';
import type { ExecutionContext, Parameter, SessionState } from './sql/scope.ts';
import { byteWriter } from './wire/byte-writer.ts';
import { ENCRYPTION, preLoginEncryption, preLoginResponse } from './wire/login.ts';
import { type MessageWriter, messageWriter, PACKET, packetReader, type TdsMessage } from './wire/packets.ts';
import { parseRpc, SP_EXECUTESQL, skipHeaders } from './wire/rpc.ts';
import { tlsInPackets } from './wire/tls-in-packets.ts';
import { DONE, DONE_TOKEN, writeDone, writeMessage, writeResetAck } from './wire/tokens.ts';

/** One connection of a client, from PRELOGIN to its end. */
interface Connection {
  readonly server: ServerState;
  readonly socket: Socket;
  /** The socket, or TLS over it. */
  stream: Duplex;
  packetSize: number;
  encrypted: boolean;
  login: LoginOutcome | undefined;
  session: SessionState | undefined;
  /** Set while a request is answered; `stop` is called when the client cancels. */
  request: { cancelled: boolean; stop: () => void; readonly stopped: Promise<void> } | undefined;
  closed: boolean;
}

export function serveConnection(socket: Socket, server: ServerState): void {
  const connection: Connection = {
    server,
    socket,
    stream: socket,
    packetSize: 4096,
    encrypted: false,
    login: undefined,
    session: undefined,
    request: undefined,
    closed: false,
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    connection.closed = true;
    connection.request?.stop();
  });
  listen(connection, socket);
}

/** Handles messages one after another; an attention is let through at once. */
function listen(connection: Connection, stream: Duplex): void {
  let queue: Promise<void> = Promise.resolve();
  const feed = packetReader((message) => {
    if (message.type === PACKET.attention) {
      const { request } = connection;
      if (request !== undefined) {
        request.cancelled = true;
        request.stop();
      }
    }
    queue = queue.then(() => handle(connection, message)).catch((error: unknown) => fail(connection, error));
  });
  const onData = (chunk: Buffer): void => {
    try {
      feed(chunk);
    } catch (error) {
      fail(connection, error);
    }
  };
  stream.on('data', onData);
  stream.on('error', () => connection.socket.destroy());
  connection.server.onTls.set(connection.socket, () => {
    stream.off('data', onData);
  });
}

/** A fault of the server itself: kept for the test to see, and the connection ends. */
function fail(connection: Connection, error: unknown): void {
  connection.server.failures.push(error);
  connection.socket.destroy();
}

async function handle(connection: Connection, message: TdsMessage): Promise<void> {
  if (connection.closed) return;
  switch (message.type) {
    case PACKET.preLogin:
      return negotiate(connection, message);
    case PACKET.login7:
    case PACKET.sspi:
      return logIn(connection, message);
    case PACKET.sqlBatch:
      return request(connection, message, skipHeaders(message.payload).toString('utf16le'), [], false);
    case PACKET.rpc:
      return handleRpc(connection, message);
    case PACKET.attention:
      return acknowledgeAttention(connection);
    default:
      connection.server.record(`PACKET ${message.type}`, [], connection.session?.id ?? 0);
      return refuse(connection, `packets of type ${message.type} (transactions, bulk loads) are not answered`);
  }
}

function response(connection: Connection): MessageWriter {
  return messageWriter(connection.stream, PACKET.tabularResult, connection.packetSize);
}

async function reply(connection: Connection, payload: Buffer): Promise<void> {
  const writer = response(connection);
  await writer.write(payload);
  await writer.end();
}

async function negotiate(connection: Connection, message: TdsMessage): Promise<void> {
  const wanted = preLoginEncryption(message.payload);
  const { encryption } = connection.server.options;
  const encrypt = encryption === 'required' || (encryption === 'supported' && wanted === ENCRYPTION.on);
  const answered = encrypt
    ? encryption === 'required'
      ? ENCRYPTION.required
      : ENCRYPTION.on
    : ENCRYPTION.notSupported;
  await reply(connection, preLoginResponse(answered));
  if (!encrypt || wanted === ENCRYPTION.notSupported) return;
  const { socket, server } = connection;
  server.onTls.get(socket)?.();
  connection.stream = tlsInPackets(socket, server.certificate.key, server.certificate.cert);
  connection.encrypted = true;
  listen(connection, connection.stream);
}

async function logIn(connection: Connection, message: TdsMessage): Promise<void> {
  connection.server.loginMessages.count += 1;
  const out = byteWriter(4096);
  const outcome = authenticate(message, connection.login, connection.server, out);
  connection.login = outcome;
  await reply(connection, out.take());
  if (outcome.kind === 'refused') {
    connection.socket.end();
    return;
  }
  if (outcome.kind !== 'accepted') return;
  connection.packetSize = outcome.packetSize;
  connection.session = {
    id: connection.server.nextSessionId(),
    loginName: outcome.loginName,
    appName: outcome.appName,
    encrypted: connection.encrypted,
    readOnlyIntent: outcome.readOnlyIntent,
    isolationLevel: 'read committed',
    lockTimeout: -1,
    textSize: 2147483647,
    permissions: connection.server.options.permissions,
  };
  connection.server.sessions.push(connection.session);
}

async function handleRpc(connection: Connection, message: TdsMessage): Promise<void> {
  const call = parseRpc(message.payload);
  const [statement] = call.parameters;
  if (call.procedure !== SP_EXECUTESQL && call.procedure !== 'sp_executesql') {
    connection.server.record(`EXEC ${call.procedure}`, [], connection.session?.id ?? 0);
    return refuse(connection, `only sp_executesql may be called, not ${call.procedure}`);
  }
  const values = call.parameters.slice(2);
  return request(connection, message, String(statement?.value ?? ''), values, true);
}

async function refuse(connection: Connection, why: string): Promise<void> {
  const out = byteWriter(1024);
  writeMessage(out, 'error', { number: 2812, message: `This test server: ${why}.` }, SERVER_NAME);
  writeDone(out, DONE_TOKEN.done, DONE.error);
  await reply(connection, out.take());
}

type Named = Parameter & { readonly name: string };

async function request(
  connection: Connection,
  message: TdsMessage,
  sql: string,
  parameters: readonly Named[],
  isRpc: boolean,
): Promise<void> {
  const { session, server } = connection;
  if (session === undefined) {
    connection.socket.destroy();
    return;
  }
  server.record(sql, parameters, session.id);
  const context: ExecutionContext = {
    db: server.database,
    session,
    parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])),
  };
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const running = { cancelled: false, stop, stopped };
  connection.request = running;
  const writer = response(connection);
  if (message.resetConnection) await writer.write(resetAck());
  const channel = {
    writer,
    cancelled: () => running.cancelled || connection.closed,
    whenCancelled: () => stopped,
    drop: () => connection.socket.destroy(),
    fault: server.faults.take(sql),
  };
  await answer(sql, context, channel, isRpc);
  if (!connection.closed) await writer.end();
  connection.request = undefined;
}

function resetAck(): Buffer {
  const out = byteWriter(64);
  writeResetAck(out);
  return out.take();
}

/** The answer of the cancelled request has ended before; this message says that the cancel was seen. */
async function acknowledgeAttention(connection: Connection): Promise<void> {
  const out = byteWriter(64);
  writeDone(out, DONE_TOKEN.done, DONE.attention);
  await reply(connection, out.take());
}

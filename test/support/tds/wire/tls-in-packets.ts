import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { byteWriter } from './byte-writer.ts';
import { PACKET } from './packets.ts';

const HEADER = 8;

/**
 * TDS carries the TLS handshake inside PRELOGIN packets and everything after it bare. This stream sits between the socket
 * and a TLSSocket: it unwraps what comes in, and wraps each flight of the server's handshake as one message.
 */
export function tlsInPackets(socket: Duplex, key: string, cert: string): TLSSocket {
  const state = { wrapped: true, pending: Buffer.alloc(0) as Buffer, flight: byteWriter(8192) };
  const carrier = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, callback) => {
      if (!state.wrapped) {
        socket.write(chunk, () => callback());
        return;
      }
      if (state.flight.length() === 0) setImmediate(() => sendFlight(socket, state.flight.take()));
      state.flight.bytes(chunk);
      callback();
    },
    final: (callback) => {
      socket.end();
      callback();
    },
    destroy: (_error, callback) => {
      socket.destroy();
      callback(null);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (state.wrapped) unwrap(chunk, state, carrier);
    else if (!carrier.push(chunk)) socket.pause();
  });
  socket.on('close', () => carrier.destroy());
  return new TLSSocket(carrier, { isServer: true, key, cert, maxVersion: 'TLSv1.2' });
}

function unwrap(chunk: Buffer, state: { wrapped: boolean; pending: Buffer }, carrier: Duplex): void {
  state.pending = Buffer.concat([state.pending, chunk]);
  while (state.pending.length > 0) {
    if (state.pending.readUInt8(0) !== PACKET.preLogin) {
      // The first bare TLS record: the handshake is over, both directions go bare.
      state.wrapped = false;
      carrier.push(state.pending);
      state.pending = Buffer.alloc(0);
      return;
    }
    if (state.pending.length < HEADER) return;
    const length = state.pending.readUInt16BE(2);
    if (state.pending.length < length) return;
    carrier.push(state.pending.subarray(HEADER, length));
    state.pending = state.pending.subarray(length);
  }
}

function sendFlight(socket: Duplex, flight: Buffer): void {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(PACKET.preLogin, 0);
  header.writeUInt8(1, 1);
  header.writeUInt16BE(flight.length + HEADER, 2);
  if (!socket.destroyed) socket.write(Buffer.concat([header, flight]));
}

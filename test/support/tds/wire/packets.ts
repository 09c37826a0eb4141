import type { Duplex } from 'node:stream';

export const PACKET = {
  sqlBatch: 0x01,
  rpc: 0x03,
  tabularResult: 0x04,
  attention: 0x06,
  bulkLoad: 0x07,
  transactionManager: 0x0e,
  login7: 0x10,
  sspi: 0x11,
  preLogin: 0x12,
} as const;

const HEADER = 8;
const END_OF_MESSAGE = 0x01;
const IGNORE = 0x02;
const RESET_CONNECTION = 0x08 | 0x10;

/** One whole message: the payloads of its packets joined. */
export interface TdsMessage {
  readonly type: number;
  readonly payload: Buffer;
  /** The client asks for a fresh session state before this request. */
  readonly resetConnection: boolean;
}

/** Feeds bytes of a connection in, hands complete messages out. A message marked "ignore" is dropped. */
export function packetReader(onMessage: (message: TdsMessage) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let reset = false;
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER) {
      const length = pending.readUInt16BE(2);
      if (length < HEADER) throw new Error('a TDS packet shorter than its header');
      if (pending.length < length) return;
      const type = pending.readUInt8(0);
      const status = pending.readUInt8(1);
      parts.push(pending.subarray(HEADER, length));
      reset = reset || (status & RESET_CONNECTION) !== 0;
      pending = pending.subarray(length);
      if ((status & END_OF_MESSAGE) === 0) continue;
      const message = { type, payload: Buffer.concat(parts), resetConnection: reset };
      parts = [];
      reset = false;
      if ((status & IGNORE) === 0) onMessage(message);
    }
  };
}

/** Writes one message as packets; waits for the socket when its buffer is full. */
export interface MessageWriter {
  /** Appends payload; full packets leave at once. Resolves when more may be written. */
  write: (payload: Buffer) => Promise<void>;
  /** Sends the rest as the last packet. */
  end: () => Promise<void>;
}

export function messageWriter(stream: Duplex, type: number, packetSize: number): MessageWriter {
  const body = packetSize - HEADER;
  let rest: Buffer = Buffer.alloc(0);
  let packetId = 0;
  const packet = (payload: Buffer, last: boolean): Buffer => {
    const header = Buffer.alloc(HEADER);
    header.writeUInt8(type, 0);
    header.writeUInt8(last ? END_OF_MESSAGE : 0, 1);
    header.writeUInt16BE(payload.length + HEADER, 2);
    header.writeUInt8(packetId++ % 256, 6);
    return Buffer.concat([header, payload]);
  };
  return {
    write: async (payload) => {
      const all = rest.length === 0 ? payload : Buffer.concat([rest, payload]);
      const packets: Buffer[] = [];
      let at = 0;
      // A full packet is held back until more follows: the last one must carry the end mark.
      for (; all.length - at > body; at += body) packets.push(packet(all.subarray(at, at + body), false));
      rest = all.subarray(at);
      if (packets.length > 0) await send(stream, Buffer.concat(packets));
    },
    end: () => send(stream, packet(rest, true)),
  };
}

/** Writes and waits for "drain" when the stream's buffer is full; a stream that is gone counts as written. */
function send(stream: Duplex, data: Buffer): Promise<void> {
  if (stream.destroyed || stream.write(data)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
}
